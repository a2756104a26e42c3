/**
 * The items whose rows changed since the last message to the page, at most the newest `most`. Older changes are dropped
 * but not lost: the page asks for the rows that it shows.
 */
export class ChangedRows {
  readonly #most: number;
  readonly #indexes = new Set<number>();
  #leftOut = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(index: number): void {
    // Deleted first, so that the set is in order of the last change.
    this.#indexes.delete(index);
    this.#indexes.add(index);
    if (this.#indexes.size <= this.#most) return;
    for (const oldest of this.#indexes) {
      this.#indexes.delete(oldest);
      break;
    }
    this.#leftOut += 1;
  }

  take(): { readonly indexes: readonly number[]; readonly leftOut: number } {
    const taken = { indexes: [...this.#indexes], leftOut: this.#leftOut };
    this.#indexes.clear();
    this.#leftOut = 0;
    return taken;
  }
}
