import { availableParallelism } from 'node:os';
import type { Summary } from '../../shared/result.ts';
import type { ThumbnailRequest } from '../../shared/run-request.ts';
import type { PlannedThumbnail } from '../plan/plan-thumbnails.ts';
import { toLivePoolSize } from '../pool/live-pool-size.ts';
import { type PoolRun, WorkerPool, type WorkerPoolOptions } from '../pool/worker-pool.ts';
import type { Outcome } from '../tasks/protocol.ts';
import type { MadeThumbnail, ThumbnailPayload } from '../tasks/thumbnail/thumbnail.ts';
import { runItems } from './run-items.ts';
import { type RunOptions, workersOf } from './run-options.ts';
import { ThumbnailPlanner } from './thumbnail-planner.ts';

/** Beyond this many threads one more costs memory and gains nothing. */
const mostThreads = 64;
/** sharp's WebAssembly build is 100 MB a thread once an image needs it. */
const mostWasmThreads = 16;

/**
 * Makes thumbnails of folders and files.
 * @returns the totals; each item is told to `options.onResult` as it ends.
 * @throws UsageError when nothing could start: no such path, no place for the outputs.
 */
export async function runThumbnails(request: ThumbnailRequest, options: RunOptions = {}): Promise<Summary> {
  const { ledger, dryRun = false } = options;
  const poolSize = toLivePoolSize(options.poolSize ?? availableParallelism());
  const planner = new ThumbnailPlanner(request, options);
  const own =
    dryRun || options.pool ? undefined : await startThumbnailPool(poolSize.ceiling, workersOf(options));
  const run = dryRun ? undefined : (options.pool ?? own)?.openRun();
  const onAbort = () => run?.cancel();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    void planner.countTotal();
    return await runItems<PlannedThumbnail, MadeThumbnail>(
      {
        planned: planner.plan(),
        poolSize,
        execute: (images) => {
          if (!run) throw new Error('A dry run executes nothing.');
          return executeBatch(run, { recipe: request.recipe, images });
        },
        tell: ({ inputStamp, ...produced }, work) => {
          for (const { output = '', bytesOut: bytes = 0, width, height } of produced.outputs ?? [produced]) {
            const { input } = work;
            ledger?.record({ output, input, inputStamp, recipe: planner.recipe, bytes, width, height });
          }
          return produced;
        },
      },
      options,
    );
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
    run?.close();
    await own?.destroy();
    planner.close();
    ledger?.flush();
  }
}

/**
 * A pool of workers for thumbnails with up to `ceiling` items in flight, for one run or for several. One item a
 * thread: what waits for a thread of its own waits in piscina.
 */
export function startThumbnailPool(
  ceiling: number,
  workers: Pick<WorkerPoolOptions, 'workerFile' | 'wasmSharp'> = {},
): Promise<WorkerPool> {
  const most = workers.wasmSharp ? mostWasmThreads : mostThreads;
  return WorkerPool.start({ maxThreads: Math.min(ceiling, most), atomics: 'sync', ...workers });
}

/** Has a pool's first worker load all that thumbnails need, and answers whether it could. */
export async function warmUp(pool: WorkerPool): Promise<boolean> {
  const run = pool.openRun();
  const { status } = await run.execute('warm-up', undefined);
  run.close();
  return status === 'done';
}

/** A worker that dies takes its whole batch with it: the images are then tried alone, to find the one that kills. */
async function executeBatch(
  run: PoolRun,
  { recipe, images }: ThumbnailPayload,
): Promise<readonly Outcome<MadeThumbnail>[]> {
  const outcome = await run.execute<Outcome<MadeThumbnail>[]>('thumbnail', {
    recipe,
    images,
  } satisfies ThumbnailPayload);
  if (outcome.status === 'done') return outcome.value;
  if (images.length === 1 || outcome.status === 'cancelled') return images.map(() => outcome);
  const alone: Outcome<MadeThumbnail>[] = [];
  for (const image of images) alone.push(...(await executeBatch(run, { recipe, images: [image] })));
  return alone;
}
