import { appendFileSync, lstatSync, rmdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import { thumbnailFolder } from '../../../shared/settings/choices.ts';
import { holdsDigest } from '../../files/same-bytes.ts';
import { journalFolder, journalPath } from './journal-folder.ts';
import type { JournalHead } from './journal-line.ts';
import { filesOf, filesOfLaterRuns, type MadeFile, setFilesOf, timedResults } from './made-files.ts';
import type { RunOverview } from './run-overview.ts';

/** The clock that file systems take their times from may be a tick behind, in milliseconds. */
const clockTickMs = 10;

/**
 * What becomes of a file that a run tells of: it is `removed`, or `would-remove` says that it would be; it was `gone`;
 * it stays because somebody or a later run has `changed` it, or it was there before; or it cannot be removed (`kept`).
 */
export type UndoneFile = {
  readonly path: string;
  readonly fate: 'removed' | 'would-remove' | 'gone' | 'changed' | 'kept';
  /** Whether the run put it in the place of another file, which cannot be had back. */
  readonly replaced: boolean;
};

/**
 * Removes the files that a run made and that are as it made them, file by file. Inputs, and files that were there
 * before, were changed since or that a later run tells of, are left alone.
 * @param dryRun whether to tell what would become of each file, and remove none.
 */
export function* undoRun(
  run: RunOverview,
  { dryRun, folder = journalFolder() }: { readonly dryRun: boolean; readonly folder?: string },
): Generator<UndoneFile, void> {
  const { head } = run;
  const begun = Date.parse(head.startedAt);
  const from = begun - clockTickMs;
  const path = journalPath(head.id, folder);
  const ofOthers = filesOfLaterRuns(head.id, folder);
  const emptied = new Set<string>();
  let removed = 0;
  for (const { files, until } of madeIn(run, path, begun)) {
    for (const file of files) {
      const isOurs = !file.adopted && !ofOthers.has(file.path);
      const fate = fateOf(file, { isOurs, from, to: until + clockTickMs, dryRun });
      if (fate === 'removed') {
        removed += 1;
        emptied.add(dirname(file.path));
      }
      yield { path: file.path, fate, replaced: file.replaced };
    }
  }
  if (dryRun) return;
  for (const each of foldersWithin(emptied, head)) removeIfMadeAndEmpty(each, from);
  if (removed > 0) noteUndone(path, removed);
}

/** The files of each result, then those that were made of all of them together. */
function* madeIn(
  { head, summary, writtenAt }: RunOverview,
  path: string,
  begun: number,
): Generator<{ readonly files: readonly MadeFile[]; readonly until: number }, void> {
  for (const { line, until } of timedResults(path, begun, writtenAt)) {
    if (line.status !== 'skipped') yield { files: filesOf(line, head), until };
  }
  yield { files: summary ? setFilesOf(summary) : [], until: writtenAt };
}

function fateOf(
  { path, bytes, sha256 }: MadeFile,
  {
    isOurs,
    from,
    to,
    dryRun,
  }: { readonly isOurs: boolean; readonly from: number; readonly to: number; readonly dryRun: boolean },
): UndoneFile['fate'] {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) return 'gone';
    const isAsMade = stat.isFile() && stat.size === bytes && stat.mtimeMs >= from && stat.mtimeMs <= to;
    if (!isOurs || !isAsMade) return 'changed';
    if (sha256 !== undefined && !holdsDigest(path, bytes, sha256)) return 'changed';
    if (dryRun) return 'would-remove';
    unlinkSync(path);
    return 'removed';
  } catch {
    return 'kept';
  }
}

/** These folders and those above them as far as the output place reaches, the deepest first. */
function foldersWithin(folders: Iterable<string>, { request, folder }: JournalHead): string[] {
  const { outputFolder } = (request ?? {}) as { readonly outputFolder?: string };
  const place = outputFolder === undefined ? undefined : resolve(folder, outputFolder);
  const within = new Set<string>();
  for (const each of folders) {
    const top = place ?? placeBeside(each);
    for (let at = each; at === top || at.startsWith(`${top}${sep}`); at = dirname(at)) {
      if (within.has(at)) break;
      within.add(at);
    }
  }
  return [...within].sort((one, other) => other.length - one.length);
}

/** The folder for thumbnails that a file's folder lies in, where no place was given. */
function placeBeside(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if (basename(at) === thumbnailFolder) return at;
  return folder;
}

/** A folder that was there before the run stays. */
function removeIfMadeAndEmpty(folder: string, from: number): void {
  try {
    const { birthtimeMs } = lstatSync(folder);
    if (birthtimeMs >= from) rmdirSync(folder);
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
