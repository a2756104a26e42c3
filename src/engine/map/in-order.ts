/** Puts results into the order of their items: one that comes early is held until those before it have come. */
export class InOrder<Result extends { readonly index: number }> {
  readonly #early = new Map<number, Result>();
  #next = 0;

  /** How many wait for one before them. */
  get held(): number {
    return this.#early.size;
  }

  /** @returns those whose turn it is now. */
  add(result: Result): Result[] {
    this.#early.set(result.index, result);
    const ready: Result[] = [];
    for (let next = this.#early.get(this.#next); next; next = this.#early.get(this.#next)) {
      this.#early.delete(this.#next);
      ready.push(next);
      this.#next += 1;
    }
    return ready;
  }

  /** @returns those that wait for one that will not come, in their order. */
  rest(): Result[] {
    const rest = [...this.#early.values()].sort((one, other) => one.index - other.index);
    this.#early.clear();
    return rest;
  }
}
