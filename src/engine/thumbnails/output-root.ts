import { lstatSync } from 'node:fs';
import { realPath } from '../files/real-path.ts';

/** Where the outputs of one path that a person gave go. */
export interface OutputRoot {
  /** Absolute. */
  readonly path: string;
  /** Without symlinks. */
  readonly real: string;
  /** What a person named, or the default's name: this folder itself, or one that it is in. It may be a symlink. */
  readonly top: string;
  /** It has the default's name, and is no symlink: whatever is in it counts as Shoal's own. */
  readonly trusted: boolean;
  /** A symlink leads to it: what it or a path through it is called tells nothing of whose it is. */
  readonly linked: boolean;
}

/** @param named the output folder that a person named, if so. */
export function outputRoot(path: string, named: string | undefined): OutputRoot {
  const real = realPath(path);
  // Where no folder is named, the one that the originals are in may have been given by a symlink.
  const linked = named === undefined ? isSymlink(path) : real !== path;
  return { path, real, top: named ?? path, trusted: named === undefined && !linked, linked };
}

function isSymlink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    return false;
  }
}
