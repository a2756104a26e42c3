/** Events in the order of their times: a binary heap in arrays, for millions of them. */
export class EventHeap {
  readonly #times: Float64Array;
  readonly #events: Int32Array;
  #size = 0;

  /** @param most the most events that are there at once. */
  constructor(most: number) {
    this.#times = new Float64Array(most + 1);
    this.#events = new Int32Array(most + 1);
  }

  get size(): number {
    return this.#size;
  }

  /** The time of the next event. */
  get time(): number {
    return this.#times[1] as number;
  }

  push(time: number, event: number): void {
    this.#size += 1;
    let at = this.#size;
    for (let above = at >> 1; above > 0 && (this.#times[above] as number) > time; above = at >> 1) {
      this.#move(above, at);
      at = above;
    }
    this.#times[at] = time;
    this.#events[at] = event;
  }

  /** Takes the next event. */
  pop(): number {
    const first = this.#events[1] as number;
    const time = this.#times[this.#size] as number;
    const event = this.#events[this.#size] as number;
    this.#size -= 1;
    let at = 1;
    for (let below = 2; below <= this.#size; below = at * 2) {
      if (below < this.#size && (this.#times[below + 1] as number) < (this.#times[below] as number))
        below += 1;
      if ((this.#times[below] as number) >= time) break;
      this.#move(below, at);
      at = below;
    }
    this.#times[at] = time;
    this.#events[at] = event;
    return first;
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from] as number;
    this.#events[to] = this.#events[from] as number;
  }
}
