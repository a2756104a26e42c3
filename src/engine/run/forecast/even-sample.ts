/**
 * Keeps a few of many items, each as likely as the others: "Algorithm R" (Vitter, 1985). Memory stays the same from a
 * hundred items to ten million.
 */
export class EvenSample<Item> {
  readonly #most: number;
  readonly #random: () => number;
  readonly items: Item[] = [];
  /** How many items were offered. */
  seen = 0;

  /** @param most how many are kept. @param random between 0 and 1, as `Math.random`. */
  constructor(most: number, random: () => number = Math.random) {
    this.#most = most;
    this.#random = random;
  }

  offer(item: Item): void {
    this.seen += 1;
    if (this.items.length < this.#most) {
      this.items.push(item);
      return;
    }
    const place = Math.floor(this.#random() * this.seen);
    if (place < this.#most) this.items[place] = item;
  }
}
