import { UsageError } from '../../../shared/failure.ts';
import { queryIsHidden } from '../../../shared/without-secrets.ts';
import { SeenSet } from '../../files/seen-set.ts';
import { itemKey } from '../item-key.ts';
import type { ChosenItems } from '../run-options.ts';
import { journalFolder, journalPath } from './journal-folder.ts';
import { journalLines } from './read-journal.ts';
import { type RunOverview, runOverview } from './run-overview.ts';

/**
 * The items of a run that are still to be done: those that failed or were cancelled, and of a run that ended before its
 * time those without a result, as far as the journal tells what it was limited to.
 * @param only limits them to those that failed by one of these codes.
 * @throws UsageError when the run was itself limited to items of another, whose journal is gone.
 */
export function unfinishedItems(
  run: RunOverview,
  only?: readonly string[],
  folder = journalFolder(),
): ChosenItems {
  const { id, retryOf, limited = false } = run.head;
  const path = journalPath(id, folder);
  if (only || run.state === 'ended' || limited) {
    const codes = only && new Set<string>(only);
    const wanted = new SeenSet();
    for (const line of journalLines(path)) {
      if (line.type !== 'result') continue;
      const isWanted = codes
        ? line.error !== undefined && codes.has(line.error.code)
        : line.status === 'failed' || line.status === 'cancelled';
      if (isWanted) wanted.add(itemKey(line.input, line.listed));
    }
    return { size: wanted.size, has: (input, listed) => wanted.has(itemKey(input, listed)) };
  }
  const over = new SeenSet();
  for (const line of journalLines(path)) {
    if (line.type !== 'result' || (line.status !== 'done' && line.status !== 'skipped')) continue;
    // Many URLs may have this name, and not all of them are over: the ledger knows which.
    if (!queryIsHidden(line.input)) over.add(itemKey(line.input, line.listed));
  }
  const asked = retryOf && unfinishedItems(given(retryOf.id, folder), retryOf.only, folder);
  return {
    // Without a total nobody can tell how many there are.
    size: run.total === undefined ? Number.POSITIVE_INFINITY : Math.max(0, run.total - over.size),
    has: (input, listed) => !over.has(itemKey(input, listed)) && (asked?.has(input, listed) ?? true),
    leavesOut: (input, listed) =>
      over.has(itemKey(input, listed)) || (asked?.leavesOut?.(input, listed) ?? false),
  };
}

function given(id: string, folder: string): RunOverview {
  const run = runOverview(id, folder);
  if (!run) throw new UsageError(`The journal of ${id} is gone, and with it which items were to be done.`);
  return run;
}
