import { type BigIntStats, statSync } from 'node:fs';
import { realPath } from './real-path.ts';

/**
 * What is the same for two paths exactly where they lead to the same file or folder: its device and inode. The numbers
 * are exact: where a file system uses all their 64 bits, doubles would make neighbours one. The few that number nothing
 * are told apart by the path without symlinks.
 */
export function identityOf(stat: Pick<BigIntStats, 'dev' | 'ino'>, path: string): string {
  return stat.ino === 0n ? realPath(path) : `${stat.dev}:${stat.ino}`;
}

/** The identity of what the path leads to, or undefined where there is nothing that can be looked at. */
export function identityAt(path: string): string | undefined {
  const stat = statAt(path);
  return stat && identityOf(stat, path);
}

/** What is there, exactly, or undefined where nothing is that can be looked at. */
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
