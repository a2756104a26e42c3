/** Entries in the order in which they are to begin. Those that come back are before all others. */
export class EntryQueue<Entry> {
  #back: Entry[] = [];
  #entries: Entry[] = [];
  #next = 0;

  get length(): number {
    return this.#back.length + this.#entries.length - this.#next;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  takeBack(entries: readonly Entry[]): void {
    if (entries.length > 0) this.#back = [...this.#back, ...entries];
  }

  /** @param isAlone whether an entry that has come back is to go by itself. */
  take(most: number, isAlone: (entry: Entry) => boolean = () => false): Entry[] {
    const alone = this.#back.findIndex(isAlone);
    if (alone >= 0) return this.#back.splice(0, Math.min(most, Math.max(1, alone)));
    const taken = this.#back.splice(0, most);
    const end = Math.min(this.#entries.length, this.#next + most - taken.length);
    while (this.#next < end) {
      taken.push(this.#entries[this.#next] as Entry);
      this.#next += 1;
    }
    // What has gone is dropped now and then: shifting each would move all the others.
    if (this.#next === this.#entries.length) {
      this.#entries = [];
      this.#next = 0;
    } else if (this.#next > 1_024) {
      this.#entries = this.#entries.slice(this.#next);
      this.#next = 0;
    }
    return taken;
  }
}
