import { availableParallelism } from 'node:os';
import { threadsThatFit } from './open-files.ts';
import { type WorkerHostOptions, WorkerPool } from './worker-pool.ts';

/** More threads with sockets than this gain nothing. */
const mostThreads = 16;

/**
 * Starts a pool of workers for the fetches of one run; each holds a channel of many. Requests mostly wait, so one
 * thread drives hundreds of sockets. More threads help only if there are cores to spare beside the main thread, or if
 * they make thumbnails of the files they fetch.
 */
export function startFetchPool(withThumbnails: boolean, workers: WorkerHostOptions = {}): WorkerPool {
  const cores = availableParallelism();
  const threads = threadsThatFit(
    withThumbnails ? Math.min(mostThreads, cores) : Math.max(1, Math.min(4, Math.floor(cores / 2))),
  );
  return WorkerPool.start({ maxThreads: threads, minThreads: threads, preload: 'fetch', ...workers });
}
