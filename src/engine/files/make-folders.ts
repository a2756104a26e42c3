import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and its missing parents. One at a time, because Node's own `recursive` never returns if an existing
 * folder cannot hold any (`/proc`).
 * @param folder absolute.
 * @returns the topmost folder that was made, or undefined.
 */
export function makeFolders(folder: string, mode?: number, isLastTry = false): string | undefined {
  try {
    mkdirSync(folder, { mode });
    return folder;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Of a drive Windows says EPERM, and macOS EISDIR of the whole disk.
    if (code !== 'ENOENT' && isFolder(folder)) return undefined;
    const above = dirname(folder);
    if (code !== 'ENOENT' || above === folder) throw error;
    if (isThere(above)) {
      // Unless another process has made it just now, nothing can be made in it.
      if (isLastTry) throw error;
      return makeFolders(folder, mode, true);
    }
    const top = makeFolders(above, mode);
    return makeFolders(folder, mode) === undefined ? top : (top ?? folder);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isThere(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false }) !== undefined;
}
