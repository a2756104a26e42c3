import { closeSync, constants, fstatSync, readSync } from 'node:fs';
import { openItself } from './system/open-itself.ts';

const chunkBytes = 1024 * 1024;
const outOfFiles = new Set(['EMFILE', 'ENFILE']);

/** Whether the path is a regular file, not a symlink, with exactly these bytes. */
export function holdsBytes(path: string, data: Uint8Array): boolean {
  const wanted = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return readFile(path, data.byteLength, (chunk, at) => chunk.equals(wanted.subarray(at, at + chunk.length)));
}

/**
 * Compares by length and SHA-256 in hexadecimal, for bytes not in memory. Rarely needed, so `crypto` is loaded late.
 */
export function holdsDigest(path: string, bytes: number, sha256: string): boolean {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  return (
    readFile(path, bytes, (chunk) => {
      hash.update(chunk);
      return true;
    }) && hash.digest('hex') === sha256
  );
}

/** Reads a file of the expected size completely. @returns false if its size differs, or if `take` rejected a chunk. */
function readFile(path: string, bytes: number, take: (chunk: Buffer, at: number) => boolean): boolean {
  let file: number;
  try {
    file = openItself(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    // The limit of open files says nothing about this file.
    if (outOfFiles.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return false;
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size !== bytes) return false;
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(1, bytes)));
    for (let at = 0; at < bytes; ) {
      const read = readSync(file, buffer, 0, buffer.length, at);
      if (read === 0 || !take(buffer.subarray(0, read), at)) return false;
      at += read;
    }
    return true;
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}
