import { statSync, unlinkSync } from 'node:fs';
import { journalPath, runIds } from './journal-folder.ts';
import { runHead, runOverview } from './run-overview.ts';

/** So many journals are kept … */
const mostRuns = 200;
/** … of this size together, in bytes. The newest is kept whatever its size. */
const mostBytes = 1024 ** 3;

interface Limits {
  readonly runs?: number;
  readonly bytes?: number;
  readonly retried?: string | undefined;
}

/**
 * Removes the oldest journals, but none that is being written, or that tells what is still to be done.
 * @param retried the run whose items the new one does again.
 */
export function pruneJournals(
  folder: string,
  { retried, runs: most = mostRuns, bytes: mostOfAll = mostBytes }: Limits = {},
): void {
  let needed: ReadonlySet<string> | undefined;
  let runs = 0;
  let bytes = 0;
  for (const id of runIds(folder)) {
    const path = journalPath(id, folder);
    try {
      runs += 1;
      bytes += statSync(path).size;
      if (runs === 1 || (runs <= most && bytes <= mostOfAll)) continue;
      needed ??= chainOf(retried, folder);
      if (needed.has(id)) continue;
      if (runOverview(id, folder)?.state !== 'running') unlinkSync(path);
    } catch {
      // Another run has removed it, or it cannot be removed: the next run tries again.
    }
  }
}

/** A run, the one that it did again, and so on: each says what the next was limited to. */
function chainOf(first: string | undefined, folder: string): Set<string> {
  const chain = new Set<string>();
  for (let id = first; id !== undefined && !chain.has(id); id = runHead(id, folder)?.retryOf?.id) {
    chain.add(id);
  }
  return chain;
}
