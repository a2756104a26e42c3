import {
  aFunction,
  aSignal,
  aSwitch,
  checkOptions,
  type Expectations,
  integerFrom,
  numberFrom,
  sentence,
} from '../../shared/checks/check-options.ts';
import { UsageError } from '../../shared/failure.ts';
import type { ItemResult, Summary } from '../../shared/result.ts';
import type { RunOptions } from './run-options.ts';
import { inScratchFolder } from './scratch-folder.ts';

/** The longest that one pool size is timed, in milliseconds: of larger inputs the first items are enough. */
const longestMs = 10_000;

/** A pool size and how long the items took with it. */
export interface Timing {
  /** The size that was timed. */
  readonly poolSize: number;
  /** How long the items took that had ended. */
  readonly seconds: number;
  /** Items ended in a second. */
  readonly perSecond: number;
  /** The speed-up over the first size. */
  readonly speedUp: number;
  /** The number of items that were done: if there are none, there is nothing to compare. */
  readonly done: number;
  /** The number of items that failed. */
  readonly failed: number;
  /** Whether only the first items were timed, because all would have taken too long. */
  readonly sampled: boolean;
}

/** What one timing is given besides its pool size and folder: it is cut by `signal`. */
export type TimingLimits = Required<Pick<RunOptions, 'signal' | 'onResult' | 'onTotal'>>;

/** How far the timing of a size is. */
export interface TuneProgress {
  /** The size that is being timed. */
  readonly poolSize: number;
  /** Whether this run is only to warm the disk cache. */
  readonly warmsUp: boolean;
  /** How many items have ended. */
  readonly ended: number;
  /** How many items there are, as far as is known. */
  readonly total: number | undefined;
}

/** The options of `tune`. */
export interface TuneOptions {
  /** The pool sizes to time, in this order. */
  readonly sizes: readonly number[];
  /** Does the job once with this pool size. The output folder is empty and is removed afterwards. */
  readonly runOnce: (poolSize: number, outputFolder: string, limits: TimingLimits) => Promise<Summary>;
  /** Whether to run once beforehand without timing, so that the first size does not pay for a cold disk cache. */
  readonly warmUp: boolean;
  /** Aborting ends it; what has been timed is the result. */
  readonly signal?: AbortSignal;
  /** Called with each size that has been timed. */
  readonly onTiming?: (timing: Timing) => void;
  /** Called with each item that ends. */
  readonly onProgress?: (progress: TuneProgress) => void;
  /** The longest that one size is timed, in milliseconds. Default 10,000. */
  readonly longestMs?: number;
}

const aSize = integerFrom(1);
const expectations: Expectations<Required<TuneOptions>> = {
  sizes: {
    what: 'a list of pool sizes',
    fits: (value) => Array.isArray(value) && value.length > 0 && value.every((size) => aSize.fits(size)),
  },
  runOnce: aFunction,
  warmUp: aSwitch,
  signal: aSignal,
  onTiming: aFunction,
  onProgress: aFunction,
  longestMs: numberFrom(1, 86_400_000),
};

/**
 * Times each pool size on the same items, in the same order. What takes too long is cut, and its rate is that of the
 * items that had ended: each size comes as far as it can in the same time.
 * @throws UsageError for an option that is wrong or missing.
 */
export async function tune(options: TuneOptions): Promise<Timing[]> {
  checkOptions(options, expectations);
  for (const name of ['sizes', 'runOnce'] as const)
    if (options[name] === undefined) throw new UsageError(sentence(name, expectations[name], undefined));
  const { sizes, warmUp, signal, onTiming } = options;
  const timings: Timing[] = [];
  if (warmUp) await timeOnce(options, Math.max(...sizes), true);
  for (const poolSize of sizes) {
    if (signal?.aborted) break;
    const { seconds, ended, ...measured } = await timeOnce(options, poolSize, false);
    if (signal?.aborted) break;
    const perSecond = seconds > 0 ? ended / seconds : 0;
    const first = timings[0]?.perSecond ?? perSecond;
    const timing = { poolSize, seconds, perSecond, speedUp: first > 0 ? perSecond / first : 1, ...measured };
    timings.push(timing);
    onTiming?.(timing);
  }
  return timings;
}

/**
 * The knee: the smallest pool size within 10 % of the fastest. More threads than that cost more and gain little.
 * Undefined if no item was done, because the time that failures take means nothing.
 */
export function findKnee(timings: readonly Timing[]): Timing | undefined {
  if (!timings.some(({ done }) => done > 0)) return undefined;
  const fastest = Math.max(...timings.map(({ perSecond }) => perSecond));
  return timings
    .filter(({ perSecond }) => perSecond * 1.1 >= fastest)
    .toSorted((a, b) => a.poolSize - b.poolSize)
    .at(0);
}

interface Measured extends Pick<Timing, 'seconds' | 'done' | 'failed' | 'sampled'> {
  /** How many items ended by themselves. */
  readonly ended: number;
}

async function timeOnce(
  { runOnce, signal, onProgress, longestMs: mostMs = longestMs }: TuneOptions,
  poolSize: number,
  warmsUp: boolean,
): Promise<Measured> {
  const cutting = new AbortController();
  const counts = { done: 0, failed: 0 };
  let ended = 0;
  let total: number | undefined;
  const started = performance.now();
  let lastMs = 0;
  const onResult = ({ status }: ItemResult): void => {
    if (status === 'cancelled' || cutting.signal.aborted) return;
    ended += 1;
    lastMs = performance.now() - started;
    if (status === 'done' || status === 'failed') counts[status] += 1;
    onProgress?.({ poolSize, warmsUp, ended, total });
  };
  const timer = setTimeout(() => cutting.abort(), mostMs);
  try {
    const summary = await inScratchFolder((folder) =>
      runOnce(poolSize, folder, {
        signal: signal ? AbortSignal.any([signal, cutting.signal]) : cutting.signal,
        onResult,
        onTotal: (count) => {
          total = count;
        },
      }),
    );
    const sampled = cutting.signal.aborted;
    // What was in flight when it was cut is no part of what had ended by then.
    return { ...counts, ended, sampled, seconds: sampled ? lastMs / 1_000 : summary.seconds };
  } finally {
    clearTimeout(timer);
  }
}
