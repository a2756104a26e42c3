/**
 * A pool size that may change during a run: the slider's value.
 *
 * `size` is how many items may be in flight at once, `ceiling` the largest value that it can take (it bounds the
 * threads, because piscina cannot grow beyond what it was built with). Pausing lets nothing new start and does not
 * affect items in flight.
 */
export class LivePoolSize {
  readonly ceiling: number;
  #size: number;
  #paused = false;
  readonly #listeners = new Set<() => void>();

  /** @throws RangeError if the size is not an integer from 1 to the ceiling. */
  constructor(size: number, ceiling: number = size) {
    this.ceiling = checkedSize(ceiling, Number.MAX_SAFE_INTEGER);
    this.#size = checkedSize(size, this.ceiling);
  }

  get size(): number {
    return this.#size;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** How many may be in flight now: the size, or 0 while paused. */
  get limit(): number {
    return this.#paused ? 0 : this.#size;
  }

  resize(size: number): void {
    this.#size = checkedSize(size, this.ceiling);
    this.#notify();
  }

  pause(): void {
    this.#paused = true;
    this.#notify();
  }

  resume(): void {
    this.#paused = false;
    this.#notify();
  }

  /** Calls `listener` after each change. Returns a function that removes it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A number becomes a fixed pool size; a `LivePoolSize` is used as it is, so that its owner can change it. */
export function toLivePoolSize(poolSize: number | LivePoolSize): LivePoolSize {
  return typeof poolSize === 'number' ? new LivePoolSize(poolSize) : poolSize;
}

function checkedSize(size: number, ceiling: number): number {
  if (!Number.isInteger(size) || size < 1 || size > ceiling) {
    const bound = ceiling === Number.MAX_SAFE_INTEGER ? '' : ` of at most ${ceiling}`;
    throw new RangeError(`Expected the pool size to be a positive integer${bound}, got ${size}`);
  }
  return size;
}
