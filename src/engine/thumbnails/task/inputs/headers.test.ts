import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { writePng } from '../../../../../test/codecs/png/write-png.ts';
import { plain } from '../../../../../test/images/test-images.ts';
import { writeGif } from '../../../../../test/images/write-gif.ts';
import { tempFolder } from '../../../../../test/temp-folder.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { readWebpHeader, type WebpHeader } from '../../../../codecs/headers/webp-header.ts';
import { thumbnailRecipeSchema } from '../../../../shared/recipe.ts';
import { sharpThumbnails } from '../sharp-thumbnail.ts';

const recipe = thumbnailRecipeSchema.parse({});

describe('the header of a WebP tells what libwebp decodes', () => {
  it.each<[string, (image: Sharp) => Sharp, Partial<WebpHeader>]>([
    ['lossy', (image) => image.webp(), {}],
    ['lossless', (image) => image.webp({ lossless: true }), {}],
    ['with alpha', (image) => image.ensureAlpha(0.5).webp(), { hasAlpha: true }],
    ['lossless with alpha', (image) => image.ensureAlpha(0.5).webp({ lossless: true }), { hasAlpha: true }],
    ['turned', (image) => image.withMetadata({ orientation: 6 }).webp(), { orientation: 6, profile: 'srgb' }],
    ['of other colours', (image) => image.withIccProfile('p3').webp(), { profile: 'other' }],
  ])('%s', async (_name, write, told) => {
    for (const [width, height] of [
      [1, 1],
      [301, 7],
      [255, 4097],
    ] as const) {
      const bytes = await write(plain(width, height)).toBuffer();
      expect(readWebpHeader(bytesInMemory(bytes))).toEqual({
        width,
        height,
        orientation: 1,
        animated: false,
        hasAlpha: false,
        profile: 'none',
        ...told,
      });
      // Cut anywhere, it is passed over or told rightly, but never wrongly.
      for (let end = 0; end < Math.min(bytes.length, 60); end++) {
        const cut = readWebpHeader(bytesInMemory(bytes.subarray(0, end)));
        if (cut) expect(cut).toMatchObject({ width, height });
      }
    }
  });
});

it('a file is made the same thumbnail of by its path, as large ones are, as from its bytes', async () => {
  const folder = tempFolder();
  const turned = (image: Sharp) => image.withMetadata({ orientation: 6 });
  const linear = Buffer.of(0, 1, 134, 160);
  const inputs = {
    jpeg: await turned(plain(200, 100)).jpeg().toBuffer(),
    png: await turned(plain(200, 100)).png().toBuffer(),
    linear: writePng({
      width: 200,
      height: 100,
      colourType: 'greyscale',
      bitDepth: 8,
      sample: (x) => x,
      chunks: [['gAMA', linear]],
    }),
    webp: await turned(plain(200, 100)).webp().toBuffer(),
    tiff: await turned(plain(200, 100)).tiff().toBuffer(),
    gif: writeGif(120, 80, [{ left: 30, top: 20, width: 60, height: 40, colour: 1 }]),
    avif: await plain(200, 100).avif().toBuffer(),
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect width="20" height="20"/></svg>'),
  };
  for (const [name, bytes] of Object.entries(inputs)) {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const [byPath] = await sharpThumbnails(path, recipe, ['png'], 'refused');
    const [byBytes] = await sharpThumbnails(bytes, recipe, ['png'], 'refused');
    expect(byPath, name).toEqual(byBytes);
  }
});

it('Display P3 of 16 bits a sample is converted as that of 8, in TIFF and AVIF too', async () => {
  // sRGB's #c86432, which has other numbers in Display P3.
  const p3 = await plain(60, 60, '#c86432').withIccProfile('p3').png().toBuffer();
  const eight = await sharp(p3).keepIccProfile().tiff({ compression: 'none' }).toBuffer();
  const sixteen = await sharp(p3)
    .keepIccProfile()
    .pipelineColourspace('rgb16')
    .toColourspace('rgb16')
    .tiff({ compression: 'none' })
    .toBuffer();
  expect(await sharp(sixteen).metadata()).toMatchObject({
    space: 'rgb16',
    depth: 'ushort',
    hasProfile: true,
  });
  const ten = await sharp(p3).keepIccProfile().avif({ bitdepth: 10, lossless: true }).toBuffer();
  for (const [name, bytes] of Object.entries({ eight, sixteen, ten })) {
    for (const furtherBoxes of [[], [{ width: 10, height: 10 }]]) {
      const [made] = await sharpThumbnails(bytes, { ...recipe, furtherBoxes }, ['png'], 'refused');
      const [r = 0, g = 0, b = 0] = await sharp(Buffer.from(made?.data ?? []))
        .raw()
        .toBuffer();
      const apart = [r - 0xc8, g - 0x64, b - 0x32].map(Math.abs);
      expect(Math.max(...apart), `${name}: ${r}, ${g}, ${b}`).toBeLessThanOrEqual(3);
    }
  }
});
