import { accessSync, constants } from 'node:fs';
import { makeFolders } from './make-folders.ts';

/**
 * Makes an output folder if it is missing.
 * @returns the topmost folder that was made, or undefined.
 * @throws if it cannot be made or is not writable.
 */
export function openOutputFolder(folder: string): string | undefined {
  const top = makeFolders(folder);
  assertWritable(folder);
  return top;
}

/** @throws if no files can be created in the folder. */
export function assertWritable(folder: string): void {
  accessSync(folder, constants.W_OK | constants.X_OK);
}
