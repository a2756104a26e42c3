import { lstatSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configFolder } from '../../engine/run/front-ends/config.ts';

/** Where the defaults of this person are, whether there are any or not. */
export function configPath(): string {
  return join(resolve(configFolder()), 'shoal.json');
}

/** Also where it cannot be told, as of a link that leads back to itself: whoever reads it says why. */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** Where the settings of a folder would be. */
export function pathInFolder(folder: string): string {
  return join(folder, 'shoal.json');
}

/** What is there in a folder, be it a link. Nothing where it cannot be told: the run says so of the folder itself. */
export function statInFolder(folder: string): Stats | undefined {
  try {
    return lstatSync(pathInFolder(folder), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
