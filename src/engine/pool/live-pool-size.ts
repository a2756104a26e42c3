import { integerFrom, sentence } from '../../shared/checks/check-options.ts';
import { UsageError } from '../../shared/failure.ts';
import type { PoolSummary } from '../../shared/result.ts';
import type { AdjustableSize, Finding, SizeSearch } from './automatic/automatic-size.ts';

/**
 * A pool size that may change during a run: the slider's value.
 *
 * `size` is how many items may be in flight at once, `ceiling` the largest value that it can take (it bounds the
 * threads, because piscina cannot grow beyond what it was built with). Pausing lets nothing new start and does not
 * affect items in flight. While it is automatic the run adjusts it; a size that somebody sets ends that.
 */
export class LivePoolSize implements AdjustableSize {
  /** The largest size that it can take. */
  readonly ceiling: number;
  #size: number;
  #automatic = false;
  #paused = false;
  /** Set by the run that adjusts the size. */
  finding: (() => Finding) | undefined;
  /** Set where runs share the places, and is told of each instead of a search of the run's own. */
  readonly shared: SizeSearch | undefined;
  readonly #listeners = new Set<() => void>();

  /**
   * A fixed size, until it is changed.
   * @param ceiling the largest size that it can take later. Default: the size.
   * @throws UsageError if the size is not an integer from 1 to the ceiling.
   */
  constructor(size: number, ceiling: number = size) {
    const least = checkedSize('the pool size', size);
    this.ceiling = checkedSize("the pool size's ceiling", ceiling);
    this.#size = checkedSize('the pool size', least, this.ceiling);
  }

  /** A size that the run finds itself, beginning with the given one. */
  static automatic(size: number, ceiling: number): LivePoolSize {
    const poolSize = new LivePoolSize(size, ceiling);
    poolSize.#automatic = true;
    return poolSize;
  }

  /** How many items may be in flight at once while it is not paused. */
  get size(): number {
    return this.#size;
  }

  /** Whether the run finds the size itself. */
  get automatic(): boolean {
    return this.#automatic;
  }

  /** Whether nothing new may start. */
  get paused(): boolean {
    return this.#paused;
  }

  /** How many may be in flight now: the size, or 0 while paused. */
  get limit(): number {
    return this.#paused ? 0 : this.#size;
  }

  /** Sets the size by hand, which ends what is automatic. */
  resize(size: number): void {
    this.#size = checkedSize('the pool size', size, this.ceiling);
    this.#automatic = false;
    this.lookAgain();
  }

  /** Lets the run find the size itself from now on. */
  automate(): void {
    this.#automatic = true;
    this.lookAgain();
  }

  /** For the run that finds the size: sets it unless somebody has set another one by hand. */
  adjust(size: number): void {
    if (!this.#automatic || size === this.#size) return;
    this.#size = checkedSize('the pool size', size, this.ceiling);
    this.lookAgain();
  }

  /** Lets nothing new start; items in flight go on. */
  pause(): void {
    this.#paused = true;
    this.lookAgain();
  }

  /** Ends a pause. */
  resume(): void {
    this.#paused = false;
    this.lookAgain();
  }

  /** Calls `listener` after each change. Returns a function that removes it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Has whoever waits for a place look again. */
  lookAgain(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The size as it is now, and how it was found. */
  summary(): PoolSummary {
    return { size: this.#size, automatic: this.#automatic, ...(this.#automatic && this.finding?.()) };
  }
}

function checkedSize(name: string, size: number, ceiling?: number): number {
  const expected = integerFrom(1, ceiling);
  if (!expected.fits(size)) throw new UsageError(sentence(name, expected, size));
  return size;
}
