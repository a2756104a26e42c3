import { closeSync, readSync } from 'node:fs';
import { openInput } from '../../files/open-input.ts';

/** Access to any part of an image, whether it is in memory or stays on the disk because it is large. */
export interface FileBytes {
  /** In bytes. */
  readonly size: number;
  /** @returns fewer bytes where the file ends. */
  read(at: number, length: number): Uint8Array;
}

/** Opens a path, or takes bytes as they are. Closes what it opened. */
export function withFileBytes<Value>(source: string | Uint8Array, use: (file: FileBytes) => Value): Value {
  if (typeof source !== 'string') {
    return use({
      size: source.length,
      read: (at, length) => source.subarray(Math.max(at, 0), Math.max(at + length, 0)),
    });
  }
  const { file, stat } = openInput(source);
  try {
    return use({
      size: stat.size,
      read: (at, length) => {
        const bytes = Buffer.allocUnsafe(length);
        return bytes.subarray(0, readSync(file, bytes, 0, length, at));
      },
    });
  } finally {
    closeSync(file);
  }
}

/** A number of bytes, as the formats of images write it. NaN behind the end of the file. */
export function unsigned(file: FileBytes, at: number, length: 1 | 2 | 4 | 8, littleEndian = false): number {
  const bytes = file.read(at, length);
  if (bytes.length < length) return Number.NaN;
  const ordered = littleEndian ? bytes.slice().reverse() : bytes;
  return ordered.reduce((value, byte) => value * 256 + byte, 0);
}

export function latin1(file: FileBytes, at: number, length: number): string {
  return Buffer.from(file.read(at, length)).toString('latin1');
}
