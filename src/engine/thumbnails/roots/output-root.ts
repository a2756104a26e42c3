import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { realPath } from '../../files/real-path.ts';

/** The folder for the outputs of one given path. */
export interface OutputRoot {
  /** The absolute path. */
  readonly path: string;
  /** The path without symlinks. */
  readonly real: string;
  /** The part that a person or the default named: this folder itself, or a folder above it. It may be a symlink. */
  readonly top: string;
  /** It has the default's name and is no symlink: everything in it counts as Shoal's own. */
  readonly trusted: boolean;
  /** Whether a symlink leads to it: then its path does not tell whose folder it is. */
  readonly linked: boolean;
}

/** @param named the output folder that a person named, if any. */
export function outputRoot(path: string, named: string | undefined): OutputRoot {
  const real = realPath(path);
  // Without a named folder, the originals' folder itself may have been given as a symlink, which does not matter.
  const linked = named === undefined ? isSymlink(path) : real !== path;
  return { path, real, top: named ?? path, trusted: named === undefined && !linked, linked };
}

/** The output folder that a person named. */
export function namedOutputRoot(named: string): OutputRoot {
  const path = resolve(named);
  return outputRoot(path, path);
}

function isSymlink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    return false;
  }
}
