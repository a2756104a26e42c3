import { type BigIntStats, statSync } from 'node:fs';
import { realPath } from './real-path.ts';

/**
 * The device and inode of a file or folder: equal for two paths exactly if they lead to the same one. The numbers are
 * exact, because as doubles, neighbouring 64-bit numbers would become equal. The few file systems without such numbers
 * use the path without symlinks.
 */
export function identityOf(stat: Pick<BigIntStats, 'dev' | 'ino'>, path: string): string {
  return stat.ino === 0n ? realPath(path) : `${stat.dev}:${stat.ino}`;
}

/** The identity of what the path leads to, or undefined if it does not exist or is inaccessible. */
export function identityAt(path: string): string | undefined {
  const stat = statAt(path);
  return stat && identityOf(stat, path);
}

/** The exact `stat` of a path, or undefined if it does not exist or is inaccessible. */
export function statAt(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

export function areSame(one: string, other: string): boolean {
  const identity = identityAt(one);
  return identity !== undefined && identity === identityAt(other);
}
