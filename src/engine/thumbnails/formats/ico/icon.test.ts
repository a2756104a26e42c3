import sharp from 'sharp';
import { expect, test } from 'vitest';
import { bmpRows, writeBmp } from '../../../../../test/images/write-bmp.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { iconReader } from './icon-reader.ts';

const settings = { name: 'a.ico', maxPixels: 1_000_000 };

/** An icon of pictures, each a PNG or a bitmap without its file header. */
function writeIcon(pictures: readonly Buffer[], kind = 1): Buffer {
  const head = Buffer.from([0, 0, kind, 0, pictures.length, 0]);
  let at = 6 + 16 * pictures.length;
  const entries = pictures.map((picture) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(picture.length, 8);
    entry.writeUInt32LE(at, 12);
    at += picture.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...pictures]);
}

/** @param shown which pixels the mask shows. */
function bitmap(
  side: number,
  bits: number,
  value: number,
  shown = (x: number, _y: number) => x < side,
): Buffer {
  const palette = bits > 8 ? [] : Array.from({ length: 2 ** bits }, (_, i) => [i, 0, 0] as const);
  const data = Buffer.concat([
    bmpRows(side, side, bits, () => value),
    bmpRows(side, side, 1, (x, y) => (shown(x, y) ? 0 : 1)),
  ]);
  return writeBmp({ width: side, height: 2 * side, bits, palette, data }).subarray(14);
}

const png = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 4, background: '#00ff0080' } })
    .png()
    .toBuffer();

async function pixelsOf(icon: Buffer, needed = 1000) {
  const picture = await iconReader.open(bytesInMemory(icon), settings);
  return { size: picture.size, pixels: await picture.pixels(({ width }) => width >= needed) };
}

async function rasterOf(icon: Buffer, needed?: number) {
  const { pixels } = await pixelsOf(icon, needed);
  if (pixels.kind !== 'raster') throw new Error('Expected pixels.');
  return pixels.raster;
}

test('the smallest picture that suffices is taken, in the most colours, else the largest', async () => {
  const icon = writeIcon([bitmap(32, 8, 9), bitmap(16, 4, 1), bitmap(16, 24, 0x0000ff), await png(64)]);
  expect((await pixelsOf(icon)).size).toEqual({ width: 64, height: 64 });
  expect((await pixelsOf(icon)).pixels.kind).toBe('file');
  expect((await rasterOf(icon, 20)).width).toBe(32);
  expect([...(await rasterOf(icon, 16)).pixels.subarray(0, 4)]).toEqual([0, 0, 255, 255]);
});

test.each([1, 4, 8, 24])('of %i bits, the mask hides', async (bits) => {
  const icon = writeIcon([bitmap(16, bits, 1, (x, y) => x > 0 && y > 2)]);
  const { pixels } = await rasterOf(icon);
  const alphaAt = (x: number, y: number) => pixels[4 * (16 * y + x) + 3];
  expect([alphaAt(0, 5), alphaAt(1, 2), alphaAt(1, 3), alphaAt(15, 15)]).toEqual([0, 0, 255, 255]);
});

test('of 32 bits, alpha hides, or the mask where alpha is empty', async () => {
  const withAlpha = await rasterOf(writeIcon([bitmap(16, 32, 0x40ff0000)]));
  expect([...withAlpha.pixels.subarray(0, 4)]).toEqual([255, 0, 0, 64]);
  const without = await rasterOf(writeIcon([bitmap(16, 32, 0xff0000, (x) => x > 0)]));
  expect([without.pixels[3], without.pixels[7]]).toEqual([0, 255]);
});

test('a cursor is read as an icon is', async () => {
  expect((await rasterOf(writeIcon([bitmap(16, 8, 7)], 2))).pixels[0]).toBe(7);
});

test('a mask that is missing hides nothing', async () => {
  const icon = writeIcon([bitmap(16, 8, 7)]);
  expect((await rasterOf(icon.subarray(0, -8))).pixels[3]).toBe(255);
});

test.each([
  ['empty', Buffer.from([0, 0, 1, 0, 0, 0]), 'TRUNCATED_IMAGE'],
  ['cut in its directory', writeIcon([bitmap(16, 8, 7)]).subarray(0, 12), 'TRUNCATED_IMAGE'],
  ['cut in its pixels', writeIcon([bitmap(16, 8, 7)]).subarray(0, -200), 'TRUNCATED_IMAGE'],
])('an icon that is %s fails with %s', async (_, icon, code) => {
  await expect((async () => rasterOf(icon))()).rejects.toMatchObject({ code });
});
