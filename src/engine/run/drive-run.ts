import type { ItemResult } from '../../shared/result.ts';
import type { Feed } from '../pool/feed.ts';
import { runInFlight } from '../pool/in-flight.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { RunOptions } from './run-options.ts';
import type { RunResults } from './run-results.ts';

/** What became of a job that was in flight. */
export type Turn =
  | { readonly kind: 'ended'; readonly results: readonly ItemResult[] }
  /** It comes back: after a delay, or (undefined) at once. */
  | { readonly kind: 'again'; readonly delayMs?: number };

/**
 * What a feature gives the driver: its jobs, and what is done with one. A job is whatever takes one place in flight: a batch
 * of images, or a URL.
 */
export interface RunSource<Job> {
  /** Items that need no place in flight are no jobs: their results are emitted as they are come upon. */
  readonly feed: Feed<Job>;
  readonly poolSize: LivePoolSize;
  /** Whether one more may be in flight, for reasons other than the pool size. */
  readonly mayStart?: (running: number) => boolean;
  /** Is given what has `mayStart` asked again. */
  readonly onWakeable?: (wake: () => void) => void;
  /** Does the job, or a part of it. @param slot the place of the pool that it has meanwhile. */
  readonly takeTurn: (job: Job, slot: number) => Promise<Turn>;
  /** For a source whose jobs come back. */
  readonly comeback?: {
    readonly takeBack: (job: Job, delayMs: number | undefined) => void;
    /** The result of a job that an abort kept from coming back. */
    readonly cancelled: (job: Job) => ItemResult;
  };
}

/** Takes the jobs of a source through the in-flight window to their results: every run of the engine goes through here. */
export async function driveRun<Job>(
  source: RunSource<Job>,
  results: RunResults,
  { signal, onPlace }: Pick<RunOptions, 'signal' | 'onPlace'>,
): Promise<void> {
  const { feed, poolSize, mayStart, onWakeable, takeTurn, comeback } = source;
  /** Jobs between two turns: an abort must not lose them. */
  const between = new Set<Job>();
  await runInFlight<Job, Turn>({
    feed,
    poolSize,
    signal,
    ...(mayStart && { mayStart }),
    ...(onWakeable && { onWakeable }),
    execute: (job, slot) => {
      between.delete(job);
      return takeTurn(job, slot);
    },
    onSettled: (job, turn, slot) => {
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
  if (comeback) for (const job of between) results.emit(comeback.cancelled(job));
}
