import { closeSync, readSync } from 'node:fs';
import { openInput } from './open-input.ts';

/** The beginning of a file: at most so many bytes. @throws ItemError if it cannot be read. */
export function firstBytesOf(path: string, most: number): Uint8Array {
  const { file } = openInput(path);
  try {
    const bytes = new Uint8Array(most);
    return bytes.subarray(0, readSync(file, bytes, 0, most, 0));
  } finally {
    closeSync(file);
  }
}
