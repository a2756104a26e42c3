/** Numbers the jobs in flight, with the lowest free number first, so that a slot of the pool keeps its number. */
export class Slots {
  readonly #taken: boolean[] = [];
  #lowest = 0;

  take(): number {
    const place = this.#lowest;
    this.#taken[place] = true;
    while (this.#taken[this.#lowest]) this.#lowest += 1;
    return place;
  }

  free(place: number): void {
    this.#taken[place] = false;
    if (place < this.#lowest) this.#lowest = place;
  }
}
