import { statSync, unlinkSync } from 'node:fs';
import { journalPath, runIds } from './journal-folder.ts';
import { runOverview } from './run-overview.ts';

/** So many journals are kept … */
const mostRuns = 200;
/** … of this size together, in bytes. The newest is kept whatever its size. */
const mostBytes = 1024 ** 3;

/** Removes the oldest journals, but none that is being written. */
export function pruneJournals(folder: string, limits = { runs: mostRuns, bytes: mostBytes }): void {
  let runs = 0;
  let bytes = 0;
  for (const id of runIds(folder)) {
    const path = journalPath(id, folder);
    try {
      runs += 1;
      bytes += statSync(path).size;
      if (runs === 1 || (runs <= limits.runs && bytes <= limits.bytes)) continue;
      if (runOverview(id, folder)?.state !== 'running') unlinkSync(path);
    } catch {
      // Another run has removed it, or it cannot be removed: the next run tries again.
    }
  }
}
