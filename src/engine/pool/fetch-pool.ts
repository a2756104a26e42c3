import { availableParallelism } from 'node:os';
import { threadsThatFit } from './open-files.ts';
import { type WorkerHostOptions, WorkerPool } from './worker-pool.ts';

/** Beyond this many threads with sockets one more gains nothing. */
const mostThreads = 16;

/**
 * A pool of workers for one run's fetches; each holds a channel of many. Requests wait, they do not compute: one thread
 * drives hundreds of sockets. More threads pay only where there are cores to spare beside the main thread, or where
 * they make thumbnails of what they fetch.
 */
export function startFetchPool(withThumbnails: boolean, workers: WorkerHostOptions = {}): WorkerPool {
  const cores = availableParallelism();
  const threads = threadsThatFit(
    withThumbnails ? Math.min(mostThreads, cores) : Math.max(1, Math.min(4, Math.floor(cores / 2))),
  );
  return WorkerPool.start({ maxThreads: threads, minThreads: threads, preload: 'fetch', ...workers });
}
