import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { UsageError } from '../../shared/failure.ts';

/** The most bytes that are read: files written by a person or a browser are never this large. */
const mostBytes = 16 * 1024 * 1024;

/**
 * Reads a file that should be small. Devices and pipes, which may have no end or no beginning, are refused.
 * @param what the person's term for it, for messages: `cookie file`.
 * @throws UsageError if it cannot be read, is not a file or is too large.
 */
export function readSmallFile(path: string, what: string): Buffer {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new UsageError(`Cannot read the ${what} ${path}: ${reason}`, { cause });
  };
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for its writer.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!fstatSync(file).isFile()) refuse('it is no file.');
      return readUpTo(file, mostBytes) ?? refuse(`it is larger than ${mostBytes / 1024 / 1024} MiB.`);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    return refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** The file's reported size is ignored: files of the system report 0. */
function readUpTo(file: number, most: number): Buffer | undefined {
  const pieces: Buffer[] = [];
  for (let bytes = 0; bytes <= most; ) {
    const piece = Buffer.allocUnsafeSlow(64 * 1024);
    const read = readSync(file, piece);
    if (read === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, read));
    bytes += read;
  }
  return undefined;
}
