import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleJpeg } from '../../../../test/images/sample-images.ts';
import { plain, pngHeader } from '../../../../test/images/test-images.ts';
import { tempFolder, writeFiles } from '../../../../test/temp-folder.ts';
import { thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import { writtenFormat } from '../../names/output-name.ts';
import type { PlannedThumbnail } from '../../names/plan-thumbnails.ts';
import { makeThumbnail, type ThumbnailPayload, thumbnailTask } from './thumbnail.ts';

const recipe = thumbnailRecipeSchema.parse({});

/** Makes the thumbnail, synchronously or not, as the worker does. */
async function make(image: PlannedThumbnail) {
  return makeThumbnail(image, recipe);
}

/** Tries to make a thumbnail of a file in a folder, and expects that nothing is written, not even a part. */
async function failureOf(folder: string, name: string) {
  const output = join(folder, 'out', 'thumbnail');
  mkdirSync(join(folder, 'out'), { recursive: true });
  const image = {
    input: join(folder, name),
    outputs: [output],
    formats: [writtenFormat(name, 'same')] as const,
  };
  const failure = await make(image).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(readdirSync(join(folder, 'out'))).toEqual([]);
  return failure;
}

async function failureOfBytes(bytes: Uint8Array | string, name: string) {
  const folder = tempFolder();
  writeFileSync(join(folder, name), bytes);
  return failureOf(folder, name);
}

describe('a file that is no whole image fails with a code and a sentence that names it', () => {
  test.each([
    ['an empty file', 'EMPTY_FILE', 'empty.jpg', async () => Buffer.alloc(0)],
    ['text named .jpg', 'NOT_AN_IMAGE', 'notes.jpg', async () => 'Dear diary, today I was a JPEG.'],
    ['random bytes', 'NOT_AN_IMAGE', 'random.png', async () => Buffer.from('k9#f'.repeat(500))],
    ['half a JPEG', 'TRUNCATED_IMAGE', 'half.jpg', async () => half(await sampleJpeg(1, 400, 300))],
    [
      'half a PNG',
      'TRUNCATED_IMAGE',
      'half.png',
      async () =>
        half(
          await plain(300, 300)
            .composite([{ input: await sampleJpeg(2, 300, 300) }])
            .png()
            .toBuffer(),
        ),
    ],
    ['a PNG header of 50,000×50,000', 'TOO_MANY_PIXELS', 'bomb.png', async () => pngHeader(50_000, 50_000)],
    ['a shell script named .svg', 'NOT_AN_IMAGE', 'run.svg', async () => '#!/bin/sh\nrm -rf /\n'],
  ])('%s: %s', async (_what, code, name, bytes) => {
    expect(await failureOfBytes(await bytes(), name)).toMatchObject({
      code,
      message: expect.stringContaining(name),
    });
  });

  test('a JPEG that ends within its header', async () => {
    const image = await sampleJpeg(1, 400, 300);
    for (const bytes of [2, 20, 160]) {
      expect(await failureOfBytes(image.subarray(0, bytes), 'a.jpg')).toMatchObject({
        code: expect.stringMatching(/^(NOT_AN_IMAGE|TRUNCATED_IMAGE|CORRUPT_IMAGE)$/),
      });
    }
  });
});

describe('a path that cannot be read as a file', () => {
  test('is told by its errno', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'a.jpg': 'x' });
    mkdirSync(join(folder, 'folder.jpg'));
    symlinkSync('absent.jpg', join(folder, 'broken.jpg'));
    symlinkSync('loop.jpg', join(folder, 'loop.jpg'));
    const codes = [
      ['gone.jpg', 'NOT_FOUND'],
      ['a.jpg/b.jpg', 'NOT_FOUND'],
      ['broken.jpg', 'NOT_FOUND'],
      ['loop.jpg', 'SYMLINK_LOOP'],
      ['folder.jpg', 'NOT_A_FILE'],
      [`${'x'.repeat(300)}.jpg`, 'NAME_TOO_LONG'],
    ] as const;
    for (const [name, code] of codes) {
      expect(await failureOf(folder, name), name).toMatchObject({
        code,
        message: expect.stringContaining(name),
      });
    }
  });

  test('a named pipe that nobody writes to is not waited for', async () => {
    const folder = tempFolder();
    execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
    expect(await failureOf(folder, 'pipe.jpg')).toMatchObject({ code: 'NOT_A_FILE' });
  });
});

test('an output that cannot be put in place fails, names it, and leaves no part file', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.jpg'), await sampleJpeg(1, 200, 100));
  mkdirSync(join(folder, 'out/taken.jpg/inside'), { recursive: true });
  const image = { input: join(folder, 'a.jpg'), formats: ['jpeg'] as const };
  const taken = join(folder, 'out/taken.jpg');
  await expect(make({ ...image, outputs: [taken] })).rejects.toMatchObject({
    code: 'NOT_WRITABLE',
    message: expect.stringContaining(taken),
  });
  expect(readdirSync(join(folder, 'out'))).toEqual(['taken.jpg']);
  const nowhere = join(folder, 'absent/a.jpg');
  await expect(make({ ...image, outputs: [nowhere] })).rejects.toMatchObject({
    code: 'NOT_WRITABLE',
  });
  expect(readFileSync(join(folder, 'a.jpg')).equals(await sampleJpeg(1, 200, 100))).toBe(true);
});

test('in a batch each image has its own outcome', async () => {
  const folder = tempFolder();
  const image = await sampleJpeg(1, 200, 100);
  writeFiles(folder, { 'a.jpg': image, 'empty.jpg': '', 'b.jpg': image });
  const images = ['a.jpg', 'empty.jpg', 'absent.jpg', 'b.jpg'].map((name) => ({
    input: join(folder, name),
    outputs: [join(folder, `small-${name}`)],
    formats: ['jpeg'] as const,
  }));
  const outcomes = await thumbnailTask({ recipe, images } satisfies ThumbnailPayload, {
    signal: new AbortController().signal,
    settings: undefined,
  });
  expect(
    outcomes.map((outcome) => (outcome.status === 'failed' ? outcome.error.code : outcome.status)),
  ).toEqual(['done', 'EMPTY_FILE', 'NOT_FOUND', 'done']);
});

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}
