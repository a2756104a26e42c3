import { closeSync, readFileSync } from 'node:fs';
import { ItemError } from '../../../../shared/failure.ts';
import { openInput } from '../../../files/open-input.ts';
import { stampOf } from '../../../files/stamp.ts';
import { systemItemError } from '../../../files/system-error.ts';
import type { Source } from './rendering.ts';

/** An open image file. */
export interface ImageFile {
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  /** Its version when it was opened, for the ledger. */
  readonly stamp: string;
  /** Calls `read` with the file descriptor. @throws ItemError if the file cannot be read. */
  read<Value>(read: (file: number) => Value): Value;
  /** The file in a form for sharp. */
  source(): Source;
}

/** A file up to this size, in bytes, is read as a whole, which is faster; sharp reads larger ones piece by piece. */
const readWholeUpToBytes = 32 * 1024 * 1024;

/**
 * Opens an image file, and closes it after use.
 * @throws ItemError if it does not exist, is not a file, is empty or cannot be read.
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

/** Calls `read`, and converts errors of the system to a code and a sentence. */
export function attemptRead<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof ItemError ? error : systemItemError(error, path, 'read');
  }
}
