import { lstatSync, type Stats, statSync } from 'node:fs';
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { makeFolders } from './make-folders.ts';
import { stateFolder } from './state-folder.ts';

/**
 * Makes Node keep compiled code between starts: compiling takes a good part of a small run. The cache is in the state
 * folder, and used only if nobody else can write there, because Node runs the code in it. Node's default is in the
 * folder for temporary files, where somebody else may have created it first.
 *
 * This file is bundled by itself for `bin/shoal.cjs`, which loads it before anything else, so it imports very little.
 */
export function keepCompiledCode(): void {
  // A folder named by the person takes precedence.
  const folder = getCompileCacheDir() ?? cacheFolder();
  if (folder === undefined) return;
  const { directory } = enableCompileCache(folder);
  // Worker threads read the folder from the environment.
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE = directory;
}

/** @returns undefined if there is no folder that only we can write to: then code is compiled anew each time. */
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

/** On Windows, Node does not report permissions; the folder is in the person's own profile there. */
function isOurs(stat: Stats): boolean {
  if (!stat.isDirectory()) return false;
  return process.geteuid === undefined || (stat.uid === process.geteuid() && (stat.mode & 0o022) === 0);
}
