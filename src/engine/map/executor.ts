import { failureOf, ItemError } from '../../shared/failure.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import { threadsThatFit } from '../pool/open-files.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import { WorkerPool, type WorkerPoolOptions } from '../pool/worker-pool.ts';
import type { ModulePayload } from './run-module.ts';

export interface Job<Item> {
  readonly item: Item;
  readonly index: number;
}

/** Runs the items of one `map()`. */
export interface Executor<Item, Value> {
  /** Never rejects: a failure is part of the outcome. */
  execute(job: Job<Item>): Promise<Outcome<Value>>;
  /** Asks the items in flight to stop early. */
  cancel(): void;
  /** Ends items that do not stop when asked. */
  kill(): void;
  /** Frees everything. Call when nothing is in flight any more. */
  close(): Promise<void>;
}

/** What a caller decides about the threads. */
export type WorkerSettings = Pick<WorkerPoolOptions, 'maxHeapMiB' | 'printsTo' | 'workerFile' | 'nice'>;

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
 * @throws ItemError `TASK_NOT_FOUND` if the module cannot be loaded.
 */
export async function inWorkers<Item, Value>(
  url: string,
  poolSize: LivePoolSize,
  { signal, ...settings }: WorkerSettings & { readonly signal?: AbortSignal | undefined },
): Promise<Executor<Item, Value>> {
  const maxThreads = threadsThatFit(Math.min(poolSize.ceiling, mostThreads));
  const pool = WorkerPool.start({
    maxThreads,
    itemsPerThread: Math.ceil(poolSize.ceiling / maxThreads),
    ...settings,
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
