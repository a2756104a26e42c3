import { ItemError, type MapResult, mapStream, UsageError, wantedPoolSize } from '../../../engine/index.ts';
import type { PoolFlag } from '../../flags/pool-flag.ts';
import { mapReporter } from '../../output/map-reporter.ts';
import { exitCodeOf } from '../../process/exit-codes.ts';
import { endSoon, interruptSignal } from '../../process/interrupt.ts';
import { inputItems } from './input-items.ts';

export interface MapFlags {
  readonly pool?: PoolFlag;
  readonly json?: boolean;
  readonly null?: boolean;
}

/**
 * `shoal map`.
 * @returns the exit code.
 */
export async function runMap(module: string, items: readonly string[], flags: MapFlags): Promise<number> {
  if (items.length > 1 && items.includes('-')) {
    throw new UsageError('Expected items, or - alone for those on standard input, got both.');
  }
  const fromInput = items.length === 1 && items[0] === '-';
  if (flags.null && !fromInput) {
    throw new UsageError('Expected - for the items on standard input, which --null is about.');
  }
  const signal = interruptSignal();
  const reporter = mapReporter(flags);
  const source = new ItemSource(
    fromInput ? inputItems(process.stdin, { signal, null: flags.null ?? false }) : items,
  );
  const poolSize = wantedPoolSize('module', flags.pool);
  try {
    // Standard output is for results: what the function and its dependencies print would be taken for some of them.
    for await (const result of mapStream<string>(module, source, { poolSize, signal, printsTo: 'stderr' })) {
      for (const refused of source.refusedBefore(result.index)) reporter.result(refused);
      reporter.result(result);
    }
    for (const refused of source.refusedBefore(Number.POSITIVE_INFINITY)) reporter.result(refused);
  } catch (error) {
    if (!signal.aborted) throw asUsage(error);
  }
  const summary = reporter.summary(signal.aborted, poolSize.summary());
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
  const message = `${item} is not UTF-8, which the items of a function are.`;
  return { index, item, status: 'failed', error: { code: 'NAME_NOT_UTF8', message }, ms: 0 };
}
