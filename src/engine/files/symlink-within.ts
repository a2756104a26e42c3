import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The first symlink on the way from `top`, which may be one itself, down to `folder`. Nothing where there is none, or
 * where the way ends before.
 * @param known folders on the way that are known to be none, which grows.
 */
export function symlinkWithin(
  top: string,
  folder: string,
  known: Set<string> = new Set(),
): string | undefined {
  const way: string[] = [];
  for (let at = folder; at.length > top.length && !known.has(at); at = dirname(at)) way.push(at);
  for (const at of way.reverse()) {
    const stat = lstatSync(at, { throwIfNoEntry: false });
    if (!stat) return undefined;
    if (stat.isSymbolicLink()) return at;
    known.add(at);
  }
  return undefined;
}
