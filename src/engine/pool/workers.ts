import { availableParallelism } from 'node:os';
import { startFetchPool } from './fetch-pool.ts';
import { startThumbnailPool, warmUp } from './thumbnail-pool.ts';
import type { WorkerHostOptions, WorkerPool } from './worker-pool.ts';

/** The workers of one run, its own or shared with others. */
export interface WorkerLease {
  readonly pool: WorkerPool;
  /** Ends them, with whatever they are doing, unless others may be using them. */
  end(): Promise<void>;
}

/** What a front end decides about all worker threads of an engine. */
export interface WorkersOptions extends WorkerHostOptions {
  /** Keeps up to this many workers for thumbnails between runs. Default: each run has its own. */
  readonly keepThreads?: number;
}

/** Provides runs with worker threads: the only code that starts pools of them. */
export class Workers {
  readonly #host: WorkerHostOptions;
  readonly #keepThreads: number | undefined;
  /** Workers started ahead, before their exact use was known. */
  #ahead: { readonly kind: 'thumbnails' | 'fetches'; readonly pool: WorkerPool } | undefined;
  #kept: WorkerPool | undefined;

  constructor({ keepThreads, ...host }: WorkersOptions = {}) {
    this.#host = host;
    this.#keepThreads = keepThreads;
  }

  /** What the front end decides about all of them. */
  get host(): WorkerHostOptions {
    return this.#host;
  }

  /** Starts booting the workers of the next run for thumbnails. */
  startForThumbnails(threads: number = availableParallelism()): void {
    this.#setAhead('thumbnails', startThumbnailPool(threads, this.#host));
  }

  /** Starts booting the workers of the next run that fetches. */
  startForFetches(withThumbnails: boolean): void {
    this.#setAhead('fetches', startFetchPool(withThumbnails, this.#host));
  }

  /** @param threads the most threads that may be needed. */
  forThumbnails(threads: number): WorkerLease {
    if (this.#keepThreads !== undefined)
      return { pool: this.#keptPool(this.#keepThreads), end: async () => {} };
    return leaseOf(this.#takeAhead('thumbnails') ?? startThumbnailPool(threads, this.#host));
  }

  forFetches(withThumbnails: boolean): WorkerLease {
    return leaseOf(this.#takeAhead('fetches') ?? startFetchPool(withThumbnails, this.#host));
  }

  /** The workers that make thumbnails beside those that fetch, for one run. */
  forThumbnailsOfFetches(): WorkerLease {
    return leaseOf(startThumbnailPool(availableParallelism(), this.#host));
  }

  /** Workers of the same kind that nobody else uses or keeps: for timing a run. */
  apart(): Workers {
    return new Workers(this.#host);
  }

  /** Makes the first of the kept workers load what thumbnails need. */
  async warmUp(): Promise<void> {
    if (this.#keepThreads !== undefined) await warmUp(this.#keptPool(this.#keepThreads));
  }

  /** Ends the workers that no run has, and the kept ones with whatever they are doing. */
  async end(): Promise<void> {
    const pools = [this.#ahead?.pool, this.#kept];
    this.#ahead = undefined;
    this.#kept = undefined;
    await Promise.all(pools.map((pool) => pool?.destroy()));
  }

  /** Stores workers started ahead. Ends the previous ones, which no run has taken and nobody else would end. */
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
      // If they could not start, the next run tries again.
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
