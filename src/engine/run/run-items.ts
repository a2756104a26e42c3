import type { Failure } from '../../shared/failure.ts';
import type { ItemResult, Produced, SkipReason, Summary } from '../../shared/result.ts';
import { batched, feedOfChunks, numbered } from '../pool/feed.ts';
import { runInFlight } from '../pool/in-flight.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import { ItemBatchSize } from './item-batch-size.ts';
import type { RunOptions } from './run-options.ts';
import { Tally } from './tally.ts';

/** One item of a plan: work for the pool, or what is known of it without any. */
export type PlannedItem<Work> =
  | { readonly kind: 'work'; readonly input: string; readonly output: string; readonly work: Work }
  | { readonly kind: 'skipped'; readonly input: string; readonly output: string; readonly reason: SkipReason }
  | { readonly kind: 'failed'; readonly input: string; readonly error: Failure };

export interface RunItems<Work, Made extends Produced> {
  /** The plan, in chunks of whatever size suits it. */
  readonly planned: AsyncIterable<readonly PlannedItem<Work>[]>;
  readonly poolSize: LivePoolSize;
  /** Does a batch, one item after the other; answers in the same order. */
  readonly execute: (batch: readonly Work[]) => Promise<readonly Outcome<Made>[]>;
  /** Records what was made. Returns what is told of it, without what only the ledger needs. */
  readonly recordOutput: (made: Made, work: Work) => Produced;
}

interface Numbered<Work> {
  readonly item: PlannedItem<Work>;
  readonly index: number;
}

/** Takes planned items through the in-flight window to results and their summary. */
export async function runItems<Work, Made extends Produced>(
  { planned, poolSize, execute, recordOutput }: RunItems<Work, Made>,
  options: RunOptions,
): Promise<Summary> {
  const { dryRun = false, signal, onStart, onPlace, onResult } = options;
  const tally = new Tally();
  const batchSize = new ItemBatchSize();

  const settle = (result: ItemResult): void => {
    tally.add(result);
    onResult?.(result);
  };

  const executeBatch = async (batch: readonly Numbered<Work>[], place: number): Promise<void> => {
    const works: Work[] = [];
    const indexes: Numbered<Work>[] = [];
    for (const numberedItem of batch) {
      const { item, index } = numberedItem;
      if (item.kind !== 'work' || dryRun) {
        settle(knownResult(item, index));
        continue;
      }
      onStart?.({ index, input: item.input });
      works.push(item.work);
      indexes.push(numberedItem);
    }
    const last = indexes.at(-1);
    if (last === undefined) return;
    onPlace?.(place, { index: last.index, input: last.item.input });
    const outcomes = await execute(works);
    let ms = 0;
    for (const [place, outcome] of outcomes.entries()) {
      const { item, index } = indexes[place] as Numbered<Work>;
      const work = works[place] as Work;
      ms += outcome.ms;
      settle(resultOf({ index, input: item.input }, outcome, (made) => recordOutput(made, work)));
    }
    batchSize.learn(works.length, ms);
  };

  await runInFlight<readonly Numbered<Work>[], void>({
    feed: batched(numbered(feedOfChunks(planned)), () => batchSize.size),
    poolSize,
    signal,
    execute: executeBatch,
    onSettled: (_batch, _outcome, place) => onPlace?.(place, undefined),
  });
  return tally.summary();
}

function knownResult<Work>(item: PlannedItem<Work>, index: number): ItemResult {
  const { input } = item;
  switch (item.kind) {
    case 'failed':
      return { index, input, status: 'failed', ms: 0, error: item.error };
    case 'skipped':
      return { index, input, status: 'skipped', ms: 0, output: item.output, reason: item.reason };
    case 'work':
      return { index, input, status: 'skipped', ms: 0, output: item.output, reason: 'dry-run' };
  }
}

function resultOf<Made>(
  item: { index: number; input: string },
  outcome: Outcome<Made>,
  recordOutput: (made: Made) => Produced,
): ItemResult {
  const ms = Math.round(outcome.ms * 1000) / 1000;
  switch (outcome.status) {
    case 'done':
      return { ...item, status: 'done', ms, ...recordOutput(outcome.value) };
    case 'failed':
      return { ...item, status: 'failed', ms, error: outcome.error };
    case 'cancelled':
      return { ...item, status: 'cancelled', ms };
  }
}
