/** A batch should keep a worker busy about this long, in milliseconds: long beside a message, short beside a blink. */
const targetMs = 20;
const mostItems = 64;
/** How much the newest batch counts in the average. */
const weight = 0.2;

/**
 * How many items to send to a worker at once. Sending costs some 50 µs of two threads' time, as much as a tenth
 * of a small thumbnail, so quick items travel together and slow ones alone (`Pool.map`'s chunksize, but measured).
 */
export class ItemBatchSize {
  #averageMs: number | undefined;

  get size(): number {
    if (this.#averageMs === undefined) return 1;
    return Math.max(1, Math.min(mostItems, Math.round(targetMs / this.#averageMs)));
  }

  /** Learns from a batch that took `ms` in its worker. */
  learn(items: number, ms: number): void {
    if (items === 0) return;
    const average = ms / items;
    this.#averageMs =
      this.#averageMs === undefined ? average : this.#averageMs * (1 - weight) + average * weight;
  }
}
