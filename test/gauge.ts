/** Counts how many items are in flight inside the workers, in memory shared with them. `tasks/gauge.mjs` writes it. */
export class Gauge {
  readonly buffer = new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT);
  readonly #cells = new Int32Array(this.buffer);

  get inFlight(): number {
    return Atomics.load(this.#cells, 0);
  }

  /** The most seen at once since the last reset. */
  get most(): number {
    return Atomics.load(this.#cells, 1);
  }

  get started(): number {
    return Atomics.load(this.#cells, 2);
  }

  get cancelled(): number {
    return Atomics.load(this.#cells, 3);
  }

  resetMost(): void {
    Atomics.store(this.#cells, 1, this.inFlight);
  }
}
