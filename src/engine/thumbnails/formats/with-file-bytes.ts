import { closeSync, readSync } from 'node:fs';
import { bytesInMemory, type FileBytes } from '../../../codecs/headers/file-bytes.ts';
import { openInput } from '../../files/open-input.ts';

/** The bytes of an image that stay readable until they are closed. */
export interface OpenBytes extends FileBytes {
  close(): void;
}

/** Opens an image, which is in memory or a file. @throws ItemError if it cannot be opened. */
export function openBytes(source: string | Uint8Array): OpenBytes {
  if (typeof source !== 'string') return { ...bytesInMemory(source), close: () => {} };
  const { file, stat } = openInput(source);
  const read = (at: number, length: number): Uint8Array => {
    // What a header asks for may be more than there is.
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, stat.size - at)));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, at));
  };
  return { length: stat.size, read, close: () => closeSync(file) };
}

/** Calls `use` with the bytes of an image, which is in memory or a file. @throws ItemError if it cannot be opened. */
export function withFileBytes<Value>(source: string | Uint8Array, use: (bytes: FileBytes) => Value): Value {
  const bytes = openBytes(source);
  try {
    return use(bytes);
  } finally {
    bytes.close();
  }
}
