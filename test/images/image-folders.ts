import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { tempFolder } from '../temp-folder.ts';
import { makeSampleImages } from './sample-images.ts';

/** A folder of small sample JPEGs, of the test's own. */
export async function sampleFolder(count: number): Promise<string> {
  const folder = tempFolder();
  const bounds = { smallest: { width: 160, height: 120 }, largest: { width: 240, height: 180 } };
  await makeSampleImages(folder, { count, ...bounds });
  return folder;
}

/** All files below a folder, sorted, hidden ones too. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

export function partFiles(folder: string): string[] {
  return filesBelow(folder).filter((file) => file.endsWith('.part'));
}

/** The content of all files of a folder, as one hash each. */
export function hashes(folder: string, files: readonly string[]): Record<string, string> {
  const hash = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
  return Object.fromEntries(files.map((file) => [file, hash(file)]));
}

/** Decodes an image whole; rejects where any of it is missing. */
export async function decode(file: string): Promise<{ width: number; height: number }> {
  const { info } = await sharp(file, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height };
}
