import type { MapResult } from '../../shared/result.ts';
import { assertWorkingFolder } from '../files/working-folder.ts';
import { cancelWithGrace } from '../pool/cancel-with-grace.ts';
import { feedOf, type Items, numbered } from '../pool/feed.ts';
import { beginInFlight } from '../pool/in-flight.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import { wantedPoolSize } from '../pool/wanted-pool-size.ts';
import { RunGauge } from '../run/limits/run-gauge.ts';
import type { MapOutcome } from './common/outcome.ts';
import { type Executor, type ExecutorSettings, inWorkers, type Job } from './executor.ts';
import {
  checkMap,
  checkMapStream,
  type MapOptions,
  type MapProgress,
  type MapStreamOptions,
  type MapTask,
} from './map-options.ts';
import { Outbox } from './outbox.ts';
import { addressOfTask } from './task-address.ts';
import { ThisThread } from './this-thread.ts';
import { errorOf } from './values.ts';

/**
 * Applies a task to every item, in parallel, and resolves to the results in the items' order. An item whose task throws
 * becomes a `failed` result; the others go on.
 *
 * @example const results = await map('./resize.mjs', files, { poolSize: 4 });
 * @example const sizes = await map(sizeOf, files, { throwOnFailure: true });
 * @throws UsageError for an invalid task, items or option; the signal's reason when aborted; whatever the source of
 * items throws; ItemError `TASK_NOT_FOUND` if the module cannot be loaded or its `init` fails.
 */
export async function map<Item, Value = unknown>(
  task: MapTask<Item, Value>,
  items: Items<Item>,
  options: MapOptions<Item, Value> & { readonly throwOnFailure: true },
): Promise<Value[]>;
export async function map<Item, Value = unknown>(
  task: MapTask<Item, Value>,
  items: Items<Item>,
  options?: MapOptions<Item, Value> & { readonly throwOnFailure?: false | undefined },
): Promise<MapResult<Item, Value>[]>;
export async function map<Item, Value = unknown>(
  task: MapTask<Item, Value>,
  items: Items<Item>,
  options?: MapOptions<Item, Value>,
): Promise<MapResult<Item, Value>[] | Value[]>;
export async function map<Item, Value = unknown>(
  task: MapTask<Item, Value>,
  items: Items<Item>,
  options: MapOptions<Item, Value> = {},
): Promise<MapResult<Item, Value>[] | Value[]> {
  checkMap(task, items, options);
  const { throwOnFailure = false } = options;
  const found: (MapResult<Item, Value> | undefined)[] = [];
  let failed: (MapResult<Item, Value> & { status: 'failed' }) | undefined;
  const stopOnError = options.stopOnError ?? throwOnFailure;
  await drive(
    task,
    items,
    { ...options, stopOnError },
    {
      onResult: (result) => {
        // An array that is written to far beyond its end becomes a slow one.
        while (found.length < result.index) found.push(undefined);
        found[result.index] = result;
        if (result.status === 'failed') failed ??= result;
      },
    },
  );
  // Of a run that was stopped, items in between may not have begun.
  const results = (failed && stopOnError ? found.filter((result) => result) : found) as MapResult<
    Item,
    Value
  >[];
  if (!throwOnFailure) return results;
  if (failed) throw errorOf(failed);
  return results.map((result) => (result as { value: Value }).value);
}

/**
 * Like `map`, but an async iterable: the results are never all in memory, and a slow reader slows the pool down.
 * Leaving the loop early cancels the rest.
 *
 * @example for await (const result of mapStream(task, millions)) console.log(result.status);
 * @throws UsageError for an invalid task, items or option, at once; the reader gets what `map` rejects with.
 */
export function mapStream<Item, Value = unknown>(
  task: MapTask<Item, Value>,
  items: Items<Item>,
  options: MapStreamOptions<Item, Value> = {},
): AsyncGenerator<MapResult<Item, Value>, void, undefined> {
  checkMapStream(task, items, options);
  return stream(task, items, options);
}

async function* stream<Item, Value>(
  task: MapTask<Item, Value>,
  items: Items<Item>,
  { order, lookAhead, ...options }: MapStreamOptions<Item, Value>,
): AsyncGenerator<MapResult<Item, Value>, void, undefined> {
  const poolSize = wantedPoolSize(typeof task === 'function' ? 'function' : 'module', options.poolSize);
  const leaving = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, leaving.signal]) : leaving.signal;
  const outbox = new Outbox<MapResult<Item, Value>>(
    order ?? 'input',
    lookAhead ??
      Math.max(usualLookAheads[typeof task === 'function' ? 'function' : 'module'], 4 * poolSize.ceiling),
  );
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

/** For a module, enough for some chunks of tiny items at each worker. */
const usualLookAheads = { function: 256, module: 1_024 } as const;

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
  if (typeof task !== 'function') assertWorkingFolder();
  const { onResult, onLimit, stopOnError = false } = options;
  options.signal?.throwIfAborted();
  const poolSize = wantedPoolSize(typeof task === 'function' ? 'function' : 'module', options.poolSize);
  const feed = numbered(feedOf(items));
  const stopping = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal;
  let listener: { readonly error: unknown } | undefined;
  const onProgress =
    options.onProgress &&
    ((told: MapProgress<Item>): void => {
      try {
        options.onProgress?.(told);
      } catch (error) {
        // As one that is thrown by onResult, it ends the run.
        listener ??= { error };
        stopping.abort();
      }
    });
  const executor = await executorOf(task, { ...options, signal, onProgress, poolSize }).catch(
    async (error: unknown) => {
      await feed.close();
      signal.throwIfAborted();
      throw error;
    },
  );
  const disarm = cancelWithGrace(signal, executor, options.graceMs ?? 2_000);
  let ended = 0;
  let failuresLeft = stopOnError === false ? Number.POSITIVE_INFINITY : Number(stopOnError);
  const gauge = new RunGauge({
    poolSize,
    onLimit,
    // A slow reader of the results is nothing that is measured.
    waitsFor: (running) => (consumer.mayStart?.(running) === false ? undefined : feed.waitsFor?.()),
    soFar: () => ({ items: ended, bytesIn: 0, stages: {} }),
  });
  try {
    await beginInFlight<Job<Item>, MapOutcome<Value>>({
      feed,
      poolSize,
      begin: (ticket) => {
        gauge.started();
        executor.begin(ticket.job, ticket, ticket.place);
      },
      ahead: executor.ahead && (() => executor.ahead?.() ?? 0),
      onSettled: ({ index, item }, outcome) => {
        gauge.ended();
        if (outcome.status === 'cancelled' && outcome.notBegun) return;
        ended += 1;
        const result = resultOf(index, item, outcome);
        if (outcome.status === 'failed') {
          failuresLeft -= 1;
          if (failuresLeft === 0) stopping.abort();
        }
        onResult?.(result);
        consumer.onResult(result);
      },
      ...(consumer.mayStart && { mayStart: consumer.mayStart }),
      onWakeable: (wake, together) => {
        consumer.onWakeable?.(wake);
        executor.onRoom?.(wake, together);
      },
      signal,
    });
  } finally {
    disarm();
    const limit = gauge.stop();
    if (limit) onLimit?.(limit);
    const closed = executor.close();
    // A thread in the middle of native work ends only after it; an aborted run does not wait for that.
    if (!signal.aborted) await closed;
  }
  options.signal?.throwIfAborted();
  if (listener) throw listener.error;
}

/** In the order in which a person reads it; spelled out, since a spread is most of the time of a short item. */
function resultOf<Item, Value>(
  index: number,
  item: Item,
  outcome: MapOutcome<Value>,
): MapResult<Item, Value> {
  const { status, ms } = outcome;
  switch (status) {
    case 'done':
      return { index, item, status, value: outcome.value, ms };
    case 'failed':
      return 'thrown' in outcome
        ? { index, item, status, error: outcome.error, ms, thrown: outcome.thrown }
        : { index, item, status, error: outcome.error, ms };
    case 'cancelled':
      return { index, item, status, ms };
  }
}

async function executorOf<Item, Value>(
  task: MapTask<Item, Value>,
  options: MapOptions<Item, Value> & { readonly poolSize: LivePoolSize },
): Promise<Executor<Item, Value>> {
  const { data, chunkSize, retries, timeoutMs, itemsPerWorker, maxHeapMiB } = options;
  const { signal, printsTo, workerFile, transfer, onProgress } = options;
  const settings: ExecutorSettings<Item> = {
    signal,
    data,
    retries,
    timeoutMs,
    onProgress: onProgress && (({ index, item }, progress) => onProgress({ index, item, progress })),
  };
  if (typeof task === 'function') return new ThisThread(task, settings);
  return inWorkers<Item, Value>(addressOfTask(task), options.poolSize, {
    ...settings,
    chunkSize,
    itemsPerWorker,
    maxHeapMiB,
    ...(printsTo && { printsTo }),
    ...(workerFile !== undefined && { workerFile }),
    transfer,
  });
}
