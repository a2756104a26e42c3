import { ItemError, UsageError } from '../../engine/index.ts';
import { writeWhole } from '../../engine/run/front-ends/index.ts';

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
