import { lstatSync, rmdirSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file as it was made. */
export interface AsMade {
  readonly path: string;
  readonly bytes: number;
  /** When that was written down, in milliseconds since 1970. */
  readonly madeAt: number;
}

/** The clock of the file system may be ahead by this, in milliseconds … */
const clockAheadMs = 2_000;
/** … and the making of a file be written down so much later: an older one was there before, with the same bytes. */
const writtenDownMs = 600_000;

/**
 * Removes a file that is as it was made. Anything else in its place stays.
 * @param isDryRun whether to tell what would become of it, and not to remove it.
 * @throws the system's error if it cannot be removed.
 */
export function removeAsMade(
  { path, bytes, madeAt }: AsMade,
  isDryRun: boolean,
): 'removed' | 'changed' | 'gone' {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return 'gone';
  const isOfThatTime = stat.mtimeMs <= madeAt + clockAheadMs && stat.mtimeMs >= madeAt - writtenDownMs;
  if (!stat.isFile() || stat.nlink > 1 || stat.size !== bytes || !isOfThatTime) return 'changed';
  if (!isDryRun) unlinkSync(path);
  return 'removed';
}

/** Removes a folder if it is empty, and then those above it, up to one that stays. @returns what was removed. */
export function removeEmptyFolders(folder: string, upTo: string): string[] {
  const removed: string[] = [];
  try {
    for (let at = folder; at.length > upTo.length; at = dirname(at)) {
      // Fails, as intended, if there is anything in it.
      rmdirSync(at);
      removed.push(at);
    }
  } catch {
    // It holds something, or is gone.
  }
  return removed;
}
