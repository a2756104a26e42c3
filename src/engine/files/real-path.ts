import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** The path without symlinks; of what is not there yet, where it would be. */
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

/** Whether a path is another or below it. Both absolute. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
