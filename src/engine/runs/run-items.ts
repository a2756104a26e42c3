import type { Failure } from '../../shared/failure.ts';
import type { ItemResult, Produced, SkipReason, Summary } from '../../shared/result.ts';
import { feedOf, type Items, numbered } from '../pool/feed.ts';
import { runInFlight } from '../pool/in-flight.ts';
import type { LivePoolSize } from '../pool/live-pool-size.ts';
import { Tally } from '../results/tally.ts';
import type { Outcome } from '../tasks/protocol.ts';
import type { RunOptions } from './run-options.ts';

/** One item of a plan: work for the pool, or what is known of it without any. */
export type PlannedItem<Work> =
  | { readonly kind: 'work'; readonly input: string; readonly output?: string; readonly work: Work }
  | { readonly kind: 'skipped'; readonly input: string; readonly output: string; readonly reason: SkipReason }
  | { readonly kind: 'failed'; readonly input: string; readonly error: Failure };

export interface RunItems<Work, Made extends Produced> {
  readonly planned: Items<PlannedItem<Work>>;
  readonly poolSize: LivePoolSize;
  readonly execute: (work: Work, index: number) => Promise<Outcome<Made>>;
  /** What is told of an item that was made; what only the ledger needs is left out here. */
  readonly tell: (made: Made, work: Work) => Produced;
}

/** Takes planned items through the in-flight window to results and their summary: what every run shares. */
export async function runItems<Work, Made extends Produced>(
  { planned, poolSize, execute, tell }: RunItems<Work, Made>,
  options: RunOptions,
): Promise<Summary> {
  const { dryRun = false, signal, onStart, onResult } = options;
  const tally = new Tally();
  await runInFlight<{ item: PlannedItem<Work>; index: number }, ItemResult>({
    feed: numbered(feedOf(planned)),
    poolSize,
    signal,
    execute: async ({ item, index }) => {
      const { input } = item;
      if (item.kind === 'failed') return { index, input, status: 'failed', ms: 0, error: item.error };
      const { output } = item;
      const known = { index, input, ms: 0, ...(output !== undefined && { output }) };
      if (item.kind === 'skipped') return { ...known, status: 'skipped', reason: item.reason };
      if (dryRun) return { ...known, status: 'skipped', reason: 'dry-run' };
      onStart?.({ index, input });
      const outcome = await execute(item.work, index);
      return resultOf({ index, input }, outcome, (made) => tell(made, item.work));
    },
    onSettled: (_item, result) => {
      tally.add(result);
      onResult?.(result);
    },
  });
  return tally.summary();
}

function resultOf<Made>(
  item: { index: number; input: string },
  outcome: Outcome<Made>,
  tell: (made: Made) => Produced,
): ItemResult {
  const ms = Math.round(outcome.ms * 1000) / 1000;
  switch (outcome.status) {
    case 'done':
      return { ...item, status: 'done', ms, ...tell(outcome.value) };
    case 'failed':
      return { ...item, status: 'failed', ms, error: outcome.error };
    case 'cancelled':
      return { ...item, status: 'cancelled', ms };
  }
}
