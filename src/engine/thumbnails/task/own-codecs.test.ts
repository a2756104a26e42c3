import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../../test/codecs/jpeg/samples.ts';
import { apart, recipeFor } from '../../../../test/codecs/png/samples.ts';
import { sampleJpeg } from '../../../../test/images/sample-images.ts';
import { noise, plain } from '../../../../test/images/test-images.ts';
import { imageOnly } from '../../../codecs/webp/image-only.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { fits, type WrittenFormat } from '../../../shared/settings/choices.ts';
import { renderBytes } from './render.ts';
import { renderBySharp } from './render-by-sharp.ts';
import { sharpThumbnails } from './sharp-thumbnail.ts';

/** Makes one thumbnail, and expects that one of our codecs decodes the image. */
async function ours(bytes: Uint8Array, format: WrittenFormat, settings: Partial<ThumbnailRecipe>) {
  const { via, renditions } = await renderBytes(bytes, 'a', recipeFor(settings), [format]);
  expect(via).toBe('kernel');
  const [first] = renditions;
  if (!first) throw new Error('no thumbnail');
  return first;
}

/** Makes it by ours and by sharp, of the same size. @returns how far their pixels are apart. */
async function compared(bytes: Uint8Array, format: WrittenFormat, settings: Partial<ThumbnailRecipe> = {}) {
  const made = await ours(bytes, format, settings);
  const [reference] = await sharpThumbnails(bytes, recipeFor(settings), [format], 'refused');
  if (!reference) throw new Error('no thumbnail');
  expect([made.width, made.height]).toEqual([reference.width, reference.height]);
  const [a, b] = await Promise.all([made, reference].map(({ data }) => sharp(data).metadata()));
  expect(a).toMatchObject({ format: b?.format, width: b?.width, height: b?.height, hasAlpha: b?.hasAlpha });
  return apart(made.data, reference.data);
}

/** A photograph's pixels with an alpha channel that rises from left to right. */
async function fading(width: number, height: number): Promise<Sharp> {
  const photo = sharp(await sampleJpeg(3, width, height)).ensureAlpha();
  const { data, info } = await photo.raw().toBuffer({ resolveWithObject: true });
  for (let i = 3, x = 0; i < data.length; i += 4, x = (x + 1) % width) data[i] = (255 * x) / width;
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } });
}

const photo = async (width = 400, height = 300) => sharp(await sampleJpeg(3, width, height));
const box = (width: number, height = width) => ({ box: { width, height } });

describe('what our codecs make of an image is what sharp makes of it', () => {
  it.each<WrittenFormat>(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'])(
    'in %s',
    { timeout: 60_000 },
    async (format) => {
      const image = await photo();
      const inputs = {
        jpeg: await image.clone().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
        grey: await image.clone().toColourspace('b-w').jpeg({ quality: 95 }).toBuffer(),
        png: await image.clone().png().toBuffer(),
        webp: await image.clone().webp({ quality: 95 }).toBuffer(),
        lossless: await image.clone().webp({ lossless: true }).toBuffer(),
      };
      for (const [name, bytes] of Object.entries(inputs)) {
        const { mean } = await compared(bytes, format, { ...box(90), quality: 90 });
        // A palette of its own is another one already for pixels that are a step apart.
        expect(mean, name).toBeLessThan(format === 'gif' ? 6 : 2.5);
      }
    },
  );

  it.each(fits)('with fit %s, upright by any orientation', { timeout: 60_000 }, async (fit) => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const image = (await photo(203, 151)).withMetadata({ orientation });
      const settings = { ...box(80, 60), fit };
      for (const bytes of [
        await image.clone().jpeg({ quality: 95 }).toBuffer(),
        await image.clone().webp({ quality: 95 }).toBuffer(),
      ]) {
        for (const format of ['webp', 'png', 'avif'] as const) {
          expect((await compared(bytes, format, settings)).mean, `${format}, ${orientation}`).toBeLessThan(3);
        }
      }
    }
  });

  it('with transparency, which JPEG shows as white', async () => {
    const image = await fading(300, 200);
    for (const bytes of [
      await image.clone().webp({ quality: 95 }).toBuffer(),
      await image.clone().webp({ lossless: true }).toBuffer(),
      await image.clone().png().toBuffer(),
    ]) {
      for (const format of ['webp', 'png', 'jpeg'] as const) {
        expect((await compared(bytes, format, { ...box(75), quality: 90 })).mean, format).toBeLessThan(3);
      }
    }
  });

  it('in several sizes', async () => {
    const further = [{ width: 40, height: 40 }];
    for (const bytes of [await (await photo()).jpeg().toBuffer(), await (await photo()).webp().toBuffer()]) {
      const recipe = recipeFor({ ...box(120), furtherBoxes: further });
      const { renditions } = await renderBytes(bytes, 'a', recipe, ['webp']);
      expect(renditions.map(({ width, height }) => [width, height])).toEqual([
        [120, 90],
        [40, 30],
      ]);
      const alone = await ours(bytes, 'webp', box(40));
      // The smaller one of a JPEG is made of more samples than alone.
      expect((await apart(renditions[1]?.data ?? Buffer.alloc(0), alone.data)).mean).toBeLessThan(3);
    }
  });

  it('down to one pixel and of any noise', async () => {
    for (const [width, height] of [
      [1, 1],
      [2, 3],
      [17, 1],
      [75, 75],
      [76, 900],
    ] as const) {
      const bytes = await noise(width, height).webp({ lossless: true }).toBuffer();
      expect((await compared(bytes, 'png', box(75))).mean, `${width}×${height}`).toBeLessThan(4);
    }
  });
});

describe('libwebp without sharp', () => {
  it('writes the same bytes for the same pixels', async () => {
    for (const [image, quality] of [
      [await photo(60, 45), 80],
      [await photo(60, 45), 1],
      [await fading(60, 45), 55],
      [(await photo(33, 21)).toColourspace('b-w'), 100],
    ] as const) {
      const bytes = await image.clone().png().toBuffer();
      const made = await ours(bytes, 'webp', { ...box(60), quality });
      expect(Buffer.compare(made.data, await sharp(bytes).webp({ quality }).toBuffer())).toBe(0);
    }
  });

  it.each([
    ['an animation', async () => animation()],
    ['another profile', async () => (await photo()).withIccProfile('p3').webp().toBuffer()],
    ['more than 8 MP', async () => plain(4000, 2200).webp().toBuffer()],
  ])('leaves %s to sharp', { timeout: 30_000 }, async (_name, write) => {
    const { via, renditions } = await renderBytes(await write(), 'a.webp', recipeFor({}), ['webp']);
    expect(via).toBe('sharp');
    expect(renditions).toHaveLength(1);
  });

  it('leaves damage to sharp, which names it', async () => {
    const whole = await (await photo()).webp().toBuffer();
    const cut = whole.subarray(0, whole.length / 2);
    await expect(renderBytes(cut, 'a.webp', recipeFor({}), ['webp'])).rejects.toMatchObject({
      code: 'TRUNCATED_IMAGE',
    });
  });
});

it('a damaged WebP ends as it does by sharp alone', { timeout: 120_000 }, async () => {
  const random = randomFrom(11);
  const wholes = [
    await (await photo(120, 90)).webp().toBuffer(),
    await (await photo(120, 90)).webp({ lossless: true }).toBuffer(),
    await (await fading(120, 90)).withMetadata({ orientation: 6 }).webp().toBuffer(),
  ];
  const ends = { done: 0, failed: 0 };
  for (let i = 0; i < 300; i++) {
    const bytes = Buffer.from(wholes[i % wholes.length] ?? Buffer.alloc(0));
    // Most damage of the pixels is no error to any decoder, so that half of it is near the beginning.
    const most = i % 2 ? bytes.length : 60;
    for (let n = 0; n < 1 + random() * 3; n++) bytes[Math.floor(random() * most)] = random() * 256;
    const file = i % 5 ? bytes : bytes.subarray(0, random() * bytes.length);
    const codeOf = (made: Promise<unknown>) =>
      made.then(
        () => 'done',
        ({ code }) => code as string,
      );
    const own = await codeOf((async () => renderBytes(file, 'a.webp', recipeFor({}), ['png']))());
    const alone = await codeOf(renderBySharp(file, 'a.webp', recipeFor({}), ['png']));
    expect(own, `file ${i}`).toBe(alone);
    ends[own === 'done' ? 'done' : 'failed']++;
  }
  expect(Math.min(ends.done, ends.failed)).toBeGreaterThan(30);
});

it('a damaged progressive JPEG ends alike in every format', { timeout: 120_000 }, async () => {
  const random = randomFrom(12);
  const whole = await noise(1200, 900)
    .jpeg({ progressive: true, chromaSubsampling: '4:2:0', quality: 60 })
    .toBuffer();
  const ends = new Set<string>();
  for (let i = 0; i < 60; i++) {
    const bytes = Buffer.from(whole);
    // Behind the first scan, which has the coarse values of all components.
    const at = Math.floor(bytes.length * (0.15 + 0.84 * random()));
    for (let n = 0; n < 40; n++) bytes[at + n] = random() * 256;
    const endOf = async (format: WrittenFormat) =>
      (async () => renderBytes(bytes, 'a.jpg', recipeFor(box(75)), [format]))().then(
        ({ warning }) => `done ${warning}`,
        ({ code, message }) => `${code} ${message}`,
      );
    const [jpeg, ...others] = [await endOf('jpeg'), await endOf('webp'), await endOf('png')];
    expect(others, `file ${i}`).toEqual([jpeg, jpeg]);
    ends.add(jpeg?.split(' ')[0] ?? '');
  }
  expect([...ends]).toContain('done');
});

it('a WebP of two images is left to sharp, which refuses it', async () => {
  const one = await (await photo(40, 30)).webp({ lossless: true }).toBuffer();
  const chunk = one.subarray(12);
  const canvas = Buffer.from('VP8X\x0a\0\0\0\0\0\0\0\x27\0\0\x1d\0\0', 'latin1');
  const twice = Buffer.concat([one.subarray(0, 12), canvas, chunk, chunk]);
  twice.writeUInt32LE(twice.length - 8, 4);
  expect(imageOnly(twice)).toBeUndefined();
  await expect((async () => renderBytes(twice, 'a.webp', recipeFor({}), ['png']))()).rejects.toMatchObject({
    code: 'CORRUPT_IMAGE',
  });
});

function animation(): Promise<Buffer> {
  const frames = Buffer.concat([Buffer.alloc(20 * 20 * 3, 10), Buffer.alloc(20 * 20 * 3, 200)]);
  return sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer();
}

it('an orientation in EXIF turns a WebP that has an alpha channel', async () => {
  const bytes = await (await fading(80, 40)).withMetadata({ orientation: 6 }).webp().toBuffer();
  expect(await ours(bytes, 'webp', box(75))).toMatchObject({ width: 38, height: 75 });
});
