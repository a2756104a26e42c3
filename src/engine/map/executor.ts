import type { Transferable } from 'node:worker_threads';
import { failureOf, ItemError } from '../../shared/failure.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import { threadsThatFit } from '../pool/open-files.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import { WorkerPool, type WorkerPoolOptions } from '../pool/worker-pool.ts';
import type { TaskSettings } from './common/task-context.ts';
import type { ModulePayload } from './run-module.ts';

export interface Job<Item> {
  readonly item: Item;
  readonly index: number;
}

/** Runs the items of one `map()`. */
export interface Executor<Item, Value> {
  /** A failure is part of the outcome. Rejects only if no item can be done any more, as when `init` throws. */
  execute(job: Job<Item>): Promise<Outcome<Value>>;
  /** How many jobs it can hold at the moment beyond the pool size: they wait at its threads, or to be tried again. */
  ahead?(): number;
  /** Registers the callback for when it can hold more. */
  onRoom?(wake: () => void): void;
  /** Asks the items in flight to stop early. */
  cancel(): void;
  /** Ends items that do not stop when asked. */
  kill(): void;
  /** Frees everything. Call when nothing is in flight any more. */
  close(): Promise<void>;
}

/** What a caller decides about the task and its threads. */
export type ExecutorSettings<Item> = TaskSettings &
  Pick<WorkerPoolOptions, 'printsTo' | 'workerFile' | 'nice'> & {
    readonly signal?: AbortSignal | undefined;
    /** Hears what a task tells of an item that it is at. */
    readonly onProgress?: ((job: Job<Item>, progress: unknown) => void) | undefined;
    /** The buffers of an item that are moved to the worker instead of copied. */
    readonly transfer?: ((item: Item) => readonly Transferable[]) | undefined;
  };

/** More threads than this cost more memory than they gain; further slots share a thread. */
const mostThreads = 64;

/** An executor that runs a function in the calling thread, for tasks that mostly wait. */
export function inThisThread<Item, Value>(
  task: (item: Item, context: { index: number; signal: AbortSignal }) => Value | Promise<Value>,
): Executor<Item, Value> {
  const cancelling = new AbortController();
  const abandon = new Set<(outcome: Outcome<Value>) => void>();
  const { signal } = cancelling;

  const run = async ({ item, index }: Job<Item>): Promise<Outcome<Value>> => {
    const started = performance.now();
    const elapsed = () => performance.now() - started;
    try {
      return { status: 'done', value: await task(item, { index, signal }), ms: elapsed() };
    } catch (error) {
      if (signal.aborted) return { status: 'cancelled', ms: elapsed() };
      return { status: 'failed', error: failureOf(error, 'TASK_THREW'), ms: elapsed() };
    }
  };

  return {
    // A function that ignores the signal cannot be ended; it is only no longer waited for.
    execute: (job) => {
      const { promise, resolve } = Promise.withResolvers<Outcome<Value>>();
      void run(job).then(resolve);
      abandon.add(resolve);
      void promise.then(() => abandon.delete(resolve));
      return promise;
    },
    cancel: () => cancelling.abort(),
    kill: () => {
      for (const resolve of abandon) resolve({ status: 'cancelled', ms: 0 });
    },
    close: async () => {},
  };
}

/**
 * An executor with a pool of worker threads of its own, for tasks that compute.
 * @param url `addressOfTask`.
 * @throws ItemError `TASK_NOT_FOUND` if the module cannot be loaded.
 */
export async function inWorkers<Item, Value>(
  url: string,
  poolSize: LivePoolSize,
  { signal, maxHeapMiB, printsTo, workerFile, nice }: ExecutorSettings<Item> = {},
): Promise<Executor<Item, Value>> {
  const maxThreads = threadsThatFit(Math.min(poolSize.ceiling, mostThreads));
  const pool = WorkerPool.start({
    maxThreads,
    itemsPerThread: Math.ceil(poolSize.ceiling / maxThreads),
    ...(maxHeapMiB !== undefined && { maxHeapMiB }),
    ...(printsTo && { printsTo }),
    ...(workerFile !== undefined && { workerFile }),
    ...(nice !== undefined && { nice }),
  });
  await pool.ready;
  const run = pool.openRun();
  // What a module does while it is loaded may never end.
  const giveUp = (): void => void pool.destroy();
  if (signal?.aborted) giveUp();
  else signal?.addEventListener('abort', giveUp, { once: true });
  const loaded = await run.execute('load-module', { url });
  signal?.removeEventListener('abort', giveUp);
  if (loaded.status !== 'done') {
    await pool.destroy();
    const failure = loaded.status === 'failed' ? loaded.error : undefined;
    throw new ItemError(failure?.code ?? 'TASK_NOT_FOUND', failure?.message ?? `Cannot load ${url}`);
  }
  return {
    execute: ({ item, index }) => run.execute<Value>('module', { url, item, index } satisfies ModulePayload),
    cancel: () => run.cancel(),
    kill: () => void pool.destroy(),
    close: () => pool.destroy(),
  };
}
