import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { profiled } from '../../../../test/images/profiled.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import type { Attempt, Gathered, Saved } from '../protocol/protocol.ts';
import { ThumbnailsAtOnce } from './thumbnails-at-once.ts';

const url = 'http://host/a.jpg';
const sha256 = '00';
const red = (width = 200, height = 100) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } });
/** Noise does not compress: it needs as many bytes as a photograph of some megapixels. */
const noise = () =>
  sharp({
    create: {
      width: 900,
      height: 900,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

function inFolder(settings = {}) {
  const folder = tempFolder();
  const thumbs = join(folder, 'thumbs');
  mkdirSync(thumbs);
  const recipe = thumbnailRecipeSchema.parse(settings);
  return {
    folder,
    made: () => readdirSync(thumbs),
    atOnce: new ThumbnailsAtOnce({ recipe, folder: thumbs, durable: false }),
  };
}

function gathered(bytes: Uint8Array, name = 'a.jpg'): Gathered {
  const body = new Uint8Array(bytes);
  return { kind: 'gathered', bytes: body.length, body, name, sha256 };
}

describe('a body in memory', () => {
  let photo: Buffer;
  beforeAll(async () => {
    photo = await red().jpeg().toBuffer();
  });

  test('of a small JPEG file has its thumbnail at once, and is handed on no more', () => {
    const { atOnce, made } = inFolder();
    const attempt = atOnce.with(gathered(photo), { url, name: 'a.jpg' });
    expect(attempt).toMatchObject({ kind: 'gathered', bytes: photo.length, sha256 });
    expect(attempt).toMatchObject({
      thumbnail: {
        status: 'done',
        value: { produced: { bytesIn: photo.length, width: 75, height: 38, via: 'kernel' } },
      },
    });
    expect(attempt).not.toHaveProperty('body');
    expect(made()).toEqual(['a.jpg']);
  });

  test('is left to the other threads where the thumbnail is to keep its colours, or more', async () => {
    const ofScreen = profiled(photo, 'jpeg');
    for (const settings of [{ colour: 'keep' }, { colour: 'p3' }, { keep: 'all' }]) {
      const { atOnce, made } = inFolder(settings);
      const attempt = gathered(ofScreen);
      expect(atOnce.with(attempt, { url, name: 'a.jpg' })).toBe(attempt);
      expect(made()).toEqual([]);
    }
  });

  test('that the answer gave an extension has it under that name', () => {
    const { atOnce, made } = inFolder();
    atOnce.with(gathered(photo, '17.jpg'), { url: 'http://host/17', name: '17' });
    expect(made()).toEqual(['17.jpg']);
  });

  test.each([
    ['the answer gave another name, which may be taken', () => gathered(photo, 'b.jpg')],
    ['it is large', async () => gathered(await noise().jpeg({ quality: 100 }).toBuffer())],
    ['it is no JPEG file', async () => gathered(await red().png().toBuffer())],
    [
      'its colours are not for the kernel',
      async () => gathered(await red().toColourspace('cmyk').jpeg().toBuffer()),
    ],
  ])('is handed on untouched where %s', async (_reason, make) => {
    const { atOnce, made } = inFolder();
    const attempt = await make();
    expect(atOnce.with(attempt, { url, name: 'a.jpg' })).toBe(attempt);
    expect(made()).toEqual([]);
  });

  test('is handed on untouched where another format is asked for', () => {
    const { atOnce } = inFolder({ format: 'webp' });
    const attempt = gathered(photo);
    expect(atOnce.with(attempt, { url, name: 'a.jpg' })).toBe(attempt);
  });

  test('that is cut off has a failed thumbnail, and nothing is written', () => {
    const { atOnce, made } = inFolder();
    const attempt = atOnce.with(gathered(photo.subarray(0, 400)), { url, name: 'a.jpg' });
    expect(attempt).toMatchObject({ thumbnail: { status: 'failed', error: { code: 'TRUNCATED_IMAGE' } } });
    expect(made()).toEqual([]);
  });
});

describe('a file that was saved', () => {
  const saved = (folder: string, bytes: Uint8Array): Saved => {
    const output = join(folder, 'a.jpg');
    writeFileSync(output, bytes);
    return { kind: 'saved', output, madeAt: Date.now(), bytes: bytes.length, received: bytes.length, sha256 };
  };

  test('has its thumbnail at once where it is a small JPEG file', async () => {
    const { folder, atOnce, made } = inFolder();
    const attempt = saved(folder, await red().jpeg().toBuffer());
    expect(atOnce.with(attempt, { url, name: 'a.jpg' })).toMatchObject({
      ...attempt,
      thumbnail: {
        status: 'done',
        value: { produced: { output: join(folder, 'thumbs', 'a.jpg'), width: 75 } },
      },
    });
    expect(made()).toEqual(['a.jpg']);
  });

  test('is left to other threads where it is large or no JPEG file', async () => {
    const { folder, atOnce } = inFolder();
    for (const bytes of [await noise().jpeg({ quality: 100 }).toBuffer(), await red().png().toBuffer()]) {
      const attempt = saved(folder, bytes);
      expect(atOnce.with(attempt, { url, name: 'a.jpg' })).toEqual(attempt);
    }
  });
});

test('what is no image that arrived stays as it is', () => {
  const { atOnce } = inFolder();
  const attempt: Attempt = { kind: 'unchanged', output: '/a.jpg' };
  expect(atOnce.with(attempt, { url, name: 'a.jpg' })).toBe(attempt);
});
