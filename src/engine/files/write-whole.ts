import { dirname } from 'node:path';
import { ItemError } from '../../shared/failure.ts';
import { PartFile, PartLost } from './parts/part-file.ts';
import { systemItemError } from './system-error.ts';

/** How often to try: if somebody removes the part again and again, give up. */
const mostTries = 3;

/**
 * Writes a whole file so that nobody ever sees half of it: under a temporary name in the same folder, then renamed.
 * @throws ItemError with the path that the person knows, not the temporary one.
 */
export function writeWhole(output: string, data: Uint8Array, durable = false): void {
  for (let tried = 1; ; tried += 1) {
    let part: PartFile | undefined;
    try {
      part = PartFile.create(dirname(output), { durable });
      part.append(data);
      part.replace(output);
      return;
    } catch (error) {
      part?.discard();
      if (error instanceof PartLost && tried < mostTries) continue;
      throw error instanceof ItemError ? error : systemItemError(error, output, 'write');
    }
  }
}
