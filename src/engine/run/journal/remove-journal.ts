import { unlinkSync } from 'node:fs';
import { UsageError } from '../../../shared/failure.ts';
import { journalFolder, journalPath } from './journal-folder.ts';
import { runOverview } from './run-overview.ts';

/**
 * Removes what is remembered of a run, and nothing that it made. A run that was to do again what this one left undone can
 * not be continued without it.
 * @throws UsageError when the run is still on.
 */
export function removeJournal(id: string, folder = journalFolder()): void {
  if (runOverview(id, folder)?.state === 'running') throw new UsageError(`${id} is still on.`);
  try {
    unlinkSync(journalPath(id, folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
