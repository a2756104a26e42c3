import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { icnsTypes } from './containers.ts';
import { iconFiles } from './icon-files.ts';

const folder = join(import.meta.dirname, '../../resources/icons');
const committed = (name: string) => readFileSync(join(folder, name));

/** Numbers within the rounding of another processor's arithmetic count as the same. */
async function arePictured(one: Buffer, other: Buffer): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((each) => sharp(each).ensureAlpha().raw().toBuffer()));
  return (
    a?.length === b?.length && a?.every((value, place) => Math.abs(value - (b?.[place] ?? 0)) <= 3) === true
  );
}

it('the committed icons are what the drawing makes: otherwise run node tools/icons/make-icons.ts', async () => {
  const made = await iconFiles();
  for (const [name, bytes] of Object.entries(made)) {
    if (name.endsWith('.svg')) expect(committed(name).toString(), name).toBe(bytes.toString());
    if (name.endsWith('.png')) expect(await arePictured(committed(name), bytes), name).toBe(true);
  }
});

it('icon.ico has a whole PNG of each size that Windows asks for', async () => {
  const file = committed('icon.ico');
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1]);
  const sizes: number[] = [];
  for (let entry = 6; entry < 6 + 16 * file.readUInt16LE(4); entry += 16) {
    const start = file.readUInt32LE(entry + 12);
    const png = file.subarray(start, start + file.readUInt32LE(entry + 8));
    const { format, width, height } = await sharp(png).metadata();
    const told = file.readUInt8(entry) || 256;
    expect({ format, width, height }).toEqual({ format: 'png', width: told, height: told });
    expect(await arePictured(png, committed(`${told}x${told}.png`))).toBe(true);
    sizes.push(told);
  }
  expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
});

it('icon.icns has a PNG of the right size under each type', async () => {
  const file = committed('icon.icns');
  expect(file.toString('latin1', 0, 4)).toBe('icns');
  expect(file.readUInt32BE(4)).toBe(file.length);
  const found: Record<string, number | undefined> = {};
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const { width } = await sharp(file.subarray(at + 8, at + file.readUInt32BE(at + 4))).metadata();
    found[file.toString('latin1', at, at + 4)] = width;
  }
  expect(found).toEqual(icnsTypes);
});

it.each([16, 24, 32, 48, 64, 128, 256, 512, 1024])(
  'an icon of %i pixels is as large as it says',
  async (size) => {
    const { width, height, hasAlpha } = await sharp(committed(`${size}x${size}.png`)).metadata();
    expect({ width, height, hasAlpha }).toEqual({ width: size, height: size, hasAlpha: true });
  },
);
