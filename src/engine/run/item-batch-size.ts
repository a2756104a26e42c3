/** How long a batch should keep a worker busy, in milliseconds: long compared with a message, too short to notice. */
const targetMs = 20;
const mostItems = 64;
/** The weight of the newest batch in the average. */
const weight = 0.2;

/**
 * How many items to send to a worker at once. Sending costs some 50 µs of two threads' time, a tenth of a small
 * thumbnail's, so quick items are sent together and slow ones alone (like the chunksize of Python's `Pool.map`, but
 * measured).
 */
export class ItemBatchSize {
  #averageMs: number | undefined;

  get size(): number {
    if (this.#averageMs === undefined) return 1;
    return Math.max(1, Math.min(mostItems, Math.round(targetMs / this.#averageMs)));
  }

  /** Adjusts to a batch that took `ms` milliseconds in its worker. */
  learn(items: number, ms: number): void {
    if (items === 0) return;
    const average = ms / items;
    this.#averageMs =
      this.#averageMs === undefined ? average : this.#averageMs * (1 - weight) + average * weight;
  }
}
