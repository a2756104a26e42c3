/** What the pool did in one window of measuring. */
export interface WindowMeasure {
  /** The work that was done in a second. */
  readonly rate: number;
  /** Whether something other than the pool size held items back: their source, their hosts, a reader, a pause. */
  readonly isStarved: boolean;
  /** The share of turns that were turned away, reset or timed out, between 0 and 1. */
  readonly overload: number;
}

/** How a turn in the pool ended, as far as its size is concerned. */
export interface TurnMeasure {
  readonly items: number;
  /** How much was done: `workOf` an item. */
  readonly work: number;
  /** Whether somebody had too much to do: a server turned the request away, or did not answer. */
  readonly isOverload: boolean;
}

const leastMs = 200;
const leastItems = 20;
/** A window lasts so many times as long as the median turn. */
const turnsAWindow = 3;
/** After a change of size, so many median turns pass until what ends tells of the new size. */
const turnsToSettle = 2;
/** Fewer in flight than this share of the pool size, on average, means that something else was the limit. */
const fullFrom = 0.85;
/** The durations from which the median is taken. */
const mostDurations = 41;
/** A turn longer than so many medians counts as so long: one file that hangs says nothing about the size. */
const mostMedians = 4;

/**
 * Measures the pool in windows. Pure: whoever calls tells the time.
 *
 * The rate of a window is not its number of items: whether the last of a dozen long items ended just before or just
 * after it would change that by a tenth. It is what one slot did in a second of its time, times the slots in use.
 */
export class WindowMeter {
  #size: number;
  #running = 0;
  readonly #durations: number[] = [];
  #nextDuration = 0;
  #medianMs: number | undefined;
  #countsFrom: number;
  #at: number;
  #busyMs = 0;
  #turns = 0;
  #overloads = 0;
  #items = 0;
  #work = 0;
  #turnsMs = 0;

  constructor(now: number, size: number) {
    this.#countsFrom = now;
    this.#at = now;
    this.#size = size;
  }

  /** The size has changed: what ends soon began under the old one. */
  resized(now: number, size: number): void {
    this.#size = size;
    this.#begin(now + turnsToSettle * (this.#medianMs ?? 0));
  }

  started(now: number): void {
    this.#goOn(now);
    this.#running += 1;
  }

  /** @returns the measure of the window that ends with this turn, if one does. */
  settled(
    now: number,
    startedAt: number,
    { items, work, isOverload }: TurnMeasure,
  ): WindowMeasure | undefined {
    this.#goOn(now);
    this.#running -= 1;
    const ms = now - startedAt;
    if (!isOverload) this.#learn(ms);
    if (now < this.#countsFrom) return undefined;
    this.#turns += 1;
    if (isOverload) this.#overloads += 1;
    this.#items += items;
    this.#work += work;
    this.#turnsMs += Math.min(ms, mostMedians * (this.#medianMs ?? ms));
    const span = now - this.#countsFrom;
    const isLong = span >= Math.max(leastMs, turnsAWindow * (this.#medianMs ?? 0));
    if (!isLong || Math.max(this.#items, this.#overloads) < leastItems) return undefined;
    const inUse = this.#busyMs / span;
    const measure = {
      rate: this.#turnsMs > 0 ? (1_000 * inUse * this.#work) / this.#turnsMs : 0,
      isStarved: inUse < fullFrom * this.#size,
      overload: this.#overloads / this.#turns,
    };
    this.#begin(now);
    return measure;
  }

  #begin(from: number): void {
    this.#countsFrom = from;
    this.#busyMs = 0;
    this.#turns = 0;
    this.#overloads = 0;
    this.#items = 0;
    this.#work = 0;
    this.#turnsMs = 0;
  }

  #goOn(now: number): void {
    const from = Math.max(this.#at, this.#countsFrom);
    if (now > from) this.#busyMs += (now - from) * this.#running;
    this.#at = now;
  }

  #learn(ms: number): void {
    this.#durations[this.#nextDuration] = ms;
    this.#nextDuration = (this.#nextDuration + 1) % mostDurations;
    // Sorted only now and then: a window sees many turns.
    if (this.#medianMs === undefined || this.#nextDuration % 10 === 0)
      this.#medianMs = median(this.#durations);
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
