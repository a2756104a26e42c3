import { type Comparison, compareLevels, Noise, worth } from './compare-levels.ts';
import { gainOf, isPastKnee, largeStep, showsTooLittle, stepAfter } from './growth-steps.ts';
import { type Level, TooSmallSizes } from './too-small-sizes.ts';
import { median, type WindowMeasure } from './window-meter.ts';

const probeStep = 1.12;
/** How far down the first look for a smaller size goes, and the next ones while nothing is lost. */
const firstTrim = 0.7;
const probeTrim = 0.85;
const furtherTrim = 0.5;
/** More turns than this share turned away or timed out: the size falls. */
const mostOverload = 0.1;
const fall = 0.7;
/** Two sizes that differ by less do the same. */
const flat = 0.015;
/** A size nearer than this is not worth a trial. */
const leastStep = 1.04;
/** The waits between probes, in windows: the first, and the longest where a probe costs nothing or something. */
const firstWait = 4;
const longestWait = 6;
const longestCostlyWait = 128;
/** So long after the start, in windows, the first look for a smaller size comes: it is the one that costs. */
const trimAfter = 10;
const firstTrimWait = 48;
const firstTooMuchWait = 16;
const longestTrimWait = 96;
/** After what served fewer, this much above the size that should do the same. */
const margin = 1.08;
/** A change of what the same size does, this large or this many times the noise, makes all that was measured stale. */
const change = 0.1;
const changeInNoises = 3;

/** How many windows of a size are remembered. */
const mostKept = 20;

export interface ControllerOptions {
  readonly size: number;
  readonly ceiling: number;
}

/**
 * Finds the pool size at the knee: the smallest that does what the best one does, within 5 %. Pure: it is told what each
 * window of measuring showed, and answers with the size for the next.
 *
 * It holds a size, the `base`, and tries others for a few windows. A larger one is kept if it does more, a smaller one if
 * it does no less. Each trial lasts until its difference is larger than the noise allows.
 */
export class SizeController {
  readonly #ceiling: number;
  #base: Level;
  #trial: Level | undefined;
  #windows = 0;
  readonly #noise = new Noise();
  #isClimbing = true;
  #step = largeStep;
  #hasRampedUp = false;
  /** The smallest size that was not worth its price. */
  #top = Number.POSITIVE_INFINITY;
  /** Sizes at which somebody had too much to do are not tried before this window. */
  #tooMuch = { size: Number.POSITIVE_INFINITY, until: 0, wait: firstTooMuchWait };
  readonly #tooSmall = new TooSmallSizes();
  /** How much more than the base the best size did, from 1 to 1.05. */
  #surplus = 1;
  #probeAt = 0;
  #probeWait = firstWait;
  #trimAt = trimAfter;
  #trimWait = firstTrimWait;
  #trimStep = firstTrim;
  #settled = false;

  constructor({ size, ceiling }: ControllerOptions) {
    this.#ceiling = ceiling;
    this.#base = { size, rates: [] };
  }

  get size(): number {
    return this.#trial?.size ?? this.#base.size;
  }

  /** Whether it has found the knee. It goes on to look whether that moves. */
  get isSettled(): boolean {
    return this.#settled;
  }

  /** What the size that it holds does in a second; undefined before the first window. */
  get rate(): number | undefined {
    return this.#base.rates.length > 0 ? median(this.#base.rates) : undefined;
  }

  /** Takes what a window showed. @param mayGrow false while memory or main has no room for more. @returns the next size. */
  next(window: WindowMeasure, mayGrow = true): number {
    this.#windows += 1;
    // While threads start, connections are made and queues fill, the first one shows more or less than what follows.
    if (this.#windows === 1) return this.size;
    if (window.overload > mostOverload) this.fall();
    else if (window.isStarved) this.#trial = undefined;
    else {
      // Room that a smaller size left says nothing about a larger one.
      const wasSmaller = this.size < this.#base.size;
      this.#take(this.#trial ?? this.#base, window.rate);
      if (this.#trial) this.#judge(this.#base, this.#trial);
      if (!this.#trial) this.#begin(mayGrow && !wasSmaller);
    }
    this.#settled ||= !this.#isClimbing && this.#isTight();
    return this.size;
  }

  /** There is no room for so many: the size falls, and is not tried again for a while. */
  fall(): void {
    const { size } = this;
    const wait = Math.min(longestCostlyWait, 2 * this.#tooMuch.wait);
    this.#tooMuch = { size, until: this.#windows + wait, wait };
    const less = Math.max(1, Math.floor(size * fall));
    if (this.#trial && size > this.#base.size) {
      this.#trial = less > this.#base.size ? { size: less, rates: [] } : undefined;
      return;
    }
    this.#trial = undefined;
    this.#startOver({ size: less, rates: [] });
    this.#isClimbing = true;
  }

  #take(level: Level, rate: number): void {
    const before = level.rates.at(-1);
    if (before !== undefined) this.#noise.learn(before, rate);
    level.rates.push(rate);
    if (level.rates.length > mostKept) level.rates.shift();
  }

  #judge(base: Level, trial: Level): void {
    const compared = compareLevels(base, trial, { noise: this.#noise.value, surplus: this.#surplus });
    if (!compared) return;
    if (!this.#hasRampedUp && compared.isBetter && showsTooLittle(base, trial, compared.ratio)) {
      trial.rates.length = 0;
      this.#hasRampedUp = true;
      return;
    }
    this.#hasRampedUp = false;
    this.#trial = undefined;
    if (trial.size > base.size) this.#afterGrowth(base, trial, compared);
    else this.#afterTrim(base, trial, compared);
  }

  #afterGrowth(base: Level, trial: Level, { ratio, doubt, isBetter }: Comparison): void {
    if (!isBetter) {
      this.#top = Math.min(this.#top, trial.size);
      this.#surplus = clamp(ratio - doubt, this.#surplus, 1 + worth);
      const wasCostly = ratio < 1 - worth;
      // Unless both do the same, the best may be between them.
      const isFlat = Math.abs(ratio - 1) < Math.max(flat, doubt);
      this.#isClimbing = !isFlat && this.#larger(largeStep) >= base.size * leastStep;
      if (this.#isClimbing) return;
      if (wasCostly && !this.#isTight()) this.#trimAt = this.#windows;
      this.#waitForProbe(wasCostly);
      return;
    }
    const gain = gainOf(ratio, trial.size / base.size);
    // More than the added slots can have done: all of them do more than they did, and what was known is out of date.
    if (ratio > trial.size / base.size + doubt) this.#tooSmall.forget();
    else this.#tooSmall.add(base);
    this.#base = trial;
    this.#surplus = 1;
    this.#top = this.#top > trial.size ? this.#top : Number.POSITIVE_INFINITY;
    this.#probeWait = firstWait;
    this.#trimStep = firstTrim;
    this.#isClimbing = !isPastKnee(gain);
    this.#step = stepAfter(gain, this.#settled);
    this.#planTrim();
    if (!this.#isClimbing) this.#waitForProbe(false);
  }

  #afterTrim(base: Level, trial: Level, { ratio, doubt, isBetter }: Comparison): void {
    if (isBetter) {
      this.#surplus = clamp(this.#surplus / (ratio + doubt), 1, 1 + worth);
      this.#top = Math.min(this.#top, base.size);
      this.#base = trial;
      this.#trimStep = furtherTrim;
      this.#planTrim();
      return;
    }
    this.#tooSmall.add(trial);
    this.#trimStep = firstTrim;
    this.#planTrim();
  }

  /** A smaller size is looked for until the knee is found, and then ever more rarely. */
  #planTrim(): void {
    this.#trimAt = this.#windows;
    if (!this.#isTight()) return;
    this.#trimAt += this.#trimWait;
    this.#trimWait = Math.min(longestTrimWait, 2 * this.#trimWait);
  }

  /** Begins the next trial, if there is one to begin. */
  #begin(mayGrow: boolean): void {
    // While each step is worth what it could be, one window shows it: every further one would be lost at a small size.
    if (this.#base.rates.length < (this.#isClimbing && this.#step >= largeStep ? 1 : 2)) return;
    this.#lookForChange();
    if (this.#trial) return;
    const size = this.#nextSize(mayGrow);
    if (size !== undefined && size !== this.#base.size) this.#trial = { size, rates: [] };
  }

  #nextSize(mayGrow: boolean): number | undefined {
    const { size } = this.#base;
    if (this.#isClimbing) {
      const larger = mayGrow ? this.#larger(this.#step) : size;
      if (larger > size) return larger;
      this.#isClimbing = false;
      this.#waitForProbe(false);
    }
    // Once the base is known better, what seemed too small may be too small no more.
    const isTooLarge = this.#settled && !this.#isTight();
    if ((this.#windows >= this.#trimAt || isTooLarge) && size > 1) {
      // Rarely, what was too small is tried again: it may have been bad luck, or long ago.
      if (this.#isTight()) this.#tooSmall.forget();
      return this.#smaller();
    }
    if (this.#windows < this.#probeAt || !mayGrow) return undefined;
    this.#top = Number.POSITIVE_INFINITY;
    return this.#larger(probeStep);
  }

  #larger(step: number): number {
    const { size } = this.#base;
    if (this.#windows >= this.#tooMuch.until)
      this.#tooMuch = { ...this.#tooMuch, size: Number.POSITIVE_INFINITY };
    const most = Math.min(this.#top, this.#tooMuch.size);
    const wanted = Math.max(size + 1, Math.round(size * step));
    // Between a size that is good and one that is too large, the middle tells most.
    const middle = Number.isFinite(most) ? Math.floor(Math.sqrt(size * most)) : wanted;
    return Math.min(this.#ceiling, wanted, Math.max(middle, size + 1), most - 1);
  }

  #smaller(): number {
    const { size } = this.#base;
    const isProbe = this.#settled && this.#trimStep === firstTrim;
    const step = isProbe ? probeTrim : this.#trimStep;
    return this.#tooSmall.between(size, this.#enough) ?? Math.max(1, Math.floor(size * step));
  }

  /** What a size must do in a second to be within reach of the best. */
  get #enough(): number {
    return (1 - worth) * this.#surplus * (this.rate ?? 0);
  }

  #isTight(): boolean {
    return this.#tooSmall.isNear(this.#base.size, this.#enough);
  }

  /** Where the same size does more or less than before for two windows, what was measured before says nothing more. */
  #lookForChange(): void {
    const { size, rates } = this.#base;
    if (rates.length < 4) return;
    const before = median(rates.slice(0, -2));
    const shares = rates.slice(-2).map((rate) => rate / before);
    const most = Math.max(change, changeInNoises * this.#noise.value);
    // The first of the two began before the change, or may have.
    const now = shares.at(-1) ?? 1;
    const newest = { size, rates: rates.slice(-1) };
    if (shares.every((share) => share > 1 + most)) {
      this.#startOver(newest);
      this.#isClimbing = true;
    } else if (shares.every((share) => share < 1 - most)) {
      // If fewer are served at once, a smaller pool does the same. If the items are larger, it does less, and that shows.
      const less = Math.max(1, Math.ceil(size * now * margin));
      this.#startOver(newest, less);
      if (less < size) this.#trial = { size: less, rates: [] };
    }
  }

  /** @param known sizes below this one are still known to do too little. */
  #startOver(base: Level, known = 0): void {
    this.#base = base;
    this.#trial = undefined;
    this.#top = Number.POSITIVE_INFINITY;
    this.#tooSmall.forget(known);
    this.#surplus = 1;
    this.#isClimbing = false;
    this.#step = largeStep;
    this.#probeWait = firstWait;
    this.#probeAt = this.#windows + firstWait;
    this.#trimStep = firstTrim;
    this.#trimWait = firstTrimWait;
    this.#trimAt = this.#windows + trimAfter;
  }

  #waitForProbe(wasCostly: boolean): void {
    this.#probeAt = this.#windows + this.#probeWait;
    this.#probeWait = wasCostly
      ? Math.min(longestCostlyWait, 4 * this.#probeWait)
      : Math.min(longestWait, 2 * this.#probeWait);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
