import { journalFolder, journalPath } from './journal-folder.ts';
import type { JournalHead } from './journal-line.ts';
import { journalLines } from './read-journal.ts';
import type { RunOverview } from './run-overview.ts';

/** The request of a run of the user's own function, as its journal has it. */
export interface MapHead {
  readonly kind: 'map';
  readonly module: string;
  /** The items of the command line; null if they came by standard input. */
  readonly items: readonly string[] | null;
  /** The part of what was given that the items are. */
  readonly shard?: string | undefined;
}

/** Whether a run applied the user's own function. Of a request that was too large to keep nobody knows. */
export function isOfFunction({ request }: Pick<JournalHead, 'request'>): boolean {
  return (request as { readonly kind?: unknown } | null)?.kind === 'map';
}

/** An item of a former run, or null for one that is not kept whole. */
type ItemAgain = string | null;

/**
 * The items of a run of the user's own function that are still to be done, in their order. Results are in the order of
 * the items, so that a result's place is its item's.
 */
export function* mapItemsAgain(
  run: RunOverview,
  { items }: MapHead,
  only?: readonly string[],
  folder = journalFolder(),
): Generator<ItemAgain, void> {
  let place = 0;
  for (const line of journalLines(journalPath(run.head.id, folder))) {
    if (line.type !== 'result') continue;
    const { status, error, input, cut } = line;
    const isWanted = only
      ? error !== undefined && only.includes(error.code)
      : status === 'failed' || status === 'cancelled';
    const item = items ? items[place] : cut ? null : input;
    place += 1;
    if (isWanted && item !== undefined) yield item;
  }
  // Those that had not begun when the run ended.
  if (!only && run.state !== 'ended' && items) yield* items.slice(place);
}

/** The warning of whoever takes items from a journal. */
export function notKeptWhole(count: number): string {
  return `${count} long items are not kept whole in the journal and were left out.`;
}
