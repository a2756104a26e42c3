import type { ErrorCode, Failure } from '../../shared/failure.ts';
import { ItemError } from '../../shared/failure.ts';
import { machineFault } from './machine-fault.ts';

type Doing = 'read' | 'write';

const sentences: Readonly<Record<string, readonly [ErrorCode | Readonly<Record<Doing, ErrorCode>>, string]>> =
  {
    ENOENT: [{ read: 'NOT_FOUND', write: 'NOT_WRITABLE' }, 'does not exist'],
    ENOTDIR: [{ read: 'NOT_FOUND', write: 'NOT_WRITABLE' }, 'is below something that is not a folder'],
    EACCES: [{ read: 'NOT_READABLE', write: 'NOT_WRITABLE' }, 'permission denied'],
    EPERM: [{ read: 'NOT_READABLE', write: 'NOT_WRITABLE' }, 'permission denied'],
    EROFS: ['NOT_WRITABLE', 'is on a read-only file system'],
    EEXIST: ['NOT_WRITABLE', 'a file of that name is there'],
    EISDIR: [{ read: 'NOT_A_FILE', write: 'NOT_WRITABLE' }, 'is a folder'],
    ELOOP: ['SYMLINK_LOOP', 'is a symlink that leads back to itself'],
    ENOSPC: ['DISK_FULL', 'no space is left on the disk'],
    EDQUOT: ['DISK_FULL', 'the disk quota is used up'],
    ENAMETOOLONG: ['NAME_TOO_LONG', 'the name is too long for the file system'],
    EMFILE: ['TOO_MANY_OPEN_FILES', 'too many files are open at once'],
    ENFILE: ['TOO_MANY_OPEN_FILES', 'too many files are open at once in the whole system'],
    ENOMEM: ['OUT_OF_MEMORY', 'there is not enough memory'],
  };

/** Codes for a full disk: half-written files are removed, so that there is room for others. */
export const noRoomCodes: ReadonlySet<ErrorCode> = new Set(['DISK_FULL']);

/** Converts an error of the file system to a code and a sentence. The codes are those of errno(3). */
export function systemItemError(cause: unknown, path: string, doing: Doing): ItemError {
  const errno = (cause as NodeJS.ErrnoException).code ?? '';
  const known = sentences[errno];
  const verb = doing === 'read' ? 'read' : 'write';
  if (!known) {
    const fault = machineFault(cause, path);
    if (fault) return fault;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new ItemError('IO_ERROR', `Cannot ${verb} ${path}: ${reason}`, { cause });
  }
  const [codes, reason] = known;
  const code = typeof codes === 'string' ? codes : codes[doing];
  return new ItemError(code, `Cannot ${verb} ${path}: ${reason}`, { cause });
}

export function failureOfSystemError(cause: unknown, path: string, doing: Doing): Failure {
  return systemItemError(cause, path, doing).toFailure();
}

/** The failure for a name that is not UTF-8: paths are texts, so that none leads there. */
export function notUtf8(path: string): Failure {
  return { code: 'NAME_NOT_UTF8', message: `Cannot read ${path}: the name is not UTF-8.` };
}

/** Whether the error came from the operating system and so has an errno code. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
