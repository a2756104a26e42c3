import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { withExifThumbnail } from '../../../../test/images/camera-jpeg.ts';
import { rawContainers } from '../../../../test/images/raw-containers.ts';
import type { RawParts } from '../../../../test/images/raw-tiffs.ts';
import { look, plain, turnedCorners } from '../../../../test/images/test-images.ts';
import { tiffHeader, writeDirectories } from '../../../../test/images/write-directories.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { type ThumbnailRecipe, thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { openImage } from './image/image-file.ts';
import { renderBytes, renderFile } from './render.ts';

const jpeg = (width: number, height: number, colour: string, quality = 90) =>
  plain(width, height, colour).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
const thumbnail = await jpeg(160, 107, '#ff0000');
const preview = await jpeg(600, 400, '#00ff00');
const full = await jpeg(1500, 1000, '#0000ff');
const parts: RawParts = { thumbnail, preview, full };
const isIn = (colour: readonly number[], wanted: readonly number[], tolerance = 3) =>
  wanted.every((value, i) => Math.abs(value - (colour[i] ?? 0)) <= tolerance);

const recipe = (side: number, more: Partial<ThumbnailRecipe> = {}) =>
  thumbnailRecipeSchema.parse({ box: { width: side, height: side }, ...more });

async function made(bytes: Buffer, side: number, name = 'a.nef', format: WrittenFormat = 'jpeg') {
  const { renditions, via } = await renderBytes(bytes, name, recipe(side), [format]);
  const { width, height, pixel } = await look(renditions[0]?.data ?? Buffer.alloc(0));
  return { via, width, height, colour: pixel(width >> 1, height >> 1), pixel };
}

/** Its second half is missing, and the file is as long as before. */
const cut = (bytes: Buffer) => {
  const half = bytes.length >> 1;
  return Buffer.concat([
    bytes.subarray(0, half),
    Buffer.alloc(bytes.length - half, Buffer.from([0xff, 0xd9])),
  ]);
};

describe('a raw photo', () => {
  test.each([
    [75, [255, 0, 0]],
    [320, [0, 255, 0]],
    [1000, [0, 0, 255]],
  ])(
    'becomes thumbnails of %i pixels from the smallest picture in it that is large enough',
    async (side, colour) => {
      const thumb = await made(rawContainers.nef(parts), side);
      expect(thumb).toMatchObject({ via: 'embedded', width: side });
      expect(isIn(thumb.colour, colour)).toBe(true);
    },
  );

  test.each(['jpeg', 'png', 'webp'] as const)(
    'is turned as it says, not as its preview says, in %s',
    async (format) => {
      const corners = await sharp(await turnedCorners(240, 160, 6))
        .withMetadata({ orientation: 3 })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toBuffer();
      const thumb = await made(
        rawContainers.pef({
          ...parts,
          thumbnail: corners,
          preview: corners,
          full: corners,
          orientation: 6,
          size: { width: 160, height: 240 },
        }),
        60,
        'a.pef',
        format,
      );
      expect(thumb.via).toBe('embedded');
      expect(isIn(thumb.pixel(3, 3), [255, 0, 0], 12)).toBe(true);
      expect(isIn(thumb.pixel(thumb.width - 4, 3), [0, 255, 0], 12)).toBe(true);
      expect(isIn(thumb.pixel(3, thumb.height - 4), [0, 0, 255], 12)).toBe(true);
    },
  );

  test('takes the next picture where one is damaged', async () => {
    const thumb = await made(rawContainers.nef({ ...parts, thumbnail: cut(thumbnail) }), 75);
    expect(isIn(thumb.colour, [0, 255, 0])).toBe(true);
  });

  test('fails where all its pictures are damaged', async () => {
    const bytes = rawContainers.nef({ thumbnail: cut(thumbnail), preview: cut(preview), full: cut(full) });
    await expect(made(bytes, 75)).rejects.toMatchObject({
      code: 'CORRUPT_IMAGE',
      message: expect.stringContaining('a.nef'),
    });
  });

  test('is shown in part, with a warning, where all are damaged and that is tolerated', async () => {
    const render = (bytes: Buffer) => renderBytes(bytes, 'a.nef', recipe(75, { tolerant: true }), ['jpeg']);
    const all = { thumbnail: cut(thumbnail), preview: cut(preview), full: cut(full) };
    expect((await render(rawContainers.nef(all))).warning).toBeDefined();
    expect((await render(rawContainers.nef({ ...all, full }))).warning).toBeUndefined();
  });

  test('fails with a code of its own where its pictures are too small', async () => {
    await expect(made(rawContainers.orf(parts), 1400, 'a.orf')).rejects.toMatchObject({ code: 'NO_PREVIEW' });
  });

  test('may contain a JPEG that only sharp reads', async () => {
    const cmyk = await plain(600, 400, '#00ff00').toColourspace('cmyk').jpeg().toBuffer();
    const thumb = await made(rawContainers.iiq({ ...parts, preview: cmyk }), 75, 'a.iiq');
    expect(thumb).toMatchObject({ via: 'embedded', width: 75, height: 50 });
    await expect(
      made(rawContainers.iiq({ ...parts, preview: cut(cmyk) }), 75, 'a.iiq'),
    ).rejects.toMatchObject({
      code: expect.stringMatching(/^(CORRUPT|TRUNCATED)_IMAGE$/),
    });
  });

  test('is read piece by piece where it is a file', async () => {
    const path = join(tempFolder(), 'a.dng');
    writeFileSync(path, Buffer.concat([rawContainers.dng(parts), Buffer.alloc(40e6)]));
    const { via, renditions } = await openImage(path, (file) =>
      renderFile(file, path, recipe(75), ['jpeg'], false),
    );
    expect([via, renditions[0]?.width]).toEqual(['embedded', 75]);
  });
});

describe('the colours of Adobe RGB', () => {
  /** IEC 61966-2-1 and Adobe RGB (1998): both of D65, so that two matrices and two curves are all. */
  function inSrgb(rgb: readonly number[]): number[] {
    const linear = rgb.map((value) => (value / 255) ** (563 / 256));
    const [r = 0, g = 0, b = 0] = linear;
    const xyz = [
      0.57667 * r + 0.18556 * g + 0.18823 * b,
      0.29734 * r + 0.62736 * g + 0.07529 * b,
      0.02703 * r + 0.07069 * g + 0.99134 * b,
    ] as const;
    const [x, y, z] = xyz;
    return [
      3.24097 * x - 1.53738 * y - 0.49861 * z,
      -0.96924 * x + 1.87597 * y + 0.04156 * z,
      0.05563 * x - 0.20398 * y + 1.05697 * z,
    ].map((value) => {
      const clipped = Math.min(1, Math.max(0, value));
      return 255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055);
    });
  }

  test.each([
    ['arw', 'jpeg'],
    ['arw', 'png'],
    ['cr3', 'webp'],
  ] as const)('of a %s are converted for %s', async (kind, format) => {
    const colour = [150, 170, 90];
    const adobe = await jpeg(600, 400, `rgb(${colour.join(', ')})`, 100);
    const all = { thumbnail: adobe, preview: adobe, full: adobe };
    const told = await made(rawContainers[kind]({ ...all, colourSpace: 2 }), 75, `a.${kind}`, format);
    expect(isIn(told.colour, inSrgb(colour), 4)).toBe(true);
    const plainly = await made(rawContainers[kind](all), 75, `a.${kind}`, format);
    expect(isIn(plainly.colour, colour, 4)).toBe(true);
  });

  test('are not converted twice where the JPEG has a profile of its own', async () => {
    const own = await plain(600, 400, 'rgb(150, 170, 90)')
      .withIccProfile('p3')
      .jpeg({ quality: 100 })
      .toBuffer();
    const expected = await sharp(own).toColourspace('srgb').raw().toBuffer();
    const thumb = await made(rawContainers.iiq({ ...parts, preview: own }), 75, 'a.iiq');
    expect(isIn(thumb.colour, [...expected.subarray(0, 3)], 3)).toBe(true);
  });
});

describe('a TIFF by its first bytes', () => {
  test.each(['nef', 'dng', 'arw', 'pef', 'srw'] as const)(
    'is a raw photo where its directories say so: %s without an extension',
    async (kind) => {
      for (const name of ['photo', 'photo.tif', 'photo.bin']) {
        const thumb = await made(rawContainers[kind](parts), 320, name);
        expect([thumb.via, thumb.width]).toEqual(['embedded', 320]);
      }
    },
  );

  test('stays a TIFF with sub-directories and the name of a camera', async () => {
    const pixels = Buffer.alloc(30 * 20 * 3, 200);
    const picture = (width: number, height: number) => ({
      256: width,
      257: height,
      258: [8, 8, 8],
      259: 1,
      262: 2,
      271: 'Canon',
      273: { offsetOf: pixels.subarray(0, width * height * 3) },
      277: 3,
      278: height,
      279: width * height * 3,
    });
    const bytes = writeDirectories(tiffHeader(), [
      { ...picture(30, 20), 330: { directories: [picture(15, 10)] } },
    ]);
    const thumb = await made(bytes, 24, 'a.tif');
    expect(thumb).toMatchObject({ via: 'sharp', width: 24, height: 16 });
    expect(isIn(thumb.colour, [200, 200, 200])).toBe(true);
  });
});

test('the EXIF of the only JPEG turns a photo whose container says nothing', async () => {
  const turned = withExifThumbnail(full, thumbnail, 6);
  const thumb = await made(rawContainers.raf({ ...parts, full: turned }), 75, 'a.raf');
  expect(thumb).toMatchObject({ via: 'embedded', width: 50, height: 75 });
  expect(isIn(thumb.colour, [255, 0, 0])).toBe(true);
});
