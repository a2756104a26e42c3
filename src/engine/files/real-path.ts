import { realpathSync } from 'node:fs';

/** The path without symlinks, or as it is where nothing is there yet. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
