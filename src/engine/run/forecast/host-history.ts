import { bytesWritten, type ItemResult } from '../../../shared/result.ts';
import type { Forecast } from './forecast.ts';

/** How long the start of a run takes before its first request, in milliseconds. */
const startMs = 300;
/** Of this share of the items the hosts must be known. */
const leastKnown = 0.5;
/** Of fewer items of a host nothing follows. */
const leastItems = 3;
/** The newest items of a host count: it may have become another since. */
const mostItems = 1_000;

/** What is to be fetched: how many items of each host. */
export type ItemsOfHosts = ReadonlyMap<string, number>;

interface HostTimes {
  items: number;
  ms: number;
  failed: number;
  bytesIn: number;
  bytesOut: number;
}

/** What former runs tell of the hosts that a run is going to ask. */
export class HostHistory {
  readonly #planned: ItemsOfHosts;
  readonly #times = new Map<string, HostTimes>();
  #runs = 0;

  constructor(planned: ItemsOfHosts) {
    this.#planned = planned;
  }

  /** Whether enough is known of each host. */
  get isFull(): boolean {
    for (const host of this.#planned.keys())
      if ((this.#times.get(host)?.items ?? 0) < mostItems) return false;
    return true;
  }

  /** Adds the results of one run, the newest run first. @param hostOf tells an item's host, if it has one. */
  add(results: Iterable<Omit<ItemResult, 'index'>>, hostOf: (input: string) => string | undefined): void {
    let isOfUse = false;
    for (const result of results) {
      const host = result.status === 'done' || result.status === 'failed' ? hostOf(result.input) : undefined;
      if (host === undefined || !this.#planned.has(host)) continue;
      const times = this.#timesOf(host);
      if (times.items >= mostItems) continue;
      isOfUse = true;
      times.items += 1;
      times.ms += result.ms;
      times.failed += result.status === 'failed' ? 1 : 0;
      times.bytesIn += result.bytesIn ?? 0;
      times.bytesOut += bytesWritten(result);
    }
    if (isOfUse) this.#runs += 1;
  }

  /**
   * Foretells the run: each host takes its items' times divided by how many are asked at once, all together take all
   * times divided by the pool size, and the longest of these is what the run takes (Little's law).
   * @param perHost how many requests a host gets at once.
   * @returns undefined if too little is known of the hosts.
   */
  forecast(poolSize: number, perHost: (host: string) => number): Forecast | undefined {
    const sums = { known: 0, items: 0, ms: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
    let sampled = 0;
    let longestMs = 0;
    for (const [host, count] of this.#planned) {
      sums.items += count;
      const times = this.#times.get(host);
      if (!times || times.items < leastItems) continue;
      const share = count / times.items;
      sampled += times.items;
      sums.known += count;
      sums.ms += times.ms * share;
      sums.failed += times.failed * share;
      sums.bytesIn += times.bytesIn * share;
      sums.bytesOut += times.bytesOut * share;
      longestMs = Math.max(longestMs, (times.ms * share) / Math.min(poolSize, perHost(host)));
    }
    if (sums.known === 0 || sums.known < leastKnown * sums.items) return undefined;
    // Hosts that nobody knows are taken for such as the others.
    const all = sums.items / sums.known;
    return {
      items: sums.items,
      seconds: (startMs + Math.max(longestMs, (sums.ms * all) / poolSize)) / 1_000,
      bytesIn: Math.round(sums.bytesIn * all),
      bytesOut: Math.round(sums.bytesOut * all),
      failures: Math.round(sums.failed * all),
      from: { kind: 'runs', runs: this.#runs, items: sampled },
    };
  }

  #timesOf(host: string): HostTimes {
    let times = this.#times.get(host);
    if (!times) {
      times = { items: 0, ms: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
      this.#times.set(host, times);
    }
    return times;
  }
}
