import { lstatSync, type Stats, statSync } from 'node:fs';

/** Undefined if nothing is there or it is inaccessible: the code that opens it finds out why and reports it. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The same for a symlink itself. */
export function lstatOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
