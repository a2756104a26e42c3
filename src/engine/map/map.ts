import { pathToFileURL } from 'node:url';
import { UsageError } from '../../shared/failure.ts';
import type { Limit } from '../../shared/limits/limit.ts';
import type { MapResult } from '../../shared/result.ts';
import { assertWorkingFolder } from '../files/working-folder.ts';
import { cancelWithGrace } from '../pool/cancel-with-grace.ts';
import { feedOf, type Items, numbered } from '../pool/feed.ts';
import { runInFlight } from '../pool/in-flight.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import { type WantedPoolSize, wantedPoolSize } from '../pool/wanted-pool-size.ts';
import { assertKnown } from '../run/known-options.ts';
import { RunGauge } from '../run/limits/run-gauge.ts';
import { inThisThread, inWorkers, type Job } from './executor.ts';
import { Outbox } from './outbox.ts';

/**
 * The task that `map` applies to every item.
 *
 * - A module (a `URL`, or a path as a string): its default export runs in worker threads, one item per thread, so that
 *   computing tasks use every core. Items and values must be structured-cloneable.
 * - A function: runs in the calling thread, up to `poolSize` calls at once. For tasks that mostly wait (a request, a
 *   query); a function cannot be moved to another thread.
 */
export type MapTask<Item, Value> =
  | URL
  | string
  | ((item: Item, context: { index: number; signal: AbortSignal }) => Value | Promise<Value>);

export interface MapOptions<Item, Value> {
  /**
   * Items in flight at once, or `auto`: the pool finds out how many. A `LivePoolSize` can be changed while it runs.
   * Default: `auto` for a module, the number of cores for a function.
   */
  readonly poolSize?: WantedPoolSize;
  /** Aborting starts nothing new, cancels items in flight, and makes `map` reject with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called for each item as it ends, in the order of ending. */
  readonly onResult?: (result: MapResult<Item, Value>) => void;
  /** Called about once a second with what limits the run of late, and at its end with what limited it as a whole. */
  readonly onLimit?: (limit: Limit) => void;
  /**
   * How long items in flight may take to end after an abort, in milliseconds; then their threads end. Default 2,000.
   */
  readonly graceMs?: number;
  /** The limit of a worker thread's JavaScript heap, in MiB. Default: Node's own. */
  readonly maxHeapMiB?: number;
  /** Where goes what a module prints, its dependencies too (`console.log`). Default `stdout`. */
  readonly printsTo?: 'stdout' | 'stderr';
}

export interface MapStreamOptions<Item, Value> extends MapOptions<Item, Value> {
  /** `input`: results in the order of the items. `finished`: each result as soon as it is there. Default `input`. */
  readonly order?: 'input' | 'finished';
  /** The most items that are in flight or wait to be read. Default: 256, or 4 × the pool's ceiling if that is more. */
  readonly lookAhead?: number;
}

/**
 * Applies a task to every item, in parallel, and resolves to the results in the items' order. An item whose task throws
 * becomes a `failed` result; the others go on.
 *
 * @example const results = await map('./resize.mjs', files, { poolSize: 4 });
 * @throws UsageError for an invalid task, items or option; the signal's reason when aborted; whatever the source of
 * items throws; ItemError `TASK_NOT_FOUND` if the module cannot be loaded.
 */
export async function map<Item, Value = unknown>(
  task: MapTask<Item, Value>,
  items: Items<Item>,
  options: MapOptions<Item, Value> = {},
): Promise<MapResult<Item, Value>[]> {
  const results: MapResult<Item, Value>[] = [];
  await drive(task, items, options, {
    onResult: (result) => {
      results[result.index] = result;
    },
  });
  return results;
}

/**
 * Like `map`, but an async iterable: the results are never all in memory, and a slow reader slows the pool down.
 * Leaving the loop early cancels the rest.
 *
 * @example for await (const result of mapStream(task, millions)) console.log(result.status);
 */
export async function* mapStream<Item, Value = unknown>(
  task: MapTask<Item, Value>,
  items: Items<Item>,
  options: MapStreamOptions<Item, Value> = {},
): AsyncGenerator<MapResult<Item, Value>, void, undefined> {
  const poolSize = wantedPoolSize(typeof task === 'function' ? 'function' : 'module', options.poolSize);
  const lookAhead = options.lookAhead ?? Math.max(256, 4 * poolSize.ceiling);
  const leaving = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, leaving.signal]) : leaving.signal;
  const outbox = new Outbox<MapResult<Item, Value>>(options.order ?? 'input', lookAhead);
  const driving = drive(
    task,
    items,
    { ...options, poolSize, signal },
    {
      mayStart: outbox.hasRoom,
      onWakeable: outbox.onRoom,
      onResult: outbox.put,
    },
  ).then(outbox.end, outbox.fail);
  try {
    yield* outbox.read();
  } finally {
    leaving.abort(new DOMException('The reader left the loop.', 'AbortError'));
    await driving;
  }
}

const optionNames: Readonly<Record<keyof MapStreamOptions<unknown, unknown>, true>> = {
  poolSize: true,
  signal: true,
  onResult: true,
  onLimit: true,
  graceMs: true,
  maxHeapMiB: true,
  printsTo: true,
  order: true,
  lookAhead: true,
};

/** Checks arguments that TypeScript guarantees but JavaScript callers may get wrong. @throws UsageError */
function assertCallable(task: unknown, items: unknown, options: object): void {
  if (typeof task !== 'function' && typeof task !== 'string' && !(task instanceof URL)) {
    throw new UsageError(
      `Expected the task to be a function, or a module's path or URL, got ${String(task)}.`,
    );
  }
  const iterable = Object(items) as Partial<Iterable<unknown> & AsyncIterable<unknown>>;
  if (!iterable[Symbol.iterator] && !iterable[Symbol.asyncIterator]) {
    throw new UsageError(`Expected the items to be iterable, got ${String(items)}.`);
  }
  assertKnown(options, optionNames);
}

interface Consumer<Item, Value> {
  readonly onResult: (result: MapResult<Item, Value>) => void;
  readonly mayStart?: (running: number) => boolean;
  readonly onWakeable?: (wake: () => void) => void;
}

async function drive<Item, Value>(
  task: MapTask<Item, Value>,
  items: Items<Item>,
  options: MapOptions<Item, Value>,
  consumer: Consumer<Item, Value>,
): Promise<void> {
  assertCallable(task, items, options);
  if (typeof task !== 'function') assertWorkingFolder();
  const { signal, onResult, onLimit } = options;
  signal?.throwIfAborted();
  const poolSize = wantedPoolSize(typeof task === 'function' ? 'function' : 'module', options.poolSize);
  const executor =
    typeof task === 'function'
      ? inThisThread(task)
      : await inWorkers<Item, Value>(moduleUrl(task), poolSize, {
          ...(options.maxHeapMiB && { maxHeapMiB: options.maxHeapMiB }),
          ...(options.printsTo && { printsTo: options.printsTo }),
        });
  const disarm = cancelWithGrace(signal, executor, options.graceMs ?? 2_000);
  const feed = numbered(feedOf(items));
  let ended = 0;
  const gauge = new RunGauge({
    poolSize,
    onLimit,
    // A slow reader of the results is nothing that is measured.
    waitsFor: (running) => (consumer.mayStart?.(running) === false ? undefined : feed.waitsFor?.()),
    soFar: () => ({ items: ended, bytesIn: 0, stages: {} }),
  });
  try {
    await runInFlight<Job<Item>, Outcome<Value>>({
      feed,
      poolSize,
      execute: (job) => {
        gauge.started();
        return executor.execute(job);
      },
      onSettled: ({ index, item }, outcome) => {
        gauge.ended();
        ended += 1;
        const result = { index, item, ...outcome };
        onResult?.(result);
        consumer.onResult(result);
      },
      ...(consumer.mayStart && { mayStart: consumer.mayStart }),
      ...(consumer.onWakeable && { onWakeable: consumer.onWakeable }),
      signal,
    });
  } finally {
    disarm();
    const limit = gauge.stop();
    if (limit) onLimit?.(limit);
    const closed = executor.close();
    // A thread in the middle of native work ends only after it; an aborted run does not wait for that.
    if (!signal?.aborted) await closed;
  }
  signal?.throwIfAborted();
}

/** Resolves a path from the working directory; a `file:` URL is unchanged. */
function moduleUrl(task: URL | string): string {
  if (task instanceof URL) return task.href;
  return URL.canParse(task) && task.startsWith('file:') ? task : pathToFileURL(task).href;
}
