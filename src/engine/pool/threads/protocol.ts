import type { Failure } from '../../../shared/failure.ts';

/** Main's message to a worker: the task, the run (by its cancel slot), and the item's data. */
export interface TaskMessage {
  readonly kind: TaskKind;
  readonly slot: number;
  readonly payload: unknown;
}

/** The tasks that the worker entry can load. */
export type TaskKind = LoadedKind | 'channel';
/** `channel` is not loaded: it carries many items of one of these tasks in a single task of the pool. */
export type LoadedKind =
  | 'ping'
  | 'map-lane'
  | 'warm-up'
  | 'thumbnail'
  | 'thumbnail-of-bytes'
  | 'placeholder'
  | 'contact-sheet'
  | 'fetch';

/**
 * How a task ended, as data. The worker catches everything that a task throws, so that a rejection in main always means
 * that the worker itself died. `ms` is the time that the task ran, in milliseconds.
 */
export type Outcome<Value> =
  | { readonly status: 'done'; readonly value: Value; readonly ms: number }
  | { readonly status: 'failed'; readonly error: Failure; readonly ms: number }
  | { readonly status: 'cancelled'; readonly ms: number };

/** What every task receives besides its payload. */
export interface TaskContext {
  /** Aborts when the run is cancelled. A task that can stop early listens to it and rejects. */
  readonly signal: AbortSignal;
  /** The settings of the channel that the item came through; the task knows their type. */
  readonly settings: unknown;
}

export type Task = (payload: unknown, context: TaskContext) => unknown;

/** Passed to each worker when it starts. */
export interface WorkerData {
  /** One Int32 for each run in progress: 0 at first, 1 once the run is cancelled. */
  readonly cancelFlags: SharedArrayBuffer;
  /** The task to load at once, while main prepares the first items. */
  readonly preload?: LoadedKind | undefined;
  /** Whether to load sharp's WebAssembly build instead of the native one: for hosts with a GLib of their own. */
  readonly wasmSharp?: boolean;
  /** Where what the thread prints goes. Default `stdout`. */
  readonly printsTo?: 'stdout' | 'stderr' | undefined;
}
