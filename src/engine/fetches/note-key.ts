import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeFolders } from '../files/make-folders.ts';
import { PartFile } from '../files/parts/part-file.ts';
import { readSmallFile } from '../files/read-small-file.ts';
import { stateFolder } from '../files/state-folder.ts';

/** The number of hexadecimal digits of a key. A shorter one was not written by Shoal. */
const digits = 64;

/**
 * The user's own key, which marks the parts that Shoal put aside. With it, a run distinguishes them from files that
 * somebody else has put into the folder. If state cannot be stored, the key lasts as long as the process.
 */
export function noteKey(folder: string = stateFolder()): string {
  const path = join(folder, 'part-notes.key');
  try {
    return readKey(path) ?? makeKey(folder, path);
  } catch {
    return passing;
  }
}

const passing = randomBytes(digits / 2).toString('hex');

function readKey(path: string): string | undefined {
  try {
    const key = readSmallFile(path, 'key of parts').toString('utf8');
    return key.length === digits ? key : undefined;
  } catch {
    // The file does not exist yet, or is not a file.
    return undefined;
  }
}

/** If two processes create a key at the same time, both use the one that was written first. */
function makeKey(folder: string, path: string): string {
  makeFolders(folder, 0o700);
  const part = PartFile.create(folder, { mode: 0o600 });
  part.append(Buffer.from(randomBytes(digits / 2).toString('hex')));
  if (!part.placeAsNew(path)) part.discard();
  return readKey(path) ?? passing;
}
