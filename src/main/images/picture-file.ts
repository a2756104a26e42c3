import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { StoredItem } from '../views/row-store.ts';
import type { ThumbImage } from './thumb-registry.ts';

const types: Readonly<Record<string, ThumbImage['type']>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jpe': 'image/jpeg',
  '.jfif': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
};

/** Larger files are not shown in the page: they are no thumbnails and would make the list slow. */
const mostBytes = 1024 * 1024;

/** The file to show for an item in the page, if any: its thumbnail, or an output that is small enough. */
export function pictureOf({ state, output, thumbnail, bytesOut = 0 }: StoredItem): string | undefined {
  if (state !== 'done' && state !== 'skipped') return undefined;
  const path = thumbnail ?? (bytesOut <= mostBytes ? output : undefined);
  return path !== undefined && typeOf(path) !== undefined ? path : undefined;
}

export async function readPicture(path: string, most = mostBytes): Promise<ThumbImage | undefined> {
  const type = typeOf(path);
  if (type === undefined) return undefined;
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  if (size > most) return undefined;
  const bytes = new Uint8Array(size);
  const { bytesRead } = await file.read(bytes, 0, size, 0);
  return { type, bytes: bytes.subarray(0, bytesRead) };
}

/** The type of a file that the page can show, by its name. */
export function typeOf(path: string): ThumbImage['type'] | undefined {
  return types[extname(path).toLowerCase()];
}
