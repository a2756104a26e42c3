import type { Level } from './too-small-sizes.ts';

/** A larger step while each slot does nearly what it did before, a smaller one when it does less. */
export const largeStep = 2;
const largestStep = 4;
const smallStep = 1.25;
const largestStepFrom = 0.95;
const largeStepFrom = 0.8;
/** Below this share of what the added slots should have done, the knee has been passed. */
const passedBelow = 0.6;

/** What the added slots did, as a share of what as many did before. @param growth the larger size as a multiple of the smaller. */
export function gainOf(ratio: number, growth: number): number {
  return (ratio - 1) / (growth - 1);
}

export function isPastKnee(gain: number): boolean {
  return gain <= passedBelow;
}

/** How far the next step goes. @param hadSettled then the knee is likely to be near, and the largest would only pass it. */
export function stepAfter(gain: number, hadSettled: boolean): number {
  if (gain > largestStepFrom && !hadSettled) return largestStep;
  return gain > largeStepFrom ? largeStep : smallStep;
}

/** In the first window of a large step, threads still start and connections are made: where it gains little, a second decides. */
export function showsTooLittle(base: Level, trial: Level, ratio: number): boolean {
  const growth = trial.size / base.size;
  return growth >= largeStep && trial.rates.length === 1 && gainOf(ratio, growth) < largeStepFrom;
}
