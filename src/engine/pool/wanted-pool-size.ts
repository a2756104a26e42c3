import { availableParallelism } from 'node:os';
import { type Expectation, integerFrom, sentence } from '../../shared/checks/check-options.ts';
import { UsageError } from '../../shared/failure.ts';
import { defaultFetchPoolSize } from '../../shared/settings/choices.ts';
import { automaticCeilings, type PooledTask, usualPools } from '../../shared/settings/pool-sizes.ts';
import { LivePoolSize } from './live-pool-size.ts';

/** A fixed pool size, one that the run finds itself, or one whose owner can change it. */
export type WantedPoolSize = number | 'auto' | LivePoolSize;

const aSize = integerFrom(1);

export const poolSizeExpectation: Expectation = {
  what: `${aSize.what}, auto or a LivePoolSize`,
  fits: (value) => value === 'auto' || value instanceof LivePoolSize || aSize.fits(value),
};

/**
 * The pool size of a run, by what was asked for and the task's default.
 * @throws UsageError if it is no pool size.
 */
export function wantedPoolSize(task: PooledTask, wanted: WantedPoolSize | undefined): LivePoolSize {
  if (wanted instanceof LivePoolSize) return wanted;
  if (wanted !== undefined && !poolSizeExpectation.fits(wanted))
    throw new UsageError(sentence('poolSize', poolSizeExpectation, wanted));
  const usual = wanted ?? usualPools[task];
  if (typeof usual === 'number') return new LivePoolSize(usual);
  const size = firstPoolSize(task);
  return usual === 'auto'
    ? LivePoolSize.automatic(size, Math.max(size, automaticCeilings[task]))
    : new LivePoolSize(size);
}

/** The pool size to begin with on this machine: computing needs cores, fetches mostly wait. */
export function firstPoolSize(task: PooledTask): number {
  return task === 'fetch' ? defaultFetchPoolSize : availableParallelism();
}
