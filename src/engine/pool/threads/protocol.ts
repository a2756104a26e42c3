import type { Failure } from '../../../shared/failure.ts';

/** What main posts to a worker: which task, for which run (its cancel slot), and the item's data. */
export interface TaskMessage {
  readonly kind: TaskKind;
  readonly slot: number;
  readonly payload: unknown;
}

/** The tasks that the worker entry can load. */
export type TaskKind = LoadedKind | 'channel';
/** `channel` is not loaded: it is how many items of one of these share one task of the pool. */
export type LoadedKind =
  | 'ping'
  | 'load-module'
  | 'module'
  | 'warm-up'
  | 'thumbnail'
  | 'thumbnail-of-bytes'
  | 'fetch';

/**
 * How a task ended, as data: whatever it throws is caught in the worker, so that a rejection seen by main
 * always means that the worker itself died. `ms` is the time the task ran, in milliseconds.
 */
export type Outcome<Value> =
  | { readonly status: 'done'; readonly value: Value; readonly ms: number }
  | { readonly status: 'failed'; readonly error: Failure; readonly ms: number }
  | { readonly status: 'cancelled'; readonly ms: number };

/** What every task is given beside its payload. */
export interface TaskContext {
  /** Aborts when the run is cancelled. A task that can stop early listens to it and rejects. */
  readonly signal: AbortSignal;
  /** What all items of a channel share; what it is the task knows. */
  readonly settings: unknown;
}

export type Task = (payload: unknown, context: TaskContext) => unknown;

/** Handed to each worker when it starts. */
export interface WorkerData {
  /** One Int32 a run in progress: 0 while it goes on, 1 once it is cancelled. */
  readonly cancelFlags: SharedArrayBuffer;
  /** The task to load at once, while main gets the first items ready. */
  readonly preload?: LoadedKind | undefined;
  /** Load sharp's WebAssembly build, never the native one: for hosts that have a GLib of their own. */
  readonly wasmSharp?: boolean;
}
