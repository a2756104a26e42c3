import type { Transferable } from 'node:worker_threads';
import {
  aFunction,
  anything,
  aPath,
  aSignal,
  checkOptions,
  type Expectation,
  type Expectations,
  either,
  integerFrom,
  numberFrom,
  oneOf,
  said,
  sentence,
} from '../../shared/checks/check-options.ts';
import { UsageError } from '../../shared/failure.ts';
import type { Limit } from '../../shared/limits/limit.ts';
import type { MapResult } from '../../shared/result.ts';
import { mapRecipeSettings } from '../../shared/settings/map-settings.ts';
import { poolSizeExpectation, type WantedPoolSize } from '../pool/wanted-pool-size.ts';
import type { MapContext, TaskSettings } from './common/task-context.ts';

/**
 * The task that `map` applies to every item.
 *
 * - A module (a `URL`, or a path as a string): its default export, or the one that is named behind a `#`
 *   (`./tasks.mjs#resize`), runs in worker threads, so that computing tasks use every core. Items and values must be
 *   structured-cloneable. A path is taken from the working directory; `new URL('./task.mjs', import.meta.url)` from the
 *   caller's file. If the module exports `init`, that is called once in each worker before its first item, with
 *   `{ data, signal }`; what it returns is the tasks' `context.state`.
 * - A function: runs in the calling thread, up to `poolSize` calls at once. For tasks that mostly wait (a request, a
 *   query); a function cannot be moved to another thread.
 */
export type MapTask<Item, Value> =
  | URL
  | string
  | ((item: Item, context: MapContext) => Value | Promise<Value>);

export interface MapOptions<Item, Value> extends TaskSettings {
  /**
   * Items in progress at once, or `auto`: the pool finds out how many. A `LivePoolSize` can be changed while it runs.
   * Default: `auto` for a module, the number of cores for a function.
   */
  readonly poolSize?: WantedPoolSize | undefined;
  /** Aborting starts nothing new, cancels items in flight, and makes `map` reject with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each item as it ends, in the order of ending. */
  readonly onResult?: ((result: MapResult<Item, Value>) => void) | undefined;
  /** Called with what a task tells of an item that it is at, by `context.progress`. */
  readonly onProgress?: ((of: MapProgress<Item>) => void) | undefined;
  /** Called about once a second with what limits the run of late, and at its end with what limited it as a whole. */
  readonly onLimit?: ((limit: Limit) => void) | undefined;
  /**
   * Ends the run after so many failed items, `true` after the first: nothing new is started, and those in flight are
   * cancelled. There are no results of items that had not begun. Default: never.
   */
  readonly stopOnError?: boolean | number | undefined;
  /**
   * How long items in flight may take to end after an abort, in milliseconds; then their threads end. Default 2,000.
   */
  readonly graceMs?: number | undefined;
  /** Of a module: the buffers of an item that are moved to the worker instead of copied. The caller loses them. */
  readonly transfer?: ((item: Item) => readonly Transferable[]) | undefined;
  /** Where goes what a module prints, its dependencies too (`console.log`). Default `stdout`. */
  readonly printsTo?: 'stdout' | 'stderr' | undefined;
  /** The file of the worker threads, for whoever bundles this library: `dist/worker.cjs` of the package. */
  readonly workerFile?: string | undefined;
  /**
   * Whether the first failed item ends the run, whose promise rejects with what its task threw; then it resolves to the
   * plain values. For a module that is an `ItemError` whose `cause` tells what was thrown. Default false.
   */
  readonly throwOnFailure?: boolean | undefined;
}

/** What a task has told of an item that it is at. */
export interface MapProgress<Item> {
  /** The item's position in the input, counted from 0. */
  readonly index: number;
  /** The item. */
  readonly item: Item;
  /** What the task has told: a fraction, or whatever the two agree on. */
  readonly progress: unknown;
}

/** The options of `mapStream`. */
export interface MapStreamOptions<Item, Value> extends Omit<MapOptions<Item, Value>, 'throwOnFailure'> {
  /** `input`: results in the order of the items. `finished`: each result as soon as it is there. Default `input`. */
  readonly order?: 'input' | 'finished' | undefined;
  /** The most items that are in flight or wait to be read. Default: 1,024 for a module, 256
   * for a function, or 4 × the pool's ceiling if that is more. */
  readonly lookAhead?: number | undefined;
}

const { retries, timeoutMs, stopOnError, chunkSize, itemsPerWorker, maxHeapMiB } = mapRecipeSettings;

const streamExpectations: Expectations<Required<MapStreamOptions<unknown, unknown>>> = {
  poolSize: poolSizeExpectation,
  signal: aSignal,
  onResult: aFunction,
  onProgress: aFunction,
  onLimit: aFunction,
  data: anything,
  chunkSize: integerFrom(chunkSize.min, chunkSize.max),
  retries: integerFrom(retries.min, retries.max),
  timeoutMs: numberFrom(timeoutMs.min, timeoutMs.max),
  stopOnError: either(oneOfSwitch(), integerFrom(stopOnError.min, stopOnError.max)),
  itemsPerWorker: integerFrom(itemsPerWorker.min, itemsPerWorker.max),
  maxHeapMiB: integerFrom(maxHeapMiB.min, maxHeapMiB.max),
  graceMs: numberFrom(0, 2 ** 31 - 1),
  transfer: aFunction,
  printsTo: oneOf('stdout', 'stderr'),
  workerFile: aPath,
  order: oneOf('input', 'finished'),
  lookAhead: integerFrom(1),
};

const { order, lookAhead, ...shared } = streamExpectations;
const mapExpectations: Expectations<Required<MapOptions<unknown, unknown>>> = {
  ...shared,
  throwOnFailure: oneOfSwitch(),
};

function oneOfSwitch(): Expectation {
  return { what: 'true or false', fits: (value) => typeof value === 'boolean' };
}

const ofStreams = { order: 'only mapStream has it', lookAhead: 'only mapStream has it' };
const ofMap = { throwOnFailure: 'only map has it; see values()' };

/** Checks what TypeScript guarantees but JavaScript may get wrong. @throws UsageError */
export function checkMap(task: unknown, items: unknown, options: unknown): void {
  checkOptions(options, mapExpectations, ofStreams);
  checkTogether(task, items, options as MapOptions<unknown, unknown>);
}

/** @throws UsageError */
export function checkMapStream(task: unknown, items: unknown, options: unknown): void {
  checkOptions(options, streamExpectations, ofMap);
  checkTogether(task, items, options as MapOptions<unknown, unknown>);
}

const aTask: Expectation = {
  what: "a function, or a module's path or URL",
  fits: (task) =>
    (typeof task === 'function' && !/^class\b/.test(Function.prototype.toString.call(task))) ||
    (typeof task === 'string' && task !== '') ||
    task instanceof URL,
};

function checkTogether(task: unknown, items: unknown, options: MapOptions<unknown, unknown>): void {
  if (!aTask.fits(task)) throw new UsageError(sentence('the task', aTask, task));
  const iterable = Object(items) as Partial<Iterable<unknown> & AsyncIterable<unknown> & Promise<unknown>>;
  const isIterable =
    typeof iterable[Symbol.iterator] === 'function' || typeof iterable[Symbol.asyncIterator] === 'function';
  if (typeof items === 'string' || !isIterable) {
    const got = typeof iterable.then === 'function' ? 'a promise: await it first' : said(items);
    throw new UsageError(
      `Expected the items to be iterable, as an array, a set or a generator is, got ${got}.`,
    );
  }
  if (options.transfer && options.retries)
    throw new UsageError('Expected no retries with transfer: what was moved to a worker is gone afterwards.');
}
