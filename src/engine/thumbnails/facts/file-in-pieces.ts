import { read as readFile } from 'node:fs';
import { promisify } from 'node:util';
import type { FileBytes } from '../../../codecs/headers/file-bytes.ts';

const read = promisify(readFile);

/** So much is read at least: what is asked for next mostly lies close by. */
const leastBytes = 4 * 1024;
/** More at once is no text, and no list of boxes. */
const mostBytes = 1024 * 1024;
/** More than the places in which any camera writes what is asked for. */
const mostReads = 32;

interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
  /** Whether the file ends with it. */
  readonly isLast: boolean;
}

/** Thrown to whoever asks for bytes that have not been read yet. */
class NotRead extends Error {
  readonly at: number;
  readonly length: number;

  constructor(at: number, length: number) {
    super('These bytes have not been read yet.');
    this.at = at;
    this.length = length;
  }
}

/**
 * Uses a file by a function that reads at once, without a thread that waits for the disk: where the function asks for bytes
 * that are not there yet, they are read, and it begins anew.
 * @param headBytes so many are read first.
 * @returns `undefined` if it asks for too many.
 */
export async function usingPieces<Value>(
  file: number,
  headBytes: number,
  use: (bytes: FileBytes) => Value,
): Promise<Value | undefined> {
  const pieces = [await pieceOf(file, 0, headBytes)];
  // The length is asked of no one: what is beyond the end is not there.
  const bytes: FileBytes = {
    length: Number.MAX_SAFE_INTEGER,
    read: (at, length) => readFrom(pieces, at, length),
  };
  for (let reads = 0; reads < mostReads; reads += 1) {
    try {
      return use(bytes);
    } catch (error) {
      if (!(error instanceof NotRead)) throw error;
      pieces.push(await pieceOf(file, error.at, Math.max(error.length, leastBytes)));
    }
  }
  return undefined;
}

async function pieceOf(file: number, at: number, length: number): Promise<Piece> {
  const { buffer, bytesRead } = await read(file, Buffer.allocUnsafe(length), 0, length, at);
  return { at, bytes: buffer.subarray(0, bytesRead), isLast: bytesRead < length };
}

function readFrom(pieces: readonly Piece[], at: number, asked: number): Uint8Array {
  const length = Math.min(asked, mostBytes);
  for (const { at: from, bytes, isLast } of pieces) {
    const offset = at - from;
    if (offset >= 0 && (isLast || offset + length <= bytes.length))
      return bytes.subarray(offset, offset + length);
  }
  throw new NotRead(at, length);
}
