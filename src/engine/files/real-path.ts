import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** The path without symlinks. For a path that does not exist yet: where it would be. */
export function realPath(path: string): string {
  const names: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(realpathSync.native(at), ...names.reverse());
    } catch {
      if (dirname(at) === at) return path;
      names.push(basename(at));
    }
  }
}

/** Whether a path equals the folder or is below it. Both must be absolute. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
