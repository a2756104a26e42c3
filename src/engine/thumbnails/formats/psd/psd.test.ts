import sharp from 'sharp';
import { expect, test } from 'vitest';
import { rendered } from '../../../../../test/images/rendered.ts';
import { type PsdSample, writePsd } from '../../../../../test/images/write-psd.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { psdReader } from './psd-reader.ts';

const [width, height] = [9, 4];
const settings = { name: 'a.psd', maxPixels: 1_000_000 };
/** One value for the whole of each channel, but for the last pixel, which is 0. */
const plane = (value: number) => Buffer.alloc(width * height, value).fill(0, width * height - 1);
const planes = (...values: readonly number[]) => values.map(plane);
const rgb: PsdSample = { width, height, mode: 3, channels: planes(200, 100, 50) };

async function pixelsOf(sample: PsdSample | Buffer, suffices = () => true) {
  const file = Buffer.isBuffer(sample) ? sample : writePsd(sample);
  const picture = await psdReader.open(bytesInMemory(file), settings);
  return picture.pixels(suffices);
}

async function firstPixel(sample: PsdSample): Promise<number[]> {
  const pixels = await pixelsOf(sample);
  if (pixels.kind === 'raster') return [...pixels.raster.pixels.subarray(0, pixels.raster.channels)];
  const { data } = await sharp(pixels.bytes)
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, 3)];
}

const floats = (value: number) => {
  const bytes = Buffer.alloc(4 * width * height);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeFloatBE(value, at);
  return bytes;
};
const shorts = (value: number) => Buffer.alloc(2 * width * height, Buffer.from([value >> 8, value & 255]));
const table = Buffer.concat([Buffer.alloc(256, 10), Buffer.alloc(256, 20), Buffer.alloc(256, 30)]);

test.each<[string, PsdSample, number[]]>([
  ['RGB', rgb, [200, 100, 50]],
  ['RGB in runs', { ...rgb, packed: true }, [200, 100, 50]],
  ['a large document', { ...rgb, packed: true, large: true }, [200, 100, 50]],
  ['RGB of 16 bits', { ...rgb, depth: 16, channels: [51_400, 25_700, 12_850].map(shorts) }, [200, 100, 50]],
  [
    'RGB of 32 bits, linear in light',
    { ...rgb, depth: 32, channels: [1, 0.2159, 0].map(floats) },
    [255, 128, 0],
  ],
  ['a channel that is a selection', { ...rgb, channels: planes(200, 100, 50, 7), layers: 2 }, [200, 100, 50]],
  ['greyscale', { width, height, mode: 1, channels: planes(77) }, [77]],
  ['a duotone', { width, height, mode: 8, channels: planes(77) }, [77]],
  ['indexed colours', { width, height, mode: 2, channels: planes(5), table }, [10, 20, 30]],
  [
    'black and white',
    { width, height, mode: 0, depth: 1, channels: [Buffer.alloc(2 * height, 0x7f)] },
    [255],
  ],
  [
    'transparency, taken off white',
    { ...rgb, channels: planes(228, 178, 153, 128), layers: -1 },
    [201, 102, 52, 128],
  ],
])('%s is read', async (_, sample, expected) => {
  expect(await firstPixel(sample)).toEqual(expected);
});

test('inks become colours, which no ink leaves white', async () => {
  const inks = (...values: readonly number[]) => ({
    width,
    height,
    mode: 4,
    channels: values.map((value) => Buffer.alloc(width * height, value)),
  });
  expect(Math.min(...(await firstPixel(inks(255, 255, 255, 255))))).toBeGreaterThan(250);
  expect(Math.max(...(await firstPixel(inks(255, 255, 255, 0))))).toBeLessThan(60);
  const [red = 0, green = 0, blue = 0] = await firstPixel(inks(255, 0, 0, 255));
  expect(red).toBeGreaterThan(200);
  expect(Math.max(green, blue)).toBeLessThan(70);
});

test('Lab becomes sRGB as by a table of colours', async () => {
  // sRGB's red, green and grey, in Lab with D50.
  const lab = (...values: readonly number[]) =>
    firstPixel({ width, height, mode: 9, channels: planes(...values) });
  const near = (one: readonly number[], other: readonly number[]) =>
    one.every((value, c) => Math.abs(value - (other[c] ?? 0)) <= 12);
  expect(near(await lab(138, 209, 198), [255, 0, 0])).toBe(true);
  expect(near(await lab(224, 49, 209), [0, 255, 0])).toBe(true);
  expect(near(await lab(137, 128, 128), [128, 128, 128])).toBe(true);
});

const jpeg = await sharp({ create: { width: 90, height: 40, channels: 3, background: '#f00' } })
  .jpeg()
  .toBuffer();
const small = Buffer.alloc(28);
small.writeUInt32BE(1, 0);
small.writeUInt32BE(90, 4);
small.writeUInt32BE(40, 8);
const thumbnail = [1036, Buffer.concat([small, jpeg])] as const;
const noFlatPicture = [1057, Buffer.from([0, 0, 0, 1, 0, 0, 0, 0])] as const;

test('its small picture is used where that suffices, and is true', async () => {
  const sample = { ...rgb, resources: [thumbnail] };
  expect(await pixelsOf(sample)).toMatchObject({ kind: 'jpeg' });
  expect(await pixelsOf(sample, () => false)).toMatchObject({ kind: 'raster' });
  expect(await pixelsOf({ ...sample, channels: planes(1, 2, 3, 4), layers: -1 })).toMatchObject({
    kind: 'raster',
  });
  expect(await pixelsOf({ ...sample, resources: [thumbnail, [1039, Buffer.alloc(200)]] })).toMatchObject({
    kind: 'raster',
  });
});

test('its small picture has no more pixels than are allowed, whatever is told of it', async () => {
  const screen = await sharp({ create: { width: 900, height: 400, channels: 3, background: '#f00' } })
    .withIccProfile('p3')
    .jpeg()
    .toBuffer();
  const resources = [[1036, Buffer.concat([small, screen])] as const];
  const made = rendered(writePsd({ ...rgb, resources }), 'jpeg', {
    box: { width: 9, height: 4 },
    maxPixels: 300_000,
  });
  await expect(made).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
});

test('without a flat picture it says so, unless the small one suffices', async () => {
  const sample = { ...rgb, resources: [noFlatPicture, thumbnail] };
  expect(await pixelsOf(sample)).toMatchObject({ kind: 'jpeg' });
  await expect(pixelsOf(sample, () => false)).rejects.toMatchObject({ code: 'NO_FLAT_PICTURE' });
});

test('profile, EXIF and XMP are handed out', async () => {
  const told = [1039, 1058, 1060].map((id) => [id, Buffer.from(`of ${id}`)] as const);
  const picture = await psdReader.open(bytesInMemory(writePsd({ ...rgb, resources: told })), settings);
  expect(
    [picture.profile, picture.exif, picture.xmp].map((bytes) => Buffer.from(bytes ?? []).toString()),
  ).toEqual(['of 1039', 'of 1058', 'of 1060']);
});

test.each<[string, Buffer, string]>([
  ['cut in its header', writePsd(rgb).subarray(0, 20), 'TRUNCATED_IMAGE'],
  ['cut in its pixels', writePsd(rgb).subarray(0, -3), 'TRUNCATED_IMAGE'],
  ['cut in its runs', writePsd({ ...rgb, packed: true }).subarray(0, -3), 'TRUNCATED_IMAGE'],
  ['multichannel', writePsd({ ...rgb, mode: 7 }), 'UNSUPPORTED_IMAGE'],
  ['of no size', writePsd({ ...rgb, width: 0 }), 'CORRUPT_IMAGE'],
])('a document that is %s fails with %s', async (_, file, code) => {
  await expect(pixelsOf(file)).rejects.toMatchObject({ code });
});
