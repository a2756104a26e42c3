import { journalFolder, journalPath } from './journal-folder.ts';
import type { JournalHead, ResultLine } from './journal-line.ts';
import { journalLines } from './read-journal.ts';
import type { RunOverview } from './run-overview.ts';

/** The request of a run of the user's own function, as its journal has it. */
export interface MapHead {
  readonly kind: 'map';
  readonly module: string;
  /** The items of the command line; null if they came by standard input. */
  readonly items: readonly string[] | null;
  /** How it was applied. Absent in journals of former versions. */
  readonly recipe?: object | undefined;
  /** Absent where the results are in the order of the items. */
  readonly order?: 'finished' | undefined;
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
 * The items of a run of the user's own function that are still to be done, in their order. Where a result does not tell
 * the place of its item, that is its own among the results.
 */
export function* mapItemsAgain(
  run: RunOverview,
  { items }: MapHead,
  only?: readonly string[],
  folder = journalFolder(),
): Generator<ItemAgain, void> {
  const isWanted = ({ status, error }: ResultLine): boolean =>
    only ? error !== undefined && only.includes(error.code) : status === 'failed' || status === 'cancelled';
  const lines = resultsIn(journalPath(run.head.id, folder));
  if (!items) {
    for (const line of lines) if (isWanted(line)) yield line.cut ? null : line.input;
    return;
  }
  // Those that had not begun when the run ended are to be done as well.
  const isCutShort = !only && run.state !== 'ended';
  const wanted = new Map<number, boolean>();
  for (const line of lines) wanted.set(line.place ?? wanted.size, isWanted(line));
  for (const [place, item] of items.entries()) if (wanted.get(place) ?? isCutShort) yield item;
}

function* resultsIn(path: string): Generator<ResultLine, void> {
  for (const line of journalLines(path)) if (line.type === 'result') yield line;
}

/** The warning of whoever takes items from a journal. */
export function notKeptWhole(count: number): string {
  return `${count} long items are not kept whole in the journal and were left out.`;
}
