import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { UsageError } from '../../shared/failure.ts';

/** What a person writes, or a browser, is never this long, in bytes. */
const mostBytes = 16 * 1024 * 1024;

/**
 * The bytes of a file that is meant to be small, at once. Devices and pipes, which may have no end or never begin, are
 * refused.
 * @param what a person calls it, for messages: `cookie file`.
 * @throws UsageError when it cannot be read, is no file or is too large.
 */
export function readSmallFile(path: string, what: string): Buffer {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new UsageError(`Cannot read the ${what} ${path}: ${reason}`, { cause });
  };
  try {
    // Opening a named pipe would wait for its writer, were it not for O_NONBLOCK.
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

/** What the file says of its size does not count: files of the system say 0. */
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
