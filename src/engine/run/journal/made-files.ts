import { resolve } from 'node:path';
import type { Summary } from '../../../shared/result.ts';
import { SeenSet } from '../../files/seen-set.ts';
import { journalPath, runIds } from './journal-folder.ts';
import type { JournalHead, ResultLine } from './journal-line.ts';
import { headOf, journalLines } from './read-journal.ts';

/** A file that a result tells of. */
export interface MadeFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string | undefined;
  readonly replaced: boolean;
  /** It was there already, with the same bytes: the run did not write it. */
  readonly adopted: boolean;
}

/** A result, and until when its files can have been written, in milliseconds since 1970. */
export interface TimedResult {
  readonly line: ResultLine;
  readonly until: number;
}

/**
 * The results of a run. Each was written down at the latest when the next count was: later than that the run did not
 * write its files.
 * @param end when the run ended, for results that a kill has cut off from their count.
 */
export function* timedResults(path: string, begun: number, end: number): Generator<TimedResult, void> {
  let batch: ResultLine[] = [];
  for (const line of journalLines(path)) {
    if (line.type === 'result') batch.push(line);
    else if (line.type === 'progress') {
      const until = begun + line.atMs;
      for (const line of batch) yield { line, until };
      batch = [];
    }
  }
  for (const line of batch) yield { line, until: end };
}

/** The files that an item's result tells of, without the item itself. */
export function filesOf(line: ResultLine, { folder }: JournalHead): MadeFile[] {
  const { outputs, thumbnail, sha256, input, duplicateOf } = line;
  const sources = [
    ...(outputs ?? [line]).map((made) => ({ ...made, sha256, replaced: line.replaced })),
    ...(thumbnail ? (thumbnail.outputs ?? [thumbnail]) : []).map((made) => ({
      ...made,
      sha256: undefined,
      replaced: thumbnail?.replaced,
    })),
  ];
  return sources.flatMap(({ output, bytesOut, sha256, replaced = false, adopted = false }) => {
    if (output === undefined || bytesOut === undefined) return [];
    const path = resolve(folder, output);
    if (path === resolve(folder, input)) return [];
    // A duplicate that was left out names the file of another item, perhaps of another run.
    return [{ path, bytes: bytesOut, sha256, replaced, adopted: adopted || output === duplicateOf }];
  });
}

/** The files that a run made of all its thumbnails together. */
export function setFilesOf({ sets = [] }: Pick<Summary, 'sets'>): MadeFile[] {
  return sets.flatMap(({ files }) =>
    files.map(({ path, bytes }) => ({ path, bytes, sha256: undefined, replaced: false, adopted: false })),
  );
}

/** The files that later runs tell of: they count on them, so an earlier run has no right to remove them any more. */
export function filesOfLaterRuns(id: string, folder: string): SeenSet {
  const files = new SeenSet();
  for (const later of runIds(folder)) {
    // The newest come first.
    if (later <= id) break;
    const path = journalPath(later, folder);
    try {
      const head = headOf(path);
      if (!head) continue;
      for (const line of journalLines(path)) {
        if (line.type === 'summary') for (const file of setFilesOf(line)) files.add(file.path);
        if (line.type !== 'result' || line.status === 'skipped') continue;
        for (const file of filesOf(line, head)) files.add(file.path);
      }
    } catch {
      // Pruned meanwhile, or not readable.
    }
  }
  return files;
}
