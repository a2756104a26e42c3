import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../../test/temp-folder.ts';
import { contactSheetTask } from './contact-sheet.ts';

const context = { signal: new AbortController().signal, settings: undefined };
const page = {
  width: 60,
  height: 40,
  pixelsAnInch: 150,
  format: 'png',
  texts: '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>',
};
const place = { x: 10, y: 5, width: 20, height: 20 };

async function pixelAt(image: Uint8Array | undefined, x: number, y: number): Promise<readonly number[]> {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)];
}

test('what can be looked through is on white, and what is not is where it belongs', async () => {
  const folder = tempFolder();
  const glass = join(folder, 'glass.png');
  const red = join(folder, 'red.webp');
  const plain = (background: object) =>
    sharp({ create: { width: 8, height: 8, channels: 4, background } as never });
  await plain({ r: 0, g: 0, b: 255, alpha: 0 }).png().toFile(glass);
  await plain({ r: 255, g: 0, b: 0, alpha: 1 }).webp({ lossless: true }).toFile(red);
  const pictures = [
    { ...place, path: glass },
    { ...place, x: 35, path: red },
  ];
  const { images, unreadable } = await contactSheetTask({ pictures, page }, context);
  expect(unreadable).toBe(0);
  expect(await pixelAt(images[0], 20, 15)).toEqual([255, 255, 255]);
  expect(await pixelAt(images[0], 45, 15)).toEqual([255, 0, 0]);
  expect(await pixelAt(images[0], 58, 15)).toEqual([255, 255, 255]);
});

test('a picture that cannot be read is grey, and counted', async () => {
  const broken = join(tempFolder(), 'broken.jpg');
  writeFileSync(broken, 'no picture');
  const pictures = [{ ...place, path: broken }];
  const { images, unreadable } = await contactSheetTask({ pictures, page }, context);
  expect(unreadable).toBe(1);
  expect(await pixelAt(images[0], 20, 15)).toEqual([228, 228, 228]);
});

test('without a page each picture is a JPEG of its own', async () => {
  const path = join(tempFolder(), 'red.avif');
  await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
    .avif()
    .toFile(path);
  const { images } = await contactSheetTask({ pictures: [{ ...place, path }] }, context);
  const { format, width, height } = await sharp(images[0]).metadata();
  expect({ format, width, height }).toEqual({ format: 'jpeg', width: 20, height: 20 });
});

test('it ends when the run is cancelled', async () => {
  const pictures = [{ ...place, path: 'never-read.jpg' }];
  const signal = AbortSignal.abort(new Error('cancelled'));
  await expect(contactSheetTask({ pictures, page }, { ...context, signal })).rejects.toThrow('cancelled');
});
