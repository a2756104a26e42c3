import { lstatSync, type Stats, statSync } from 'node:fs';

/** Undefined where nothing is there, or nothing that can be looked at: who opens it finds out which, and tells it. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The same of a symlink itself. */
export function lstatOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
