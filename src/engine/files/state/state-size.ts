import { accessSync, constants, lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failureOfSystemError } from '../system-error.ts';

/** The state folder as it is on the disk. */
export interface StateSize {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Whether there are more files than were counted. */
  readonly isMore: boolean;
  /** Why nothing can be kept there. */
  readonly problem?: string;
}

/** State is a ledger and some hundred journals. */
const mostFiles = 10_000;

/** How large the state folder is. A folder that is not there yet is empty. */
export function stateSize(folder: string): StateSize {
  const size = { files: 0, bytes: 0, isMore: false };
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of entriesOf(next)) {
      const path = join(next, entry.name);
      if (size.files >= mostFiles) return { folder, ...size, isMore: true };
      if (entry.isDirectory()) waiting.push(path);
      else {
        size.files += 1;
        size.bytes += lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
      }
    }
  }
  const problem = problemOf(folder);
  return { folder, ...size, ...(problem !== undefined && { problem }) };
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function problemOf(folder: string): string | undefined {
  try {
    accessSync(nearestThatExists(folder), constants.W_OK);
    return undefined;
  } catch (error) {
    return failureOfSystemError(error, folder, 'write').message;
  }
}

/** The folder, or the one that it would be made in. */
function nearestThatExists(folder: string): string {
  for (let path = folder; ; path = dirname(path)) {
    if (lstatSync(path, { throwIfNoEntry: false }) || path === dirname(path)) return path;
  }
}
