import { availableParallelism } from 'node:os';
import { threadsThatFit } from './open-files.ts';
import { type WorkerHostOptions, WorkerPool } from './worker-pool.ts';

/** Beyond this many threads one more costs memory and gains nothing. */
const mostThreads = 64;
/** sharp's WebAssembly build is 100 MB a thread once an image needs it. */
const mostWasmThreads = 16;

/**
 * A pool of workers for thumbnails with up to `ceiling` items in flight, for one run or for several. One item a
 * thread: what waits for a thread of its own waits in piscina. As many threads as can compute at once start now.
 */
export function startThumbnailPool(
  ceiling: number = availableParallelism(),
  workers: WorkerHostOptions = {},
): WorkerPool {
  const wantedThreads = Math.min(ceiling, workers.wasmSharp ? mostWasmThreads : mostThreads);
  const maxThreads = threadsThatFit(wantedThreads);
  return WorkerPool.start({
    maxThreads,
    wantedThreads,
    minThreads: Math.min(maxThreads, availableParallelism()),
    atomics: 'sync',
    preload: 'thumbnail',
    // Pixels are not in the heap: with V8's own sizes two threads would keep 30 MB of garbage.
    maxYoungMiB: 3,
    ...workers,
  });
}

/** Has a pool's first worker load all that thumbnails need, and answers whether it could. */
export async function warmUp(pool: WorkerPool): Promise<boolean> {
  const run = pool.openRun();
  const { status } = await run.execute('warm-up', undefined);
  run.close();
  return status === 'done';
}
