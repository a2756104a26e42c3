import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs';
import { ItemError } from '../../shared/failure.ts';
import { systemItemError } from './system-error.ts';

/** What open(2) answers for a socket, and for a device with nothing behind it. */
const opensNever = new Set(['ENXIO', 'ENODEV', 'EOPNOTSUPP']);

/**
 * Opens a file to read it, and nothing but a file: a named pipe would make the whole thread wait for its writer, a device
 * may never end.
 * @returns its descriptor, to be closed by the caller.
 * @throws ItemError where it is something else, is not there or may not be read.
 */
export function openInput(path: string): { readonly file: number; readonly stat: Stats } {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK, which Windows neither has nor needs, the opening itself would wait for the pipe's writer.
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
