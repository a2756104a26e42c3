import { closeSync, readFileSync } from 'node:fs';
import { ItemError } from '../../../shared/failure.ts';
import { openInput } from '../../files/open-input.ts';
import { stampOf } from '../../files/stamp.ts';
import { systemItemError } from '../../files/system-error.ts';
import type { Source } from './rendering.ts';

/** An image file that is open. */
export interface ImageFile {
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  /** Size and modification time as they were, for the ledger. */
  readonly stamp: string;
  /** Hands the file's descriptor to who reads it. @throws ItemError where it cannot be read. */
  read<Value>(read: (file: number) => Value): Value;
  /** The file for sharp. */
  source(): Source;
}

/** Up to this size a file is read whole, which is quicker, in bytes; a larger one sharp reads piece by piece. */
const readWholeUpToBytes = 32 * 1024 * 1024;

/**
 * Opens an image file, and closes it after use.
 * @throws ItemError when it is not there, not a file, empty or not readable.
 */
export function openImage<Value>(path: string, use: (file: ImageFile) => Value): Value {
  const { file, stat } = openInput(path);
  try {
    if (stat.size === 0) throw new ItemError('EMPTY_FILE', `${path} is empty.`);
    const read = <Read>(by: (file: number) => Read): Read => attemptRead(path, () => by(file));
    return use({
      path,
      size: stat.size,
      stamp: stampOf(stat),
      read,
      source: () => (stat.size > readWholeUpToBytes ? path : read(readFileSync)),
    });
  } finally {
    closeSync(file);
  }
}

/** Reads, and puts what the system says into a code and a sentence. */
export function attemptRead<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof ItemError ? error : systemItemError(error, path, 'read');
  }
}
