/** A list of item numbers that only grows, at four bytes each. */
export class IndexList {
  #items = new Uint32Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(index: number): void {
    if (this.#length === this.#items.length) {
      const grown = new Uint32Array(this.#length * 2);
      grown.set(this.#items);
      this.#items = grown;
    }
    this.#items[this.#length] = index;
    this.#length += 1;
  }

  all(): Uint32Array {
    return this.#items.slice(0, this.#length);
  }

  slice(offset: number, limit: number): number[] {
    return [...this.#items.subarray(Math.min(offset, this.#length), Math.min(offset + limit, this.#length))];
  }
}
