const wordBits = 32;
const full = -1;

/**
 * Numbers the jobs in flight, with the lowest free number first, so that a slot of the pool keeps its number. One bit a
 * number: thousands may be in flight, and the lowest free one is looked for with each.
 */
export class Slots {
  readonly #taken: number[] = [];
  /** No word before this one has a free number. */
  #firstFree = 0;

  take(): number {
    while (this.#taken[this.#firstFree] === full) this.#firstFree += 1;
    const word = this.#taken[this.#firstFree] ?? 0;
    const bit = wordBits - 1 - Math.clz32(~word & (word + 1));
    this.#taken[this.#firstFree] = word | (1 << bit);
    return this.#firstFree * wordBits + bit;
  }

  free(place: number): void {
    const at = Math.floor(place / wordBits);
    this.#taken[at] = (this.#taken[at] ?? 0) & ~(1 << (place % wordBits));
    if (at < this.#firstFree) this.#firstFree = at;
  }
}
