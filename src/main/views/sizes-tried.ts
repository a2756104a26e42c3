import type { SizeTried } from '../../shared/ipc/run.ts';

/** What happens so soon after a change belongs to the size before, in milliseconds. */
const settlingMs = 750;
/** A size that was held for a shorter time tells nothing. */
const leastMs = 1_000;

interface Held {
  ms: number;
  items: number;
}

/** How much each pool size did that the run has had: at most as many as the pool has sizes. */
export class SizesTried {
  readonly #held = new Map<number, Held>();
  #size = 0;
  #countsFrom = Number.POSITIVE_INFINITY;
  #last = { now: 0, worked: 0 };

  /** @param counts whether the pool could be full: the last items of a run say nothing of its size. */
  measure(now: number, worked: number, size: number, counts: boolean): void {
    if (size !== this.#size) {
      this.#size = size;
      this.#countsFrom = now + settlingMs;
    }
    const { now: before, worked: workedBefore } = this.#last;
    this.#last = { now, worked };
    if (!counts || before < this.#countsFrom) return;
    const held = this.#held.get(size) ?? { ms: 0, items: 0 };
    this.#held.set(size, held);
    held.ms += now - before;
    held.items += worked - workedBefore;
  }

  list(): SizeTried[] {
    return [...this.#held]
      .filter(([, { ms }]) => ms >= leastMs)
      .map(([size, { ms, items }]) => ({ size, perSecond: Math.round((items * 10_000) / ms) / 10 }))
      .sort((one, other) => one.size - other.size);
  }
}
