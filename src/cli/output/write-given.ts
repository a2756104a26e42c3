import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ItemError, UsageError } from '../../engine/index.ts';
import { writeWhole } from '../../engine/run/front-ends/index.ts';

/**
 * Says before the work whether a file can probably be written where a flag says.
 * @throws UsageError naming the flag, if its folder is not there or nothing may be written into it.
 */
export function assertPlaceFor(flag: string, path: string): void {
  const folder = dirname(path);
  const refuse = (why: string, cause?: unknown) => {
    throw new UsageError(`${flag}: Cannot write ${path}: ${folder} ${why}.`, { cause });
  };
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) refuse('is no folder');
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    refuse('may not be written into', cause);
  }
}

/**
 * Writes a file whose path a flag gave.
 * @throws UsageError naming the flag, if the file cannot be written there.
 */
export function writeGiven(flag: string, path: string, text: string): void {
  try {
    writeWhole(path, Buffer.from(text));
  } catch (cause) {
    if (!(cause instanceof ItemError)) throw cause;
    throw new UsageError(`${flag}: ${cause.message}`, { cause });
  }
}
