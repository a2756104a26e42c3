import { lstatSync } from 'node:fs';
import { Digests, type Expected, mismatchOf } from '../parts/digests.ts';
import { isUntouchedSince } from '../parts/place-file.ts';
import type { Made } from './made.ts';

/**
 * Whether an existing file has the digests that the list demands. It is read only if the ledger cannot tell: its bytes
 * may have changed since it was recorded, or an MD5 is demanded, which the ledger does not have.
 */
export function hasListedBytes(made: Made, listed: Expected): boolean | Promise<boolean> {
  const { output, sha256, madeAt = 0 } = made;
  if (listed.md5 === undefined && sha256 !== undefined) {
    const there = lstatSync(output, { throwIfNoEntry: false });
    if (there?.isFile() && isUntouchedSince(there, madeAt)) return sha256 === listed.sha256;
  }
  return readAndCompare(made, listed);
}

async function readAndCompare({ output, bytes }: Made, listed: Expected): Promise<boolean> {
  const digests = new Digests(listed);
  try {
    await digests.updateFromFile(output, bytes);
  } catch {
    // What cannot be read is fetched anew, which tells what is wrong.
    return false;
  }
  return mismatchOf(listed, digests.digest()) === undefined;
}
