import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';

/**
 * Opens a file that exists, and nothing that a symlink in its place leads to.
 * @param noFollow the flag for that. Windows has none: there it is looked at before and after.
 * @throws ELOOP for a symlink.
 */
export function openItself(
  path: string,
  flags: number,
  noFollow: number | 'none' = constants.O_NOFOLLOW ?? 'none',
): number {
  // Where it is looked at only after it was opened, these would already have changed what a symlink leads to.
  if ((flags & (constants.O_TRUNC | constants.O_CREAT)) !== 0) {
    throw new Error('Only a file that exists is opened so, and only as it is.');
  }
  return noFollow === 'none' ? openWhatIsSeen(path, flags) : openSync(path, flags | noFollow);
}

function openWhatIsSeen(path: string, flags: number): number {
  const seen = lstatSync(path, { bigint: true });
  if (seen.isSymbolicLink()) throw isSymlink(path);
  const file = openSync(path, flags);
  try {
    const opened = fstatSync(file, { bigint: true });
    if (opened.ino !== seen.ino || opened.dev !== seen.dev) throw isSymlink(path);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function isSymlink(path: string): Error {
  return Object.assign(new Error(`ELOOP: it is a symlink, open '${path}'`), {
    code: 'ELOOP',
    syscall: 'open',
  });
}
