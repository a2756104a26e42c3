import type { ItemResult } from '../../shared/result.ts';
import type { Feed } from '../pool/feed.ts';
import { runInFlight, type Together } from '../pool/in-flight.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import { type FeatureMeasures, RunGauge } from './limits/run-gauge.ts';
import type { RunOptions } from './run-options.ts';
import type { RunResults } from './run-results.ts';
import { measureOfTurn, type Turn } from './turn.ts';

/**
 * A feature's part for the driver: its jobs, and how to do one. A job is whatever takes one slot: a batch of images, or
 * a URL.
 */
export interface RunSource<Job> {
  /** Yields the jobs. Items that need no slot are no jobs: their results are emitted while the feed is read. */
  readonly feed: Feed<Job>;
  readonly poolSize: LivePoolSize;
  /** Whether one more job may start, for reasons other than the pool size. */
  readonly mayStart?: (running: number) => boolean;
  /** How many jobs may be in flight beyond the pool size, because they only wait. */
  readonly ahead?: (() => number) | undefined;
  /** Receives a callback that makes the driver ask `mayStart` and `ahead` again. */
  readonly onWakeable?: (wake: () => void, together: Together) => void;
  /** Does the job, or a part of it. @param slot the slot of the pool that it has meanwhile. */
  readonly takeTurn: (job: Job, slot: number) => Promise<Turn>;
  /** For sources whose jobs may come back. */
  readonly comeback?: {
    readonly takeBack: (job: Job, delayMs: number | undefined) => void;
    /** The result of a job that could not come back because of an abort. */
    readonly cancelled: (job: Job) => ItemResult;
  };
  /** What the feature can tell of what limits the run. */
  readonly measures?: FeatureMeasures;
}

/** Takes the jobs of a source through the in-flight window to their results. Every run of the engine uses this. */
export async function driveRun<Job>(
  source: RunSource<Job>,
  results: RunResults,
  { signal, onPlace, onLimit, limits }: Pick<RunOptions, 'signal' | 'onPlace' | 'onLimit' | 'limits'>,
): Promise<void> {
  const { feed, poolSize, ahead, mayStart, onWakeable, takeTurn, comeback, measures } = source;
  const soFar = () => results.soFar();
  const waitsFor = () => feed.waitsFor?.();
  const gauge = new RunGauge({ ...measures, poolSize, soFar, onLimit, limits, waitsFor });
  /** Jobs between two turns: an abort must not lose them. */
  const between = new Set<Job>();
  const driven = runInFlight<Job, Turn>({
    feed,
    poolSize,
    signal,
    measure: measureOfTurn,
    ahead,
    ...(mayStart && { mayStart }),
    ...(onWakeable && { onWakeable }),
    execute: (job, slot) => {
      between.delete(job);
      gauge.started();
      return takeTurn(job, slot);
    },
    onSettled: (job, turn, slot) => {
      gauge.ended();
      onPlace?.(slot, undefined);
      if (turn.kind === 'ended') {
        for (const result of turn.results) results.emit(result);
      } else {
        if (!comeback) throw new Error('This run takes no job back.');
        between.add(job);
        comeback.takeBack(job, turn.delayMs);
      }
    },
  });
  await driven.finally(() => results.isLimitedBy(gauge.stop()));
  if (comeback) for (const job of between) results.emit(comeback.cancelled(job));
}
