import type { Sample } from '../../shared/ipc/run.ts';

/** The interval between points of the chart at first, in milliseconds. */
const firstIntervalMs = 500;
/** When there are this many points, every second one is dropped and the interval doubles. */
const mostSamples = 600;
/** The half-life of the smoothing, in milliseconds: a chart may be livelier than the rate in figures. */
const halfLifeMs = 750;

/** The throughput chart's points: their number is bounded, however long the run is. */
export class Throughput {
  #samples: Sample[] = [];
  #fresh: Sample[] = [];
  #interval = firstIntervalMs;
  #at = 0;
  #ended = 0;
  #perSecond = 0;

  /** Adds a point if one is due. May be called at any rate. */
  measure(now: number, ended: number, poolSize: number): void {
    if (now - this.#at >= this.#interval) this.#add(now, ended, poolSize);
  }

  /** Adds a point now, so that the chart marks this moment. */
  mark(now: number, ended: number, poolSize: number): void {
    this.#add(now, ended, poolSize);
  }

  all(): Sample[] {
    return [...this.#samples];
  }

  /** Returns the points that were added since the last call. */
  takeFresh(): Sample[] {
    return this.#fresh.splice(0);
  }

  #add(now: number, ended: number, poolSize: number): void {
    const span = now - this.#at;
    if (span > 0) {
      const current = ((ended - this.#ended) * 1000) / span;
      // The first point has none before it to be smoothed with.
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
    // A point where the pool size changes is a mark on the chart and stays.
    this.#samples = all.filter(
      ({ poolSize }, place) => place % 2 === 0 || poolSize !== all[place - 1]?.poolSize,
    );
    this.#interval *= 2;
  }
}
