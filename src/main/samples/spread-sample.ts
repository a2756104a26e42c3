/**
 * Keeps a few of many items, spread evenly over all of them: the same items in the same order give the same ones. Memory stays
 * the same from eight items to ten million.
 */
export class SpreadSample<Item> {
  readonly #most: number;
  #kept: Item[] = [];
  /** Of so many items one is kept. */
  #step = 1;
  #seen = 0;

  constructor(most: number) {
    this.#most = most;
  }

  offer(item: Item): void {
    if (this.#seen % this.#step === 0) this.#kept.push(item);
    this.#seen += 1;
    // Of twice as many every second one is left: those that remain are as far from each other as before.
    if (this.#kept.length < 4 * this.#most) return;
    this.#kept = this.#kept.filter((_, at) => at % 2 === 0);
    this.#step *= 2;
  }

  get items(): Item[] {
    const { length } = this.#kept;
    if (length <= this.#most) return [...this.#kept];
    return Array.from({ length: this.#most }, (_, at) => {
      const place = Math.floor(((at + 0.5) * length) / this.#most);
      return this.#kept[place] as Item;
    });
  }
}
