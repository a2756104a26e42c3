import type { Stats } from 'node:fs';

/**
 * Identifies a version of a file without reading it: by what git's index goes by. Size and modification time alone are
 * shared by files that were swapped, unpacked from a reproducible archive or copied with their times; the inode and the
 * time of its last change are not, and no user can set that time. What a copy to another machine costs is one more run.
 */
export function stampOf({
  size,
  mtimeMs,
  ino,
  ctimeMs,
}: Pick<Stats, 'size' | 'mtimeMs' | 'ino' | 'ctimeMs'>) {
  return `${size}:${mtimeMs}:${ino}:${ctimeMs}`;
}
