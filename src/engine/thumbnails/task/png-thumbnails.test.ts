import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { noise, randomFrom } from '../../../../test/codecs/jpeg/samples.ts';
import { apart, exif, kinds, pictureSample, pixels, recipeFor } from '../../../../test/codecs/png/samples.ts';
import { filtered, samplesPerPixel, writePng } from '../../../../test/codecs/png/write-png.ts';
import { readChunks } from '../../../codecs/png/chunks.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { fits } from '../../../shared/settings/choices.ts';
import { pngThumbnails } from './png-thumbnails.ts';
import { sharpThumbnails } from './sharp-thumbnail.ts';

/** Makes thumbnails by the kernel and expects that it does not leave the image to sharp. */
function ours(png: Uint8Array, settings: Partial<ThumbnailRecipe> = {}) {
  const made = pngThumbnails(png, 'a.png', recipeFor(settings), ['png']);
  const [first] = made ?? [];
  if (!first) throw new Error('The kernel refused the image.');
  return first;
}

async function theirs(png: Uint8Array, settings: Partial<ThumbnailRecipe> = {}) {
  const [first] = await sharpThumbnails(png, recipeFor(settings), ['png'], 'refused');
  if (!first) throw new Error('no thumbnail');
  return first;
}

async function compared(png: Uint8Array, settings: Partial<ThumbnailRecipe> = {}) {
  const [made, reference] = [ours(png, settings), await theirs(png, settings)];
  expect([made.width, made.height]).toEqual([reference.width, reference.height]);
  const [a, b] = await Promise.all([made, reference].map(({ data }) => sharp(data).metadata()));
  expect(a).toMatchObject({ format: 'png', width: b?.width, height: b?.height, hasAlpha: b?.hasAlpha });
  return apart(made.data, reference.data);
}

const box = (width: number, height = width) => ({ box: { width, height } });

describe('a PNG thumbnail is what sharp makes of it', () => {
  it.each(kinds)('of %s with %i bits', async (colourType, bitDepth) => {
    const sample = pictureSample(203, 151, colourType, bitDepth);
    for (let filterType = 0; filterType < 5; filterType++) {
      const { mean, max } = await compared(writePng({ ...sample, filterType: () => filterType }), box(75));
      // With one or two bits there are only edges, which each filter treats differently.
      expect(mean, `filter type ${filterType}`).toBeLessThan(bitDepth < 4 ? 6 : 1.2);
      if (bitDepth >= 4) expect(max).toBeLessThan(45);
    }
  });

  it.each(kinds)('to the last bit where nothing is scaled: %s with %i bits', async (colourType, bitDepth) => {
    for (const [width, height] of [
      [1, 1],
      [2, 3],
      [5, 1],
      [17, 33],
      [64, 9],
    ] as const) {
      const sample = pictureSample(width, height, colourType, bitDepth);
      const png = writePng({ ...sample, filterType: (y) => (y * 3 + 4) % 5 });
      const { data } = await pixels(ours(png).data);
      expect(data.equals((await pixels((await theirs(png)).data)).data), `${width}×${height}`).toBe(true);
    }
  });

  it.each(fits)('with fit %s, upright by any orientation, to the pixel', { timeout: 60_000 }, async (fit) => {
    const random = randomFrom(fits.indexOf(fit) + 40);
    const side = (most: number) => 1 + Math.floor(random() * most);
    for (let orientation = 1; orientation <= 8; orientation++) {
      for (let i = 0; i < 8; i++) {
        const [colourType, bitDepth] = kinds[Math.floor(random() * kinds.length)] ?? ['truecolour', 8];
        const sample = pictureSample(side(i % 3 ? 300 : 40), side(i % 4 ? 300 : 40), colourType, bitDepth);
        const png = writePng({
          ...sample,
          filterType: (y) => y % 5,
          chunks: [...(sample.chunks ?? []), ['eXIf', exif(orientation)]],
        });
        const about = `${sample.width}×${sample.height} ${colourType} ${bitDepth} turned ${orientation}`;
        const { mean } = await compared(png, { fit, ...box(side(i % 2 ? 200 : 60), side(120)) });
        expect(mean, about).toBeLessThan(bitDepth < 4 ? 12 : 4);
      }
    }
  });

  it('of any size of image, down to a line', { timeout: 60_000 }, async () => {
    const random = randomFrom(8);
    for (let i = 0; i < 60; i++) {
      const [width, height] = [1 + Math.floor(random() * 400), 1 + Math.floor(random() * (i % 3 ? 400 : 4))];
      const png = writePng(pictureSample(width, height, i % 2 ? 'truecolour' : 'truecolour-alpha', 8));
      const { mean } = await compared(png, box(1 + Math.floor(random() * 90), 1 + Math.floor(random() * 90)));
      expect(mean, `${width}×${height}`).toBeLessThan(5);
    }
  });

  it('is as near to the whole image scaled by Lanczos 3 as sharp’s own', async () => {
    const { data, width, height } = noise(400, 300);
    const image = sharp(data, { raw: { width, height, channels: 3 } }).blur(2);
    const png = await image.png().toBuffer();
    const raw = await image.raw().toBuffer();
    // Reduced from four times the size, where sharp's shortcut for large reductions no longer has an effect.
    const full = await sharp(raw, { raw: { width, height, channels: 3 } })
      .resize(1600, 1200, { kernel: 'cubic' })
      .resize(100, 75, { kernel: 'lanczos3' })
      .png()
      .toBuffer();
    const [made, reference] = [ours(png, box(100)), await theirs(png, box(100))];
    expect((await apart(made.data, full)).mean).toBeLessThan((await apart(reference.data, full)).mean + 0.5);
  });

  it('in several sizes from one reading', async () => {
    const png = writePng(pictureSample(300, 200, 'truecolour-alpha', 8));
    const boxes = [20, 64, 133, 150].map((side) => ({ width: side, height: side }));
    const [first, ...further] = boxes;
    if (!first) throw new Error('no box');
    const made = pngThumbnails(png, 'a.png', recipeFor({ box: first, furtherBoxes: further }), ['png']);
    expect(made?.map(({ width, height }) => [width, height])).toEqual([
      [20, 13],
      [64, 43],
      [133, 89],
      [150, 100],
    ]);
    for (const [i, one] of boxes.entries()) {
      const alone = ours(png, { box: one });
      expect(Buffer.compare(made?.[i]?.data ?? Buffer.alloc(0), alone.data)).toBe(0);
    }
  });
});

describe('transparency', () => {
  it('of a palette is kept, also where only some entries have it', async () => {
    for (const bitDepth of [1, 2, 4, 8]) {
      const sample = pictureSample(120, 90, 'indexed', bitDepth);
      const entries = 2 ** bitDepth;
      const alphas = Buffer.from(
        Array.from({ length: Math.ceil(entries / 2) }, (_, i) => (i * 255) / entries),
      );
      const png = writePng({ ...sample, chunks: [...(sample.chunks ?? []), ['tRNS', alphas]] });
      expect((await compared(png, box(60))).mean, `${bitDepth} bits`).toBeLessThan(bitDepth < 4 ? 10 : 3);
    }
  });

  it.each([1, 2, 4, 8])('of one grey of %i bits is kept', async (bitDepth) => {
    const grey = Math.floor(0.55 * 2 ** bitDepth);
    const png = writePng({
      ...pictureSample(40, 30, 'greyscale', bitDepth),
      chunks: [['tRNS', Buffer.of(0, grey)]],
    });
    const { mean, max } = await compared(png, box(40));
    expect([mean, max]).toEqual([0, 0]);
    expect((await compared(png, box(20))).mean).toBeLessThan(16);
  });

  it('of one colour is kept', async () => {
    const sample = pictureSample(64, 48, 'truecolour', 8);
    const colour = [0, 1, 2].map((channel) => sample.sample(20, 20, channel));
    const chunk = Buffer.from(colour.flatMap((value) => [0, value]));
    const png = writePng({ ...sample, chunks: [['tRNS', chunk]] });
    expect((await compared(png, box(64))).max).toBe(0);
    expect((await pixels(ours(png).data)).data[(20 * 64 + 20) * 4 + 3]).toBe(0);
    expect((await compared(png, box(32))).mean).toBeLessThan(3);
  });

  it('does not let hidden colours bleed into what is seen', async () => {
    const png = writePng({
      width: 100,
      height: 100,
      colourType: 'truecolour-alpha',
      bitDepth: 8,
      // Opaque blue beside red that is fully transparent, or nearly enough to become so.
      sample: (x, y, channel) => (x < 50 ? [0, 0, 255, 255] : [255, 0, 0, y % 8 ? 0 : 1])[channel] ?? 0,
    });
    const { data } = await pixels(ours(png, box(21)).data);
    for (let i = 0; i < data.length; i += 4) {
      expect([data[i], data[i + 2]]).toEqual([0, (data[i + 3] ?? 0) > 0 ? 255 : 0]);
    }
  });
});

describe('the file', () => {
  it('has each scanline filtered by the type that leaves the smallest sum of magnitudes', async () => {
    for (const colourType of ['greyscale', 'truecolour', 'greyscale-alpha', 'truecolour-alpha'] as const) {
      const made = ours(writePng(pictureSample(237, 170, colourType, 8)), box(75)).data;
      const [, idat] = readChunks(made).chunks;
      const scanlines = inflateSync(idat?.data ?? Buffer.alloc(0));
      const { data, info } = await sharp(made).raw().toBuffer({ resolveWithObject: true });
      // sharp returns greys as three equal samples.
      const grey = colourType.startsWith('grey');
      const samples = grey ? data.filter((_value, i) => [0, 3].includes(i % info.channels)) : data;
      const pixelBytes = samplesPerPixel[colourType];
      const rowBytes = 75 * pixelBytes;
      const magnitudes = (row: Buffer) => row.reduce((sum, byte) => sum + Math.min(byte, 256 - byte), 0);
      for (let y = 0; y < info.height; y++) {
        const rowAt = (line: number) => Buffer.from(samples.subarray(line * rowBytes, (line + 1) * rowBytes));
        const above = y > 0 ? rowAt(y - 1) : undefined;
        const rows = [0, 1, 2, 3, 4].map((type) => filtered(rowAt(y), above, type, pixelBytes));
        const sums = rows.map(magnitudes);
        const best = sums.indexOf(Math.min(...sums));
        const written = scanlines.subarray(y * (rowBytes + 1), (y + 1) * (rowBytes + 1));
        expect(written.equals(Buffer.concat([Buffer.of(best), rows[best] ?? Buffer.alloc(0)]))).toBe(true);
      }
    }
  });

  it('is not larger than sharp’s', async () => {
    for (const side of [75, 256]) {
      const png = writePng(pictureSample(700, 500, 'truecolour', 8));
      expect(ours(png, box(side)).data.length).toBeLessThan((await theirs(png, box(side))).data.length);
    }
  });

  it('of a grey image is grey', async () => {
    const png = writePng(pictureSample(100, 80, 'greyscale', 4));
    expect(ours(png).data[25]).toBe(0);
    expect(ours(png, { fit: 'contain', ...box(60) }).data[25]).toBe(4);
  });
});
