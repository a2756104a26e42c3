/** A chunk should take about so long, in milliseconds: a message to a thread and back costs a small part of it. */
const wantedMs = 4;
/** Items longer than this go one by one: more than one at a time would gain nothing, and some would wait for others. */
const slowMs = wantedMs / 2;
const most = 1_024;
/** Shorter than any item. */
const leastMs = 1e-4;

/** Finds how many items go to a worker together, by how long they have taken. Pure. */
export class ChunkSize {
  readonly #fixed: number | undefined;
  #msAnItem: number | undefined;
  #size: number;

  constructor(fixed: number | undefined) {
    this.#fixed = fixed;
    this.#size = fixed ?? 1;
  }

  get size(): number {
    return this.#size;
  }

  /** Whether a further chunk waits at each worker while it does one: such as are done at once would leave it idle. */
  get waitsAhead(): boolean {
    return this.#size > 1;
  }

  /** Some items have ended. @param ms how long they took together. */
  took(items: number, ms: number): void {
    if (this.#fixed !== undefined || items === 0) return;
    const mean = ms / items;
    const before = this.#msAnItem ?? mean;
    // By and by, in both directions: the first items of a worker are slow, and any item is while others have its core.
    this.#msAnItem = mean > before ? Math.min(mean, before * 2) : (before + mean) / 2;
    const fits = this.#msAnItem >= slowMs ? 1 : Math.floor(wantedMs / Math.max(this.#msAnItem, leastMs));
    this.#size = Math.max(1, Math.min(fits, most, this.#size * 4));
  }
}
