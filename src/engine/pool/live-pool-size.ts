/**
 * The pool size as a value that may change while a run is on: what the slider holds.
 *
 * `size` is how many items may be in flight at once, `ceiling` the largest it can become (threads are
 * bounded by it, because piscina cannot grow past what it was built with). Pausing lets nothing new start
 * and leaves what is in flight alone.
 */
export class LivePoolSize {
  readonly ceiling: number;
  #size: number;
  #paused = false;
  readonly #listeners = new Set<() => void>();

  /** @throws RangeError when the size is not an integer from 1 to the ceiling. */
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

  /** Calls `listener` after each change; returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A pool size given as a number stays as it is; one given as a `LivePoolSize` is shared with who holds it. */
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
