/**
 * A set of texts that remembers only 64 bits of each: a million take 16 MiB, where a Set of the texts would
 * take hundreds. Two texts of a million are taken for the same with a probability of about 3 in 100 million.
 */
export class SeenSet {
  /** Pairs of hashes; a pair of zeros is a free place. */
  #table = new Uint32Array(2 * 1_024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns false when the text has been added before. */
  add(text: string): boolean {
    // At half full, so that a search ends soon.
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

/** Two independent 32-bit hashes (the mixing steps of MurmurHash3), never both 0. */
function hash64(text: string): [high: number, low: number] {
  let high = 0x9747b28c;
  let low = 0x51ed270b;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0xcc9e2d51);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ unit, 0x1b873593);
    low = (low << 15) | (low >>> 17);
  }
  high = finish(high ^ text.length ^ Math.imul(low, 5));
  low = finish(low ^ Math.imul(high, 0xe6546b64));
  return high === 0 && low === 0 ? [0, 1] : [high, low];
}

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
