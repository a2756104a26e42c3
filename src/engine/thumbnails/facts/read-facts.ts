import { closeSync, constants, open as openFile } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { PictureFacts } from '../../../shared/naming/compose-name.ts';
import { againWithRoomForFiles, isShortOfFiles } from '../../files/room-for-files.ts';
import { exifOf } from './exif-places.ts';
import { usingPieces } from './file-in-pieces.ts';
import { toldByExif } from './told-by-exif.ts';

/** Handles of files cost more time than reading them. */
const open = promisify(openFile);

/** How many files are read at once: on a share, each answer takes time. */
const mostAtOnce = 16;
/** EXIF begins in the first bytes of most files. */
const headBytes = 16 * 1024;

/** What the files of pictures tell, in the order of their paths. */
export async function readFacts(paths: readonly string[]): Promise<readonly PictureFacts[]> {
  const facts: PictureFacts[] = [];
  let next = 0;
  const readOnes = async (): Promise<void> => {
    for (let at = next++; at < paths.length; at = next++) facts[at] = await factsOf(paths[at] as string);
  };
  await Promise.all(Array.from({ length: Math.min(mostAtOnce, paths.length) }, readOnes));
  return facts;
}

/** Where EXIF says nothing of a time, it is the file's: when that was changed, by the clock of this machine. */
async function factsOf(path: string): Promise<PictureFacts> {
  const told = await toldBy(path);
  return told.taken === undefined ? { ...told, taken: await timeOfFile(path) } : told;
}

/** What cannot be read tells nothing: its item says why, when its turn comes. */
async function toldBy(path: string): Promise<PictureFacts> {
  try {
    const file = await opened(path);
    try {
      return (await usingPieces(file, headBytes, (bytes) => toldByExif(exifOf(bytes)))) ?? {};
    } finally {
      closeSync(file);
    }
  } catch {
    return {};
  }
}

async function opened(path: string): Promise<number> {
  // Without O_NONBLOCK, open() itself would wait for a pipe's writer. Windows has no such flag and needs none.
  const openOnce = () => open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return await openOnce();
  } catch (error) {
    // A name must not depend on how many files are open at the moment.
    if (!isShortOfFiles(error)) throw error;
    return againWithRoomForFiles(error, openOnce);
  }
}

async function timeOfFile(path: string): Promise<string | undefined> {
  const modified = await stat(path).then(
    ({ mtime }) => mtime,
    () => undefined,
  );
  const year = modified?.getFullYear() ?? 0;
  if (!modified || !(year > 0 && year <= 9_999)) return undefined;
  const parts = [
    modified.getMonth() + 1,
    modified.getDate(),
    modified.getHours(),
    modified.getMinutes(),
    modified.getSeconds(),
  ];
  return String(year).padStart(4, '0') + parts.map((part) => String(part).padStart(2, '0')).join('');
}
