import { availableParallelism } from 'node:os';
import { startFetchPool } from './fetch-pool.ts';
import { startThumbnailPool, warmUp } from './thumbnail-pool.ts';
import type { WorkerHostOptions, WorkerPool } from './worker-pool.ts';

/** The workers of one run, or those that it shares with others. */
export interface WorkerLease {
  readonly pool: WorkerPool;
  /** Ends them and whatever they are at, unless others may be using them. */
  end(): Promise<void>;
}

export interface WorkersOptions extends WorkerHostOptions {
  /** Keeps workers for thumbnails between runs, this many at most. Default: each run has its own. */
  readonly keepThreads?: number;
}

/** Where runs get their worker threads from: the one place that starts pools of them. */
export class Workers {
  readonly #host: WorkerHostOptions;
  readonly #keepThreads: number | undefined;
  /** Started before it was known exactly what they are for. */
  #ahead: { readonly kind: 'thumbnails' | 'fetches'; readonly pool: WorkerPool } | undefined;
  #kept: WorkerPool | undefined;

  constructor({ keepThreads, ...host }: WorkersOptions = {}) {
    this.#host = host;
    this.#keepThreads = keepThreads;
  }

  /** Has the workers of the next run for thumbnails boot already. */
  startForThumbnails(threads: number = availableParallelism()): void {
    this.#setAhead('thumbnails', startThumbnailPool(threads, this.#host));
  }

  /** The same for the next run that fetches. */
  startForFetches(withThumbnails: boolean): void {
    this.#setAhead('fetches', startFetchPool(withThumbnails, this.#host));
  }

  /** @param threads the most that may be needed. */
  forThumbnails(threads: number): WorkerLease {
    if (this.#keepThreads !== undefined)
      return { pool: this.#keptPool(this.#keepThreads), end: async () => {} };
    return leaseOf(this.#takeAhead('thumbnails') ?? startThumbnailPool(threads, this.#host));
  }

  forFetches(withThumbnails: boolean): WorkerLease {
    return leaseOf(this.#takeAhead('fetches') ?? startFetchPool(withThumbnails, this.#host));
  }

  /** Workers that make thumbnails beside those that fetch, for one run. */
  forThumbnailsOfFetches(): WorkerLease {
    return leaseOf(startThumbnailPool(availableParallelism(), this.#host));
  }

  /** Workers of the same kind that nobody else has or keeps: where a run is timed. */
  apart(): Workers {
    return new Workers(this.#host);
  }

  /** Has the first of the workers that are kept load what thumbnails need. */
  async warmUp(): Promise<void> {
    if (this.#keepThreads !== undefined) await warmUp(this.#keptPool(this.#keepThreads));
  }

  /** Ends the workers that no run has, and those that are kept with whatever they are at. */
  async end(): Promise<void> {
    const pools = [this.#ahead?.pool, this.#kept];
    this.#ahead = undefined;
    this.#kept = undefined;
    await Promise.all(pools.map((pool) => pool?.destroy()));
  }

  /** Nobody would end those that were started before, and that no run has taken. */
  #setAhead(kind: 'thumbnails' | 'fetches', pool: WorkerPool): void {
    void this.#ahead?.pool.destroy();
    this.#ahead = { kind, pool };
  }

  #takeAhead(kind: 'thumbnails' | 'fetches'): WorkerPool | undefined {
    if (this.#ahead?.kind !== kind) return undefined;
    const { pool } = this.#ahead;
    this.#ahead = undefined;
    return pool;
  }

  #keptPool(threads: number): WorkerPool {
    if (this.#kept === undefined) {
      const starting = startThumbnailPool(threads, this.#host);
      this.#kept = starting;
      // One that could not start is tried anew by the next run.
      starting.ready.catch(() => {
        if (this.#kept === starting) this.#kept = undefined;
      });
    }
    return this.#kept;
  }
}

function leaseOf(pool: WorkerPool): WorkerLease {
  return { pool, end: () => pool.destroy() };
}
