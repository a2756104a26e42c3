import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { ItemError } from '../../shared/failure.ts';
import { systemItemError } from './system-error.ts';

/** The codes of open(2) for a socket, and for a device with nothing behind it. */
const opensNever = new Set(['ENXIO', 'ENODEV', 'EOPNOTSUPP']);

/**
 * Opens a regular file for reading. Anything else is refused: a named pipe would block the thread until there is a
 * writer, and a device may never end.
 * @returns the file descriptor, which the caller must close.
 * @throws ItemError if it is not a regular file, does not exist or may not be read.
 */
export function openInput(path: string): { readonly file: number; readonly stat: Stats } {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK, open() itself would wait for the pipe's writer. Windows has no such flag and needs none.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(file);
    if (stat.isFile()) return { file, stat };
    throw notAFile(path);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    if (error instanceof ItemError) throw error;
    if (opensNever.has((error as NodeJS.ErrnoException).code ?? '')) throw notAFile(path);
    throw systemItemError(error, path, 'read');
  }
}

export function notAFile(path: string): ItemError {
  return new ItemError('NOT_A_FILE', `${path} is not a file.`);
}

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
