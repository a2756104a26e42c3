import { lstatSync, type Stats, statSync } from 'node:fs';
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { makeFolders } from './make-folders.ts';
import { stateFolder } from './state-folder.ts';

/**
 * Has Node keep compiled code between starts, which are a good part of a small run. In the state folder, and only where
 * nobody else can write: Node runs what it finds there. Its own choice is a folder in the one for temporary files, which whoever
 * comes first may have made.
 *
 * Bundled by itself for `bin/shoal.cjs`, which loads it before anything else: it imports next to nothing.
 */
export function keepCompiledCode(): void {
  // A person who has named a folder has chosen it.
  const folder = getCompileCacheDir() ?? cacheFolder();
  if (folder === undefined) return;
  const { directory } = enableCompileCache(folder);
  // The worker threads take the folder from the environment.
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE = directory;
}

/** @returns undefined where there is none that is ours alone: then code is compiled anew each time. */
function cacheFolder(): string | undefined {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  try {
    const state = stateFolder();
    const folder = join(state, 'compile-cache');
    makeFolders(folder, 0o700);
    return isOurs(statSync(state)) && isOurs(lstatSync(folder)) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Of Windows' permissions Node tells nothing; there the folder lies in the person's own profile. */
function isOurs(stat: Stats): boolean {
  if (!stat.isDirectory()) return false;
  return process.geteuid === undefined || (stat.uid === process.geteuid() && (stat.mode & 0o022) === 0);
}
