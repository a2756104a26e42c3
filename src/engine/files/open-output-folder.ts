import { accessSync, constants } from 'node:fs';
import { makeFolders } from './make-folders.ts';

/**
 * Makes a folder that outputs go to, where it is missing.
 * @returns the topmost folder that had to be made, or undefined.
 * @throws where it cannot be made or nothing can be put into it.
 */
export function openOutputFolder(folder: string): string | undefined {
  const top = makeFolders(folder);
  assertWritable(folder);
  return top;
}

/** @throws where nothing can be put into the folder. */
export function assertWritable(folder: string): void {
  accessSync(folder, constants.W_OK | constants.X_OK);
}
