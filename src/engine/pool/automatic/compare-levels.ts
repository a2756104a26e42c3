import type { Level } from './too-small-sizes.ts';
import { median } from './window-meter.ts';

/**
 * A size is worth its price if it does this much more than a smaller one. The knee is within 5 % of the best; this aims
 * at 3 %, and leaves the rest to the noise.
 */
export const worth = 0.03;
/** A trial ends after so many windows at the latest, however much they differ. */
const mostWindows = 12;
/** So many times its doubt a difference must be from what decides: after one window, and after more. */
const surely = 5;
const probably = 2;

/** What a trial showed. */
export interface Comparison {
  /** What the size on trial does, as a multiple of what the base does. */
  readonly ratio: number;
  /** The standard deviation of the ratio. */
  readonly doubt: number;
  /** Whether the size on trial is to be the base. */
  readonly isBetter: boolean;
}

/**
 * Compares a trial with the base: a larger size has to do more, a smaller one no less.
 * @param noise the standard deviation of a window, as a share. @param surplus what the best size did, as a multiple of
 * what the base does. @returns undefined while it takes more windows to tell.
 */
export function compareLevels(
  base: Level,
  trial: Level,
  { noise, surplus }: { noise: number; surplus: number },
): Comparison | undefined {
  const windows = trial.rates.length;
  const isLarger = trial.size > base.size;
  const ratio = median(trial.rates) / median(base.rates);
  // Of a step that could not gain as much, half of what it could gain.
  const couldGain = trial.size / base.size - 1;
  const threshold = isLarger ? 1 + Math.min(worth, couldGain / 2) : (1 - worth) * surplus;
  const doubt = noise * Math.sqrt(1 / windows + 1 / base.rates.length);
  const needed = windows === 1 ? surely : probably;
  if (Math.abs(ratio - threshold) < needed * doubt && windows < mostWindows) return undefined;
  // Where the noise leaves it open, the smaller size is taken.
  return { ratio, doubt, isBetter: ratio > threshold + (isLarger ? doubt : 0) };
}

/** Learns how much the windows of one size differ. */
export class Noise {
  #deviation = 0.03;

  /** The standard deviation, as a share of the rate. */
  get value(): number {
    return this.#deviation;
  }

  learn(before: number, rate: number): void {
    if (before + rate <= 0) return;
    // Of two values with the same deviation, the mean difference is 1.13 of it.
    const deviation = Math.min(0.5, (Math.abs(rate - before) * 2) / (rate + before) / 1.13);
    this.#deviation += (deviation - this.#deviation) / 10;
  }
}
