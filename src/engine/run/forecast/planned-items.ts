import type { ItemResult } from '../../../shared/result.ts';
import { EvenSample } from './even-sample.ts';

/** A second is enough for some of them. */
const mostSampled = 512;
/** Further hosts are counted together: a forecast needs those with many items. */
const mostHosts = 10_000;
const further = '';

/** What a dry run says that the run will do, as far as a forecast needs it. Memory has a bound. */
export class PlannedItems {
  /** The inputs of some of the items. */
  readonly sample = new EvenSample<string>(mostSampled);
  readonly hosts = new Map<string, number>();

  /** Call with each result of the dry run. */
  add({ input, reason }: Pick<ItemResult, 'input' | 'reason'>): void {
    if (reason !== 'dry-run') return;
    this.sample.offer(input);
    const host = hostOf(input);
    if (host === undefined) return;
    const key = this.hosts.has(host) || this.hosts.size < mostHosts ? host : further;
    this.hosts.set(key, (this.hosts.get(key) ?? 0) + 1);
  }

  get count(): number {
    return this.sample.seen;
  }
}

/** The host of an item that is a URL. */
export function hostOf(input: string): string | undefined {
  return URL.parse(input)?.host || undefined;
}
