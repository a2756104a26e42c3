import { median } from './window-meter.ts';

/** A pool size, and what it did in each window of measuring. */
export interface Level {
  readonly size: number;
  readonly rates: number[];
}

/** A size this much above the smallest that can do is near enough. */
const nearEnough = 1.2;
/** Where a search for the knee looks: this much above the smallest size that can do. */
const margin = 1.08;

/** The pool sizes that did too little. They tell how small one can be at all. */
export class TooSmallSizes {
  #sizes: { readonly size: number; readonly rate: number }[] = [];

  add({ size, rates }: Level): void {
    this.#sizes = this.#sizes.filter((each) => each.size !== size);
    this.#sizes.push({ size, rate: median(rates) });
  }

  /** Forgets the sizes from this one on. */
  forget(from = 0): void {
    this.#sizes = this.#sizes.filter(({ size }) => size < from);
  }

  /** Whether a size is so near to those that do too little that it is the knee. @param enough what it must do. */
  isNear(size: number, enough: number): boolean {
    const most = this.#largestBelow(size, enough);
    const near = Math.max(most + 1, nearEnough * Math.max(most, this.#leastFor(enough, size)));
    return size === 1 || (most > 0 && size <= near);
  }

  /** A size between those that do too little and one that does enough; undefined while none did too little. */
  between(size: number, enough: number): number | undefined {
    const most = this.#largestBelow(size, enough);
    if (most === 0) return undefined;
    const likely = Math.ceil(this.#leastFor(enough, size) * margin);
    return Math.min(size - 1, Math.max(most + 1, likely, Math.round(Math.sqrt(most * size))));
  }

  /** What was found to be too small by bad luck is none any more once the base, measured for longer, does no more than it. */
  #largestBelow(size: number, enough: number): number {
    const tooSmall = this.#below(size).filter(({ rate }) => rate < enough);
    return Math.max(0, ...tooSmall.map((each) => each.size));
  }

  /** The smallest size that can do enough: if each slot does as much as those of a smaller pool did. */
  #leastFor(enough: number, below: number): number {
    const known = this.#below(below).filter(({ rate }) => rate > 0);
    return Math.max(0, ...known.map(({ size, rate }) => (enough * size) / rate));
  }

  #below(size: number) {
    return this.#sizes.filter((each) => each.size < size);
  }
}
