import { hash64 } from '../../shared/hash64.ts';

/**
 * A set of texts that stores only 64 bits of each: a million take 16 MiB, where a Set of the texts would take hundreds.
 * Among a million texts, the probability that two are taken for the same is about 3 in 100 million.
 */
export class SeenSet {
  /** Pairs of hashes; a pair of zeros is a free entry. */
  #table = new Uint32Array(2 * 1_024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns whether the text is new. */
  add(text: string): boolean {
    // At most half full, so that a search ends soon.
    if (this.#size * 4 >= this.#table.length) this.#grow();
    const [high, low] = hash64(text);
    const place = this.#placeOf(this.#table, high, low);
    if (this.#table[place] !== 0 || this.#table[place + 1] !== 0) return false;
    this.#table[place] = high;
    this.#table[place + 1] = low;
    this.#size += 1;
    return true;
  }

  has(text: string): boolean {
    const place = this.#placeOf(this.#table, ...hash64(text));
    return this.#table[place] !== 0 || this.#table[place + 1] !== 0;
  }

  #placeOf(table: Uint32Array, high: number, low: number): number {
    const mask = table.length / 2 - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const place = slot * 2;
      const [there, beside] = [table[place], table[place + 1]];
      if ((there === 0 && beside === 0) || (there === high && beside === low)) return place;
    }
  }

  #grow(): void {
    const larger = new Uint32Array(this.#table.length * 2);
    for (let place = 0; place < this.#table.length; place += 2) {
      const [high = 0, low = 0] = [this.#table[place], this.#table[place + 1]];
      if (high === 0 && low === 0) continue;
      const free = this.#placeOf(larger, high, low);
      larger[free] = high;
      larger[free + 1] = low;
    }
    this.#table = larger;
  }
}
