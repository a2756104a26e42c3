import type { ImageFormat } from '../../../shared/image-formats.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { againWithRoomForFiles } from '../../files/room-for-files.ts';
import { extensionOf, kindOfName } from '../../names/output-name.ts';
import { formatOfContent } from '../formats/format-of-content.ts';
import { withFileBytes } from '../formats/with-file-bytes.ts';

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
  return withFileBytes(path, (file) => formatOfContent(file, extensionOf(path)));
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
