import { basename, dirname, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ItemError, UsageError } from '../../shared/failure.ts';
import type { MapRequest } from '../../shared/requests.ts';
import type { ItemResult, Summary } from '../../shared/result.ts';
import { assertWorkingFolder } from '../files/working-folder.ts';
import { cancelWithGrace } from '../pool/cancel-with-grace.ts';
import { feedOf, numbered } from '../pool/feed.ts';
import { LivePoolSize } from '../pool/live-pool-size.ts';
import { wantedPoolSize } from '../pool/wanted-pool-size.ts';
import { Workers } from '../pool/workers.ts';
import { driveRun } from '../run/drive-run.ts';
import type { RunContext } from '../run/run-options.ts';
import { endingOf, RunResults, resultOf } from '../run/run-results.ts';
import { ToldFailures } from '../run/told-failures.ts';
import { inWorkers, type Job, type PromisingExecutor } from './executor.ts';
import { Halt } from './halt.ts';
import { InOrder } from './in-order.ts';
import { itemsOfInputs, type MapItem, type Reading } from './items-of-inputs.ts';
import { addressOfTask, fileOfTask } from './task-address.ts';
import { ToldValues } from './told-values.ts';

/** How long items in flight may take to end after an abort, in milliseconds. */
const graceMs = 2_000;
/** The most results that wait for that of an earlier item, with those in flight. */
const mostAhead = 4_096;
/** So many items of a dry run are told at once; in between, others can work. */
const toldAtOnce = 1_000;

/**
 * Applies a module's function to the items of a request, in worker threads of its own; results are in the items' order.
 * @returns the totals; each item is reported to `options.onResult`.
 * @throws UsageError when the run could not start: the module cannot be loaded, or there are no items to read.
 */
export async function runMap(request: MapRequest, options: RunContext = {}): Promise<Summary> {
  assertWorkingFolder();
  const { workers = new Workers(), dryRun = false } = options;
  const { signal = new AbortController().signal } = options;
  const poolSize = wantedPoolSize('module', options.poolSize);
  const results = new RunResults(options);
  const executor = await executorOf(request, dryRun ? new LivePoolSize(1) : poolSize, workers, signal);
  if (executor === undefined) return results.summary(poolSize);
  const halt = new Halt(request.recipe.stopOnError);
  const ending = AbortSignal.any([signal, halt.signal]);
  const disarm = cancelWithGrace(ending, executor, graceMs);
  const over = new AbortController();
  try {
    const told = { ...options, signal: ending };
    if (dryRun) await tellPlanned(request, results, told);
    else {
      // Read twice: what is counted is not held, however many they are.
      const counting = count(request, { ...told, signal: AbortSignal.any([ending, over.signal]) });
      await work(wanted(request, told), { executor, poolSize, halt }, results, told).catch((error) => {
        throw usageOf(error, request.module);
      });
      await counting;
    }
    return { ...results.summary(poolSize), ...halt.told() };
  } finally {
    // Where it ended early nobody is told a total any more.
    over.abort();
    disarm();
    const closed = executor.close();
    // A thread in the middle of native work ends only after it; an aborted run does not wait for that.
    if (!ending.aborted) await closed;
  }
}

type Told = RunContext & { readonly signal: AbortSignal };

async function* wanted(
  request: MapRequest,
  { only, shard, ...reading }: Reading & Pick<RunContext, 'only' | 'shard'>,
): AsyncGenerator<MapItem, void> {
  for await (const item of itemsOfInputs(request, reading)) {
    if ((only?.has(item.text) ?? true) && (shard?.includes(item.text) ?? true)) yield item;
  }
}

/** A total that cannot be read is none: the run itself tells why, and warns. */
async function count(request: MapRequest, { only, shard, signal, onTotal }: Told): Promise<void> {
  let total = 0;
  if (!onTotal) return;
  try {
    for await (const _ of wanted(request, { signal, ...(only && { only }), ...(shard && { shard }) })) {
      total += 1;
      if (total % toldAtOnce !== 0) continue;
      await nextTurn();
      if (signal.aborted) return;
      onTotal(total, false);
    }
  } catch {
    return;
  }
  if (!signal.aborted) onTotal(total, true);
}

interface Working {
  readonly executor: PromisingExecutor<string, unknown>;
  readonly poolSize: LivePoolSize;
  readonly halt: Halt;
}

async function work(
  items: AsyncIterable<MapItem>,
  { executor, poolSize, halt }: Working,
  results: RunResults,
  options: RunContext,
): Promise<void> {
  const { onStart, onPlace } = options;
  const inOrder = new InOrder<ItemResult>();
  const values = new ToldValues();
  const failures = new ToldFailures();
  const feed = numbered(feedOf(items));
  let isFarAhead = false;
  const ended = (result: ItemResult) => {
    halt.look(result);
    return { kind: 'ended', results: inOrder.add(result) } as const;
  };
  await driveRun<Job<MapItem>>(
    {
      // What waits for the slowest item does not wait for the reader.
      feed: { ...feed, waitsFor: () => (isFarAhead ? undefined : feed.waitsFor?.()) },
      poolSize,
      // Where there is one place for good, it is to be known what is in it: a worker of a queue may die of that.
      ahead: () => (poolSize.ceiling === 1 ? 0 : (executor.ahead?.() ?? 0)),
      onWakeable: (wake, together) => executor.onRoom?.(wake, together),
      mayStart: (running) => {
        isFarAhead = inOrder.held + running >= mostAhead;
        return !isFarAhead;
      },
      takeTurn: async ({ item: { text: input, failure }, index }, slot) => {
        const about = { index, input };
        if (failure) return ended(resultOf(about, 0, { status: 'failed', error: failure }));
        onStart?.(about);
        // What only waits at a worker has no place in the pool.
        if (slot < poolSize.size) onPlace?.(slot, about);
        const outcome = await executor.execute({ item: input, index });
        if (outcome.status === 'cancelled' && outcome.notBegun) return { kind: 'ended', results: [] };
        const ending =
          outcome.status === 'failed'
            ? ({ status: 'failed', error: failures.tell(outcome.error) } as const)
            : endingOf(outcome, (value) => ({ value: values.tell(value) }));
        return ended(resultOf(about, outcome.ms, ending));
      },
    },
    results,
    options,
  );
  // Those in between had not begun when the run was ended.
  for (const result of inOrder.rest()) results.emit(result);
}

async function tellPlanned(request: MapRequest, results: RunResults, options: Told): Promise<void> {
  let index = 0;
  for await (const { text: input, failure } of wanted(request, options)) {
    if (index % toldAtOnce === 0) await nextTurn();
    if (options.signal.aborted) return;
    const about = { index, input };
    results.emit(
      resultOf(
        about,
        0,
        failure ? { status: 'failed', error: failure } : { status: 'skipped', reason: 'dry-run' },
      ),
    );
    index += 1;
  }
  options.onTotal?.(index, true);
}

/** @returns undefined if the run was cancelled before the module was loaded. */
async function executorOf(
  { module, recipe: { stopOnError: _, ...recipe } }: MapRequest,
  poolSize: LivePoolSize,
  workers: Workers,
  signal: AbortSignal,
): Promise<PromisingExecutor<string, unknown> | undefined> {
  try {
    const settings = { ...workers.host, ...recipe, printsTo: 'stderr', signal } as const;
    return await inWorkers<string, unknown>(addressOfTask(module), poolSize, settings);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw usageOf(error, module);
  }
}

/** What no item can be done without is no failure of items: the module, and its `init`. */
function usageOf(error: unknown, module: string): unknown {
  if (!(error instanceof ItemError)) return error;
  return new UsageError(withoutFolder(error.message, module), { cause: error });
}

/** Whoever is told of the module knows where it is, or is not to know. */
function withoutFolder(message: string, task: string): string {
  const module = fileOfTask(task);
  const folder = dirname(module);
  return message
    .replaceAll(pathToFileURL(module).href, basename(module))
    .replaceAll(`${pathToFileURL(folder).href}/`, '')
    .replaceAll(`${folder}${sep}`, '');
}
