import { availableParallelism } from 'node:os';
import type { Summary } from '../../shared/result.ts';
import type { ThumbnailRequest } from '../../shared/run-request.ts';
import { toLivePoolSize } from '../pool/live-pool-size.ts';
import { WorkerPool } from '../pool/worker-pool.ts';
import type { MadeThumbnail, ThumbnailPayload } from '../tasks/thumbnail/thumbnail.ts';
import { runItems } from './run-items.ts';
import type { RunOptions } from './run-options.ts';
import { ThumbnailPlanner } from './thumbnail-planner.ts';

/** Beyond this many threads one more costs memory and gains nothing. */
const mostThreads = 64;

/**
 * Makes thumbnails of folders and files.
 * @returns the totals; each item is told to `options.onResult` as it ends.
 * @throws UsageError when nothing could start: no such path, no place for the outputs.
 */
export async function runThumbnails(request: ThumbnailRequest, options: RunOptions = {}): Promise<Summary> {
  const { ledger, dryRun = false, workerFile } = options;
  const poolSize = toLivePoolSize(options.poolSize ?? availableParallelism());
  const planner = new ThumbnailPlanner(request, options);
  const pool = dryRun
    ? undefined
    : await WorkerPool.start({
        maxThreads: Math.min(poolSize.ceiling, mostThreads),
        itemsPerThread: Math.ceil(poolSize.ceiling / mostThreads),
        atomics: 'sync',
        ...(workerFile !== undefined && { workerFile }),
      });
  const run = pool?.openRun();
  const onAbort = () => run?.cancel();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    void planner.countTotal();
    return await runItems<ThumbnailPayload, MadeThumbnail>(
      {
        planned: planner.plan(),
        poolSize,
        execute: (work) => {
          if (!run) throw new Error('A dry run executes nothing.');
          return run.execute('thumbnail', work);
        },
        tell: ({ inputStamp, ...produced }, work) => {
          const { width, height, bytesOut: bytes = 0 } = produced;
          const { output, input } = work;
          ledger?.record({ output, input, inputStamp, recipe: planner.recipe, bytes, width, height });
          return produced;
        },
      },
      options,
    );
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
    await pool?.destroy();
    planner.close();
    ledger?.flush();
  }
}
