import type { Sample } from '../../shared/ipc/run.ts';

/** A point of the chart this often at first, in milliseconds. */
const firstIntervalMs = 500;
/** At this many points every second one goes, and from then on they come half as often. */
const mostSamples = 600;
/** How quickly a point forgets what was before, in milliseconds: a chart may be livelier than the rate in figures. */
const halfLifeMs = 750;

/** The throughput chart's points: a bounded number of them, however long the run is. */
export class Throughput {
  #samples: Sample[] = [];
  #fresh: Sample[] = [];
  #interval = firstIntervalMs;
  #at = 0;
  #ended = 0;
  #perSecond = 0;

  /** Called as often as one likes; adds a point when one is due. */
  measure(now: number, ended: number, poolSize: number): void {
    if (now - this.#at >= this.#interval) this.#add(now, ended, poolSize);
  }

  /** Adds a point now, so that the chart marks the very moment. */
  mark(now: number, ended: number, poolSize: number): void {
    this.#add(now, ended, poolSize);
  }

  all(): Sample[] {
    return [...this.#samples];
  }

  /** Those that were added since this was last asked. */
  takeFresh(): Sample[] {
    return this.#fresh.splice(0);
  }

  #add(now: number, ended: number, poolSize: number): void {
    const span = now - this.#at;
    if (span > 0) {
      const current = ((ended - this.#ended) * 1000) / span;
      // The first point has nothing before it to be smoothed with.
      const weight = this.#at === 0 ? 1 : 1 - 0.5 ** (span / halfLifeMs);
      this.#perSecond += (current - this.#perSecond) * weight;
      this.#at = now;
      this.#ended = ended;
    }
    const sample = { atMs: Math.round(now), perSecond: Math.round(this.#perSecond * 10) / 10, poolSize };
    this.#samples.push(sample);
    this.#fresh.push(sample);
    if (this.#samples.length > mostSamples) this.#thin();
  }

  #thin(): void {
    const all = this.#samples;
    // A change of the pool size is a mark, and stays.
    this.#samples = all.filter(
      ({ poolSize }, place) => place % 2 === 0 || poolSize !== all[place - 1]?.poolSize,
    );
    this.#interval *= 2;
  }
}
