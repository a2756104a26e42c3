import { setTimeout } from 'node:timers/promises';
import type { Transferable } from 'node:worker_threads';
import type { Together } from '../pool/in-flight.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import { threadsThatFit } from '../pool/open-files.ts';
import { WorkerPool, type WorkerPoolOptions } from '../pool/worker-pool.ts';
import type { Ending, Job, MapOutcome } from './common/outcome.ts';
import type { TaskSettings } from './common/task-context.ts';
import { longestPrintMs } from './lanes/lane.ts';
import { LaneExecutor } from './lanes/lane-executor.ts';
import { partsOfAddress } from './task-address.ts';

export type { Job } from './common/outcome.ts';

/** Runs the items of one `map()`. */
export interface Executor<Item, Value> {
  /**
   * A failure is part of the outcome. The ending fails only if no item can be done any more, as when `init` throws.
   * @param place a number that no other item in flight has, from 0.
   */
  begin(job: Job<Item>, ending: Ending<Value>, place: number): void;
  /** How many jobs it can hold at the moment beyond the pool size: they wait at its threads, or to be tried again. */
  ahead?(): number;
  /** Registers the callback for when it can hold more, and the one in which jobs that end together are ended. */
  onRoom?(wake: () => void, together: Together): void;
  /** Asks the items in flight to stop early. */
  cancel(): void;
  /** Ends items that do not stop when asked. */
  kill(): void;
  /** Frees everything. Call when nothing is in flight any more. */
  close(): Promise<void>;
}

/** An executor whose items may also be awaited. */
export interface PromisingExecutor<Item, Value> extends Executor<Item, Value> {
  execute(job: Job<Item>): Promise<MapOutcome<Value>>;
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

/**
 * An executor with a pool of worker threads of its own, for tasks that compute.
 * @param address `addressOfTask`.
 * @throws ItemError `TASK_NOT_FOUND` if the module cannot be loaded.
 */
export async function inWorkers<Item, Value>(
  address: string,
  poolSize: LivePoolSize,
  { signal, maxHeapMiB, printsTo, workerFile, nice, data, timeoutMs, ...task }: ExecutorSettings<Item> = {},
): Promise<PromisingExecutor<Item, Value>> {
  const mostLanes = threadsThatFit(Math.min(poolSize.ceiling, mostThreads));
  const pool = WorkerPool.start({
    maxThreads: mostLanes,
    ...(maxHeapMiB !== undefined && { maxHeapMiB }),
    ...(printsTo && { printsTo }),
    ...(workerFile !== undefined && { workerFile }),
    ...(nice !== undefined && { nice }),
  });
  await pool.ready;
  const run = pool.openRun();
  const places = Math.ceil(poolSize.ceiling / mostLanes);
  const lanes = new LaneExecutor<Item, Value>({
    ...task,
    run,
    opening: {
      ...partsOfAddress(address),
      data,
      places,
      timeoutMs,
      tellsProgress: task.onProgress !== undefined,
    },
    poolSize,
    mostLanes,
  });
  const end = async (): Promise<void> => {
    const closed = lanes.close();
    // Whoever does not read what is printed, or a task that keeps its thread busy for ever, holds nothing up.
    await Promise.race([closed, setTimeout(longestPrintMs, undefined, { ref: false })]);
    await pool.destroy();
  };
  // What a module does while it is loaded may never end.
  const giveUp = (): void => {
    void lanes.close();
    void pool.destroy();
  };
  if (signal?.aborted) giveUp();
  else signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await lanes.open();
  } catch (error) {
    await end();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
  return {
    begin: (job, ending) => lanes.begin(job, ending),
    execute: (job) => new Promise((resolve, fail) => lanes.begin(job, { end: resolve, fail })),
    ahead: () => lanes.ahead(),
    onRoom: (wake, together) => lanes.onRoom(wake, together),
    cancel: () => lanes.cancel(),
    kill: () => void pool.destroy(),
    close: end,
  };
}
