import { linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { distinctName } from '../../plan/file-name.ts';

/** File systems without hard links answer one of these. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES', 'EXDEV']);

export interface Place {
  readonly folder: string;
  readonly name: string;
  readonly url: string;
  /** The file that an earlier run made of the URL. */
  readonly owned: string | undefined;
}

/**
 * Gives a file that is complete its final name, without ever replacing one that is not this URL's: it is
 * linked, which fails where the name is taken, and only then loses its temporary name. A name that is taken
 * gets the URL's hash into it; a file of that name can only have been made from the same URL.
 * @returns where the file is now.
 */
export function placeFile(part: string, { folder, name, url, owned }: Place): string {
  if (owned !== undefined) {
    renameSync(part, owned);
    return owned;
  }
  const wanted = join(folder, name);
  if (tookName(part, wanted)) return wanted;
  const distinct = join(folder, distinctName(name, url));
  renameSync(part, distinct);
  return distinct;
}

function tookName(part: string, wanted: string): boolean {
  try {
    linkSync(part, wanted);
    unlinkSync(part);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!noLinks.has(code)) throw error;
    if (lstatSync(wanted, { throwIfNoEntry: false }) !== undefined) return false;
    renameSync(part, wanted);
    return true;
  }
}
