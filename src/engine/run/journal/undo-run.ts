import { appendFileSync, lstatSync, rmdirSync, type Stats, unlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { holdsDigest } from '../../files/same-bytes.ts';
import { journalFolder, journalPath } from './journal-folder.ts';
import type { JournalHead, ResultLine } from './journal-line.ts';
import { journalLines } from './read-journal.ts';
import type { RunOverview } from './run-overview.ts';

/** How far the times of a file and of the journal may be apart, in milliseconds: file systems round them. */
const slackMs = 2_000;

/**
 * What becomes of a file that a run made: it is `removed`; it was `gone`; it stays because somebody has `changed` it, or
 * it was there before; or it cannot be removed (`kept`).
 */
export type UndoneFile = {
  readonly path: string;
  readonly fate: 'removed' | 'gone' | 'changed' | 'kept';
  /** Whether the run put it in the place of another file, which cannot be had back. */
  readonly replaced: boolean;
};

interface MadeFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string | undefined;
  readonly replaced: boolean;
}

/**
 * Removes the files that a run made and that are as it made them, file by file. Inputs, and files that were changed
 * since, are left alone.
 * @param dryRun whether to tell what would become of each file, and remove none.
 */
export function* undoRun(
  run: RunOverview,
  { dryRun, folder = journalFolder() }: { readonly dryRun: boolean; readonly folder?: string },
): Generator<UndoneFile, void> {
  const { head, seconds } = run;
  const begun = Date.parse(head.startedAt);
  const path = journalPath(head.id, folder);
  const emptied = new Set<string>();
  let removed = 0;
  for (const line of journalLines(path)) {
    if (line.type !== 'result' || line.status === 'skipped') continue;
    for (const file of filesOf(line, head)) {
      const fate = fateOf(file, { from: begun - slackMs, to: begun + seconds * 1_000 + slackMs, dryRun });
      if (fate === 'removed' && !dryRun) {
        removed += 1;
        emptied.add(dirname(file.path));
      }
      yield { path: file.path, fate, replaced: file.replaced };
    }
  }
  if (dryRun) return;
  for (const each of emptied) removeIfMadeAndEmpty(each, begun);
  if (removed > 0) noteUndone(path, removed);
}

/** The files that an item's result tells of, without the item itself. */
function filesOf(line: ResultLine, { folder }: JournalHead): MadeFile[] {
  const { outputs, thumbnail, sha256, input } = line;
  const sources = [
    ...(outputs ?? [line]).map((made) => ({ ...made, sha256, replaced: line.replaced })),
    ...(thumbnail ? (thumbnail.outputs ?? [thumbnail]) : []).map((made) => ({
      ...made,
      sha256: undefined,
      replaced: thumbnail?.replaced,
    })),
  ];
  return sources.flatMap(({ output, bytesOut, sha256, replaced = false }) => {
    if (output === undefined || bytesOut === undefined) return [];
    const path = resolve(folder, output);
    return path === resolve(folder, input) ? [] : [{ path, bytes: bytesOut, sha256, replaced }];
  });
}

function fateOf(
  { path, bytes, sha256 }: MadeFile,
  { from, to, dryRun }: { readonly from: number; readonly to: number; readonly dryRun: boolean },
): UndoneFile['fate'] {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return 'gone';
    if (!stat.isFile() || stat.size !== bytes || !isBetween(stat, from, to)) return 'changed';
    if (sha256 !== undefined && !holdsDigest(path, bytes, sha256)) return 'changed';
    if (!dryRun) unlinkSync(path);
    return 'removed';
  } catch {
    return 'kept';
  }
}

/** Whether the file was last written while the run was on. */
function isBetween({ mtimeMs }: Stats, from: number, to: number): boolean {
  return mtimeMs >= from && mtimeMs <= to;
}

/** A folder that was there before the run stays. */
function removeIfMadeAndEmpty(folder: string, begun: number): void {
  try {
    const { birthtimeMs } = lstatSync(folder);
    if (birthtimeMs >= begun - slackMs) rmdirSync(folder);
  } catch {
    // It is not empty, or not ours to remove.
  }
}

function noteUndone(path: string, removed: number): void {
  try {
    appendFileSync(path, `${JSON.stringify({ type: 'undone', at: new Date().toISOString(), removed })}\n`);
  } catch {
    // The files are gone all the same.
  }
}
