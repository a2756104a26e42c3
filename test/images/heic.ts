import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sharp } from 'sharp';
import { needs } from '../needs.ts';
import { type HeifItem, property } from './write-heif.ts';

export const withHeifEnc = needs("libheif's heif-enc", spawnSync('heif-enc', ['--help']).error === undefined);

/** A HEIC file as libheif's encoder writes it, of a picture in PNG or JPEG. */
export function heicOf(picture: Uint8Array, ...args: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-test-'));
  try {
    const isPng = picture[0] === 0x89;
    const [from, to] = [join(folder, isPng ? 'a.png' : 'a.jpg'), join(folder, 'a.heic')];
    writeFileSync(from, picture);
    execFileSync('heif-enc', [...args, from, '-o', to], { stdio: 'ignore' });
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A picture in HEVC, for files of our own around it. */
export interface Hevc {
  readonly item: HeifItem;
  readonly width: number;
  readonly height: number;
}

/** Encodes a picture by itself. @param args for the encoder. */
export async function hevcOf(picture: Sharp, ...args: readonly string[]): Promise<Hevc> {
  const png = await picture.png().toBuffer({ resolveWithObject: true });
  const { width, height } = png.info;
  const file = heicOf(png.data, '--no-alpha', ...args);
  const hvcC = boxIn(file, 'hvcC');
  const mdat = boxIn(file, 'mdat').subarray(8);
  return {
    item: { type: 'hvc1', data: mdat, properties: [hvcC, property.size(width, height)] },
    width,
    height,
  };
}

/** The first box of a type, whatever it is in. */
function boxIn(file: Buffer, type: string): Buffer {
  const at = file.indexOf(type, 0, 'latin1') - 4;
  if (at < 0) throw new Error(`There is no ${type}.`);
  return file.subarray(at, at + file.readUInt32BE(at));
}
