import { availableParallelism } from 'node:os';
import { type ShellsChoice, WorkerPool } from './worker-pool.ts';

/**
 * Requests wait, they do not compute: one thread drives hundreds of sockets. More threads pay only where there
 * are cores to spare beside the main thread.
 */
export function fetchThreads(): number {
  return Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
}

/** A pool of workers for one run's fetches; each holds a lane of many. */
export function startFetchPool(workers: ShellsChoice = {}): WorkerPool {
  const threads = fetchThreads();
  return WorkerPool.start({ maxThreads: threads, minThreads: threads, preload: 'fetch', ...workers });
}
