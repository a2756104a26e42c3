import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeFolders } from '../files/make-folders.ts';
import { PartFile } from '../files/parts/part-file.ts';
import { readSmallFile } from '../files/read-small-file.ts';
import { stateFolder } from '../files/state-folder.ts';

/** A key that is shorter has not been written by us, in hexadecimal digits. */
const digits = 64;

/**
 * The person's own key, by which a run knows the beginnings of downloads that former runs put aside from those that
 * somebody else has put into the folder. Where no state can be kept, it lasts as long as the process.
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
    // It is not there yet, or is no file.
    return undefined;
  }
}

/** Of two processes that make one at the same time, both use the one that got the name. */
function makeKey(folder: string, path: string): string {
  makeFolders(folder, 0o700);
  const part = PartFile.create(folder, { mode: 0o600 });
  part.append(Buffer.from(randomBytes(digits / 2).toString('hex')));
  if (!part.placeAsNew(path)) part.discard();
  return readKey(path) ?? passing;
}
