import { closeSync, readSync } from 'node:fs';
import { bytesInMemory, type FileBytes } from '../../../codecs/headers/file-bytes.ts';
import { openInput } from '../../files/open-input.ts';

/** Calls `use` with the bytes of an image, which is in memory or a file. @throws ItemError if it cannot be opened. */
export function withFileBytes<Value>(source: string | Uint8Array, use: (bytes: FileBytes) => Value): Value {
  if (typeof source !== 'string') return use(bytesInMemory(source));
  const { file, stat } = openInput(source);
  const read = (at: number, length: number): Uint8Array => {
    // What a header asks for may be more than there is.
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, stat.size - at)));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, at));
  };
  try {
    return use({ length: stat.size, read });
  } finally {
    closeSync(file);
  }
}
