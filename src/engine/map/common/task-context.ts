import type { Transferable } from 'node:worker_threads';

/** What a task of `map` is called with, beside its item. */
// biome-ignore lint/suspicious/noExplicitAny: what a caller hands to its own task has the type that the two agree on.
export interface MapContext<Data = any, State = any> {
  /** The item's position in the input, counted from 0. */
  readonly index: number;
  /** Aborts when the run is cancelled and when the time of this try is up: a task that can stop early then rejects. */
  readonly signal: AbortSignal;
  /** The run's `data`, of which each worker has a copy. */
  readonly data: Data;
  /** What the module's `init` returned in this worker; undefined if it has none. */
  readonly state: State;
  /**
   * Tells how far the item is: a fraction, or anything that can be cloned. `onProgress` hears of it at most ten times a
   * second for an item.
   */
  progress(value: unknown): void;
  /**
   * Returns the value, and has these buffers moved to the caller with it instead of copied: the worker loses them.
   * Without a list, the buffer of the value itself. Has no effect in the calling thread, where nothing is copied.
   */
  move<Value>(value: Value, buffers?: readonly Transferable[]): Value;
}

/** What a module's `init` is called with, once in each worker before its first item. */
export type InitContext<Data = unknown> = {
  /** The run's `data`, of which each worker has a copy. */
  readonly data: Data;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
};

/** The settings of a person's own task, in the library and in the recipe of a run. */
export interface TaskSettings {
  /** Handed to the task as `context.data`; anything that can be cloned, sent once to each worker. */
  readonly data?: unknown;
  /**
   * How many items go to a worker together. Default: as many as take a few milliseconds, so that tiny items do not cost
   * a message each, and nothing waits behind a slow one.
   */
  readonly chunkSize?: number | undefined;
  /** How many further tries an item has whose task failed, after a short wait that grows. From 0 to 100. Default 0. */
  readonly retries?: number | undefined;
  /** How long each try may take, in milliseconds; then the item fails as `TASK_TIMEOUT`. Default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** A worker is replaced after so many items: for tasks that lose memory. Default: never. */
  readonly itemsPerWorker?: number | undefined;
  /** The limit of a worker's JavaScript heap, in MiB. Default: Node's own. */
  readonly maxHeapMiB?: number | undefined;
}
