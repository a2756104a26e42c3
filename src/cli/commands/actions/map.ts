import {
  ItemError,
  type JournalOptions,
  type Limit,
  type MapResult,
  mapStream,
  shardOf,
  UsageError,
  wantedPoolSize,
} from '../../../engine/index.ts';
import { inputItems, notText } from '../../../engine/run/front-ends/index.ts';
import type { PoolFlag } from '../../flags/pool-flag.ts';
import { mapReporter } from '../../output/map-reporter.ts';
import { runTitle } from '../../output/wording.ts';
import { exitCodeOf } from '../../process/exit-codes.ts';
import { endSoon, interruptSignal } from '../../process/interrupt.ts';
import { MapJournal } from './map-journal.ts';

export interface MapFlags {
  readonly pool?: PoolFlag;
  readonly json?: boolean;
  readonly null?: boolean;
  readonly shard?: string;
  readonly journal?: boolean;
}

/**
 * `shoal map`.
 * @returns the exit code.
 */
export async function runMap(module: string, items: readonly string[], flags: MapFlags): Promise<number> {
  const fromInput = areFromInput(items, flags);
  const signal = interruptSignal();
  const { shard } = flags;
  const { includes } = shard === undefined ? { includes: () => true } : shardOf(shard);
  const title = runTitle(`map ${module}`, fromInput ? ['-'] : items);
  const kept = fromInput ? null : items.filter(includes);
  const given = kept ?? ofShard(inputItems(process.stdin, { signal, null: flags.null ?? false }), includes);
  return runItems(flags, signal, { module, items: given, kept, title, shard });
}

async function* ofShard<Item extends { readonly text: string }>(
  items: AsyncIterable<Item>,
  includes: (text: string) => boolean,
): AsyncGenerator<Item, void> {
  for await (const item of items) if (includes(item.text)) yield item;
}

/** Whether the items come by standard input. @throws UsageError for what contradicts itself. */
export function areFromInput(items: readonly string[], flags: Pick<MapFlags, 'null'>): boolean {
  if (items.length > 1 && items.includes('-')) {
    throw new UsageError('Expected items, or - alone for those on standard input, got both.');
  }
  const fromInput = items.length === 1 && items[0] === '-';
  if (flags.null && !fromInput) {
    throw new UsageError('Expected - for the items on standard input, which --null is about.');
  }
  return fromInput;
}

export interface MapRun extends Pick<JournalOptions, 'title' | 'retryOf'> {
  readonly module: string;
  readonly items: Items;
  /** The items as far as the journal keeps them. */
  readonly kept: readonly string[] | null;
  /** The shard that the items are. */
  readonly shard?: string | undefined;
}

/** Runs a module on items. @returns the exit code. */
export async function runItems(
  flags: MapFlags,
  signal: AbortSignal,
  { module, items, kept, title, shard, retryOf }: MapRun,
): Promise<number> {
  const reporter = mapReporter(flags);
  const source = new ItemSource(items);
  const poolSize = wantedPoolSize('module', flags.pool);
  const said = { front: 'terminal', title, ...(retryOf && { retryOf }) } as const;
  const journal =
    flags.journal === false
      ? undefined
      : new MapJournal({ kind: 'map', module, items: kept, shard }, said, signal, poolSize);
  const tell = (result: MapResult<string, unknown>): void => {
    journal?.result(result);
    reporter.result(result);
  };
  let limit: Limit | undefined;
  try {
    // Standard output is for results: what the function and its dependencies print would be taken for some of them.
    const options = {
      poolSize,
      signal,
      printsTo: 'stderr',
      onLimit: (found: Limit) => (limit = found),
    } as const;
    for await (const result of mapStream<string>(module, source, options)) {
      for (const refused of source.refusedBefore(result.index)) tell(refused);
      tell(result);
    }
    for (const refused of source.refusedBefore(Number.POSITIVE_INFINITY)) tell(refused);
  } catch (error) {
    if (!signal.aborted) {
      journal?.fail(error);
      throw asUsage(error);
    }
  }
  const pool = poolSize.summary();
  const summary = reporter.summary(signal.aborted, pool, limit);
  journal?.end({ pool, ...(limit && { limit }) });
  if (signal.aborted) endSoon(signal);
  return exitCodeOf(summary, signal);
}

/** A module that cannot be loaded is wrong usage: nothing was started. */
function asUsage(error: unknown): unknown {
  if (!(error instanceof ItemError)) return error;
  return new UsageError(error.message, { cause: error });
}

type Items = Iterable<string> | AsyncIterable<{ readonly text: string; readonly isUtf8: boolean }>;

/** The items for the function. Those that no text can stand for are kept apart, for their places among the results. */
class ItemSource {
  readonly #items: Items;
  #given = 0;
  readonly #refused: MapResult<string, never>[] = [];

  constructor(items: Items) {
    this.#items = items;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void> {
    for await (const item of this.#items) {
      if (typeof item !== 'string' && !item.isUtf8) {
        this.#refused.push(refusal(item.text, this.#given));
        continue;
      }
      this.#given += 1;
      yield typeof item === 'string' ? item : item.text;
    }
  }

  /** Takes the failures of the items that stood before the one that the function got as its `index`th. */
  refusedBefore(index: number): MapResult<string, never>[] {
    const after = this.#refused.findIndex((refused) => refused.index > index);
    return this.#refused.splice(0, after === -1 ? this.#refused.length : after);
  }
}

function refusal(item: string, index: number): MapResult<string, never> {
  return { index, item, status: 'failed', error: notText(item), ms: 0 };
}
