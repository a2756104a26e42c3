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
  return noFollow === 'none' ? openWhatIsSeen(path, flags) : openSync(path, flags | noFollow);
}

function openWhatIsSeen(path: string, flags: number): number {
  const seen = lstatSync(path, { bigint: true });
  if (seen.isSymbolicLink()) throw isSymlink(path);
  const file = openSync(path, flags);
  const opened = fstatSync(file, { bigint: true });
  if (opened.ino === seen.ino && opened.dev === seen.dev) return file;
  closeSync(file);
  throw isSymlink(path);
}

function isSymlink(path: string): Error {
  return Object.assign(new Error(`ELOOP: it is a symlink, open '${path}'`), {
    code: 'ELOOP',
    syscall: 'open',
  });
}
