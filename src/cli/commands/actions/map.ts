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
import { inputItems, type MapHead, notText } from '../../../engine/run/front-ends/index.ts';
import { type MapRecipe, mapRecipeSchema } from '../../../shared/recipe.ts';
import { mapRecipeSettings } from '../../../shared/settings/map-settings.ts';
import { checked } from '../../flags/checked.ts';
import type { PoolFlag } from '../../flags/pool-flag.ts';
import { valuesOf } from '../../flags/values-of.ts';
import { type MapReporterFlags, mapReporter } from '../../output/map/map-reporter.ts';
import { runTitle } from '../../output/wording.ts';
import { exitCodeOf } from '../../process/exit-codes.ts';
import { isReaderGone } from '../../process/guard-process.ts';
import { endSoon, interruptSignal } from '../../process/interrupt.ts';
import { MapJournal } from './map-journal.ts';

export interface MapFlags extends MapReporterFlags {
  readonly pool?: PoolFlag;
  readonly order?: Order;
  readonly null?: boolean;
  readonly shard?: string;
  readonly journal?: boolean;
}

type Order = 'input' | 'finished';

/** How the flags say that the function is applied. @throws UsageError for what is out of bounds. */
export function recipeOf(flags: object): MapRecipe {
  const given = Object.entries(valuesOf(mapRecipeSettings, flags)).filter(([, value]) => value !== undefined);
  return checked(mapRecipeSchema, Object.fromEntries(given));
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
  const { order = 'input' } = flags;
  return runItems(flags, signal, {
    module,
    recipe: recipeOf(flags),
    order,
    items: given,
    kept,
    title,
    shard,
  });
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
  readonly recipe: MapRecipe;
  readonly order: Order;
  readonly items: Items;
  /** The items as far as the journal keeps them. */
  readonly kept: readonly string[] | null;
  /** The shard that the items are. */
  readonly shard?: string | undefined;
}

/** Runs a module on items. @returns the exit code. */
export async function runItems(
  flags: Pick<MapFlags, 'pool' | 'json' | 'journal'>,
  signal: AbortSignal,
  { module, recipe, order, items, kept, title, shard, retryOf }: MapRun,
): Promise<number> {
  const source = new ItemSource(items);
  const poolSize = wantedPoolSize('module', flags.pool);
  const reporter = await mapReporter(flags, { poolSize, total: kept?.length });
  const { live } = reporter;
  const head: MapHead = {
    kind: 'map',
    module,
    recipe,
    ...(order === 'finished' && { order }),
    items: kept,
    shard,
  };
  const said = { front: 'terminal', title, ...(retryOf && { retryOf }) } as const;
  const journal = flags.journal === false ? undefined : new MapJournal(head, said, { signal, poolSize });
  let failed = 0;
  const tell = (result: MapResult<string, unknown>): void => {
    if (result.status === 'failed') failed += 1;
    journal?.result(result);
    reporter.result(result);
  };
  let limit: Limit | undefined;
  try {
    const options = {
      ...recipe,
      order,
      poolSize,
      signal,
      // Standard output is for results: what the function and its dependencies print would be taken for some of them.
      printsTo: 'stderr',
      onLimit: (found: Limit) => {
        limit = found;
        live?.limit(found);
      },
      ...(live && {
        onResult: ({ index, status }: MapResult<string, unknown>) => live.ended(index, status),
        onProgress: (at: { index: number; item: string; progress: unknown }) =>
          live.tell(at.index, at.item, at.progress),
      }),
    } as const;
    for await (const result of mapStream<string>(module, source, options)) {
      for (const refused of source.refusedBefore(result.index)) tell(refused);
      tell(result);
    }
    for (const refused of source.refusedBefore(Number.POSITIVE_INFINITY)) tell(refused);
  } catch (error) {
    if (!signal.aborted) {
      live?.end();
      journal?.fail(error);
      throw asUsage(error);
    }
  }
  const pool = poolSize.summary();
  const isHalted = !signal.aborted && failed >= (recipe.stopOnError ?? Number.POSITIVE_INFINITY);
  const halted = isHalted ? failed : undefined;
  const summary = reporter.summary({
    interrupted: signal.aborted,
    isUnread: isReaderGone(signal),
    halted,
    planned: kept?.length,
    pool,
    limit,
  });
  journal?.end({ pool, ...(limit && { limit }), ...(halted !== undefined && { halted }) });
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
