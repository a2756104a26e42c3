import type { Failure } from '../../shared/failure.ts';
import type { ItemResult, Produced, SkipReason, Summary } from '../../shared/result.ts';
import { imageStages, type StageTimes } from '../../shared/stages.ts';
import { batched, feedOfChunks, numbered } from '../pool/feed.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import { driveRun } from './drive-run.ts';
import { ItemBatchSize } from './item-batch-size.ts';
import type { RunOptions } from './run-options.ts';
import { endingOf, RunResults, resultOf } from './run-results.ts';
import type { Turn } from './turn.ts';

/** One item of a plan: work for the pool, or a result that needs none. */
export type PlannedItem<Work> =
  | {
      readonly kind: 'work';
      readonly input: string;
      readonly output: string;
      readonly work: Work;
      readonly replaces?: ItemResult['replaces'];
    }
  | {
      readonly kind: 'skipped';
      readonly input: string;
      readonly output?: string;
      /** The places of all, if there is more to tell than the first. */
      readonly outputs?: readonly string[];
      readonly reason: SkipReason;
    }
  | { readonly kind: 'failed'; readonly input: string; readonly error: Failure };

export interface RunItems<Work, Made extends { readonly stages: StageTimes }> {
  /** The plan, in chunks of any size. */
  readonly planned: AsyncIterable<readonly PlannedItem<Work>[]>;
  readonly poolSize: LivePoolSize;
  /** Does a batch, one item after the other; the outcomes are in the same order. */
  readonly execute: (batch: readonly Work[]) => Promise<readonly Outcome<Made>[]>;
  /** Records what was made. Returns what is reported of it, without what only the ledger needs. With a reason it was skipped after all. */
  readonly recordOutput: (made: Made, work: Work) => Produced & Pick<ItemResult, 'reason'>;
}

interface Numbered<Item> {
  readonly item: Item;
  readonly index: number;
}

type WorkItem<Work> = Extract<PlannedItem<Work>, { kind: 'work' }>;

/** Runs items that are planned one after the other and take one turn each; quick ones are sent to a worker together. */
export async function runItems<Work, Made extends { readonly stages: StageTimes }>(
  { planned, poolSize, execute, recordOutput }: RunItems<Work, Made>,
  options: RunOptions,
): Promise<Summary> {
  const { dryRun = false, onStart, onPlace } = options;
  const results = new RunResults(options);
  const batchSize = new ItemBatchSize();

  const takeTurn = async (batch: readonly Numbered<PlannedItem<Work>>[], slot: number): Promise<Turn> => {
    const works: Work[] = [];
    const items: Numbered<WorkItem<Work>>[] = [];
    for (const planned of batch) {
      const { item, index } = planned;
      if (!isWork(planned) || dryRun) {
        results.emit(knownResult(item, index));
        continue;
      }
      onStart?.({ index, input: item.input });
      works.push(planned.item.work);
      items.push(planned);
    }
    const last = items.at(-1);
    if (last === undefined) return { kind: 'ended', results: [] };
    onPlace?.(slot, { index: last.index, input: last.item.input });
    const outcomes = await execute(works);
    let ms = 0;
    const ended: ItemResult[] = [];
    for (const [at, outcome] of outcomes.entries()) {
      const { item, index } = items[at] as Numbered<WorkItem<Work>>;
      ms += outcome.ms;
      const ending = endingOf(outcome, (made) => ({
        ...recordOutput(made, item.work),
        ...results.time(imageStages, made.stages),
      }));
      const status = ending.reason === undefined ? ending.status : 'skipped';
      ended.push(resultOf({ index, input: item.input }, outcome.ms, { ...ending, status }));
    }
    batchSize.learn(works.length, ms);
    return { kind: 'ended', results: ended };
  };

  const feed = batched(numbered(feedOfChunks(planned)), () => batchSize.size);
  await driveRun({ feed, poolSize, takeTurn }, results, options);
  return results.summary(poolSize);
}

function isWork<Work>(planned: Numbered<PlannedItem<Work>>): planned is Numbered<WorkItem<Work>> {
  return planned.item.kind === 'work';
}

function knownResult<Work>(item: PlannedItem<Work>, index: number): ItemResult {
  const about = { index, input: item.input };
  switch (item.kind) {
    case 'failed':
      return resultOf(about, 0, { status: 'failed', error: item.error });
    case 'skipped': {
      const { output, reason } = item;
      return resultOf(about, 0, { status: 'skipped', ...(output !== undefined && { output }), reason });
    }
    case 'work':
      return resultOf(about, 0, {
        status: 'skipped',
        output: item.output,
        reason: 'dry-run',
        ...(item.replaces && { replaces: item.replaces }),
      });
  }
}
