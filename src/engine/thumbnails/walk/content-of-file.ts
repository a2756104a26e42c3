import { closeSync, readSync } from 'node:fs';
import { headBytes, type ImageFormat, sniffImage } from '../../../shared/image-formats.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { openInput } from '../../files/open-input.ts';
import { againWithRoomForFiles } from '../../files/room-for-files.ts';
import { extensionOf, kindOfName } from '../../names/output-name.ts';

/** One buffer for all files: what is in it counts only within one call. */
const head = new Uint8Array(headBytes);

/** After how many files others get their turn. */
const mostInARow = 32;
let opened = 0;

/**
 * The format of a file by its first bytes. Each is read synchronously, which is faster than a turn of libuv's threads; asked
 * are only the few files whose names do not tell.
 * @returns `undefined` if it is no known image, or cannot be read.
 */
export async function contentOfFile(path: string): Promise<ImageFormat | undefined> {
  opened += 1;
  if (opened % mostInARow === 0) await new Promise((resolve) => setImmediate(resolve));
  try {
    return contentNow(path);
  } catch (error) {
    // What is found must not depend on how many files are open at the moment.
    return againWithRoomForFiles(error, () => contentNow(path)).catch(() => undefined);
  }
}

function contentNow(path: string): ImageFormat | undefined {
  const { file } = openInput(path);
  try {
    return sniffImage(head.subarray(0, readSync(file, head, 0, headBytes, 0)), extensionOf(path));
  } finally {
    closeSync(file);
  }
}

/** The formats of the files whose names do not tell them, as a walk of their folder would find. */
export async function contentsOf(paths: readonly string[]): Promise<ReadonlyMap<string, WrittenFormat>> {
  const contents = new Map<string, WrittenFormat>();
  for (const path of paths) {
    const kept = kindOfName(path) === 'read' ? undefined : (await contentOfFile(path))?.kept;
    if (kept) contents.set(path, kept);
  }
  return contents;
}
