import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The first symlink on the path from `top`, which is checked as well, down to `folder`; undefined if there is none, or
 * if the path ends before `folder`.
 * @param known folders on the way that are known to be no symlinks; more are added.
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
