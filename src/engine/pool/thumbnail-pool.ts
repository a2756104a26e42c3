import { availableParallelism } from 'node:os';
import { poolCeilings } from '../../shared/settings/pool-sizes.ts';
import { threadsThatFit } from './open-files.ts';
import { type WorkerHostOptions, WorkerPool } from './worker-pool.ts';

/** sharp's WebAssembly build takes 100 MB in each thread that needs it. */
const mostWasmThreads = 16;

/**
 * Starts a pool of workers for thumbnails with up to `ceiling` items in flight, for one run or several. One item per
 * thread: further items wait in piscina. As many threads as can compute at once start now.
 */
export function startThumbnailPool(
  ceiling: number = availableParallelism(),
  workers: WorkerHostOptions = {},
): WorkerPool {
  const wantedThreads = Math.min(
    ceiling,
    workers.wasmSharp ? mostWasmThreads : poolCeilings.thumbnailThreads,
  );
  const maxThreads = threadsThatFit(wantedThreads);
  return WorkerPool.start({
    maxThreads,
    wantedThreads,
    minThreads: Math.min(maxThreads, availableParallelism()),
    atomics: 'sync',
    preload: 'thumbnail',
    // Pixels are not in the JavaScript heap: with V8's own sizes, two threads would keep 30 MB of garbage.
    maxYoungMiB: 3,
    ...workers,
  });
}

/** Makes a pool's first worker load all that thumbnails need, and returns whether that succeeded. */
export async function warmUp(pool: WorkerPool): Promise<boolean> {
  const run = pool.openRun();
  const { status } = await run.execute('warm-up', undefined);
  run.close();
  return status === 'done';
}
