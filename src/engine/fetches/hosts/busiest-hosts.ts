import type { HostFigures } from '../../../shared/result.ts';
import type { HostMeasures } from '../../run/limits/run-measures.ts';
import { Durations } from './durations.ts';
import type { HostLimits } from './host.ts';

/** So many hosts are told of. */
const mostTold = 10;
/** Where more than twice as many are known, the least busy of them are forgotten: a run may meet a million hosts. */
const mostKept = 1_000;

/** So many of a host's fastest answers tell how fast it can be: one alone may be a fluke. */
const fewFastest = 8;

interface Figures {
  requests: number;
  refusals: number;
  readonly firstBytes: Durations;
}

/** What the busiest hosts of a run have answered, and how soon. */
export class BusiestHosts {
  readonly #hosts = new Map<string, Figures>();

  /** Call when an attempt at a host has ended. @param firstByteMs how long it took to answer, if it did. */
  add(host: string, firstByteMs: number, isRefused: boolean): void {
    const figures = this.#figuresOf(host);
    figures.requests += 1;
    if (isRefused) figures.refusals += 1;
    else if (firstByteMs > 0) figures.firstBytes.add(firstByteMs);
  }

  /** What a host's part in a run's pace is judged by. @param name default: the host with the most requests. */
  measuresOf(name: string | undefined, limitsOf: (host: string) => HostLimits): HostMeasures | undefined {
    const [busiest] = name === undefined ? this.#byRequests() : [];
    const host = name ?? busiest?.[0];
    const figures = host === undefined ? undefined : this.#hosts.get(host);
    if (host === undefined || !figures) return undefined;
    const { requests, refusals, firstBytes } = figures;
    const { perHost, minGapMs } = limitsOf(host);
    return {
      name: host,
      share: requests / this.requests,
      answers: firstBytes.count,
      refusals,
      limit: perHost,
      gapMs: minGapMs,
      usualMs: firstBytes.quantile(0.5),
      fastestMs: firstBytes.least(fewFastest),
    };
  }

  /** The requests at all hosts that are known. */
  get requests(): number {
    let sum = 0;
    for (const { requests } of this.#hosts.values()) sum += requests;
    return sum;
  }

  /** How soon a host answers, in milliseconds, if it is known. */
  timesOf(host: string): { readonly p50?: number; readonly p95?: number } {
    const times = this.#hosts.get(host)?.firstBytes;
    return times && times.count > 0 ? { p50: times.quantile(0.5), p95: times.quantile(0.95) } : {};
  }

  /** @param limitOf the most requests at once that the host may get now. */
  list(limitOf: (host: string) => number): HostFigures[] {
    return this.#byRequests()
      .slice(0, mostTold)
      .map(([host, { requests, refusals }]) => ({
        host,
        requests,
        ...this.timesOf(host),
        refusals,
        limit: limitOf(host),
      }));
  }

  #figuresOf(host: string): Figures {
    const known = this.#hosts.get(host);
    if (known) return known;
    if (this.#hosts.size >= 2 * mostKept) {
      for (const [least] of this.#byRequests().slice(mostKept)) this.#hosts.delete(least);
    }
    const figures = { requests: 0, refusals: 0, firstBytes: new Durations() };
    this.#hosts.set(host, figures);
    return figures;
  }

  #byRequests(): [string, Figures][] {
    return [...this.#hosts].toSorted(([, a], [, b]) => b.requests - a.requests);
  }
}
