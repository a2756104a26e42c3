import sharp from 'sharp';
import { expect, test } from 'vitest';
import { randomFrom } from '../../../../../test/codecs/jpeg/samples.ts';
import { heicOf, hevcOf, withHeifEnc } from '../../../../../test/images/heic.ts';
import { plain, turnedCorners } from '../../../../../test/images/test-images.ts';
import { grid, property, writeHeif } from '../../../../../test/images/write-heif.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { ItemError } from '../../../../shared/failure.ts';
import { thumbnailRecipeSchema } from '../../../../shared/recipe.ts';
import { renderBytes } from '../../task/render.ts';
import { heicReader } from './heic-reader.ts';
import { takeLibheif } from './libheif.ts';

/** `npm run test:fuzz` makes more. */
const files = Number(process.env.SHOAL_FUZZ ?? 300);
const megabyte = 1024 * 1024;

async function codeOf(file: Uint8Array, maxPixels = 1e8): Promise<string> {
  const recipe = thumbnailRecipeSchema.parse({ maxPixels });
  try {
    await renderBytes(file, 'a.heic', recipe, ['png']);
    return 'made';
  } catch (error) {
    if (error instanceof ItemError) return error.code;
    throw error;
  }
}

test('HEIF of another coding is told as that, with its name', async () => {
  const data = Buffer.alloc(64);
  for (const [type, coding] of [
    ['avc1', 'AVC'],
    ['av01', 'AV1'],
    ['jpeg', 'JPEG'],
    ['unci', 'no compression'],
  ] as const) {
    const items = [{ type, data, properties: [property.size(64, 64)] }];
    const file = writeHeif({ items, brands: ['mif1', 'mif1'] });
    const made = renderBytes(file, 'a.heic', thumbnailRecipeSchema.parse({}), ['png']);
    await expect(made).rejects.toMatchObject({
      code: 'UNSUPPORTED_IMAGE',
      message: `a.heic is a HEIF image with ${coding} inside, which Shoal cannot read (HEVC it can).`,
    });
  }
});

withHeifEnc.test(
  'a picture of which much is cut off by its file is told as what cannot be read',
  async () => {
    const { item } = await hevcOf(plain(640, 384));
    const cut = (width: number, height: number) =>
      codeOf(
        writeHeif({
          items: [{ ...item, properties: [...(item.properties ?? []), property.crop(width, height)] }],
        }),
      );
    expect([await cut(600, 360), await cut(300, 200)]).toEqual(['made', 'UNSUPPORTED_IMAGE']);
  },
);

withHeifEnc.test('a HEIC that is cut anywhere is told to end early', async () => {
  const png = await sharp(await turnedCorners(320, 192, 1))
    .png()
    .toBuffer();
  const file = heicOf(png, '-t', '128');
  for (let length = 40; length < file.length; length += Math.ceil(file.length / 60)) {
    expect([length, await codeOf(file.subarray(0, length))]).toEqual([length, 'TRUNCATED_IMAGE']);
  }
  // What cameras append does not count.
  expect(await codeOf(Buffer.concat([file, Buffer.alloc(100, 'trailer')]))).toBe('made');
});

withHeifEnc.test('a size that is absurd, or not the truth, takes no memory', async () => {
  const { item } = await hevcOf(plain(1024, 768));
  const [hvcC] = item.properties ?? [];
  const sized = (width: number, height: number) =>
    writeHeif({
      items: [{ ...item, properties: [hvcC ?? [], property.size(width, height)] as Uint8Array[] }],
    });
  const tiles = {
    type: 'grid',
    data: grid(256, 256, 65_535, 65_535),
    properties: [property.size(65_535, 65_535)],
    refersTo: { dimg: Array.from({ length: 65_536 }, () => 2).slice(0, 65_535) },
  };
  expect(await codeOf(sized(100_000, 100_000))).toBe('TOO_MANY_PIXELS');
  expect(await codeOf(sized(1024, 768), 500_000)).toBe('TOO_MANY_PIXELS');
  expect(await codeOf(sized(64, 48))).toBe('CORRUPT_IMAGE');
  expect(await codeOf(sized(9000, 9000))).toBe('CORRUPT_IMAGE');
  expect(await codeOf(sized(0, 0))).toBe('CORRUPT_IMAGE');
  expect(['TOO_MANY_PIXELS', 'CORRUPT_IMAGE']).toContain(await codeOf(writeHeif({ items: [tiles, item] })));
  // A picture that is made of itself.
  const ring = {
    ...tiles,
    data: grid(1, 1, 64, 64),
    properties: [property.size(64, 64)],
    refersTo: { dimg: [1] },
  };
  expect(await codeOf(writeHeif({ items: [ring] }))).toBe('CORRUPT_IMAGE');
  expect(takeLibheif().size).toBeLessThan(64 * megabyte);
});

withHeifEnc.test(
  `damaged HEIC files neither trap the thread, hang nor take memory (${files} of them)`,
  async () => {
    const picture = sharp(await turnedCorners(128, 96, 1));
    const { item } = await hevcOf(picture);
    const items = [
      {
        ...item,
        properties: [...(item.properties ?? []), property.rotation(1), property.codedColours(12, 13, 6)],
      },
      { ...item, refersTo: { thmb: [1] } },
      {
        type: 'grid',
        data: grid(2, 1, 256, 96),
        properties: [property.size(256, 96)],
        refersTo: { dimg: [1, 2] },
      },
      { type: 'Exif', data: Buffer.from('\0\0\0\0MM\0*\0\0\0\x08\0\0', 'latin1'), refersTo: { cdsc: [1] } },
    ];
    const seeds = [1, 3].map((primary) => writeHeif({ items, primary }));
    const random = randomFrom(20_28);
    const below = (limit: number) => Math.floor(random() * limit);
    const codes = new Map<string, number>();
    for (let i = 0; i < files; i++) {
      let file = Buffer.from(seeds[i % seeds.length] ?? []);
      const boxes = file.indexOf('mdat', 0, 'latin1');
      for (let k = 1 + below(4); k > 0; k--) {
        const at = random() < 0.7 ? below(boxes) : below(file.length);
        file[at] = random() < 0.5 ? below(256) : (file[at] ?? 0) ^ (1 << below(8));
      }
      if (random() < 0.1) file = file.subarray(0, below(file.length));
      const before = process.threadCpuUsage();
      const code = await outcomeOf(file);
      const { user, system } = process.threadCpuUsage(before);
      if (user + system > 5e6) throw new Error(`File ${i} took ${(user + system) / 1e6} s.`);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes.keys()].filter((code) => !expected.has(code))).toEqual([]);
    expect(Math.min(codes.get('made') ?? 0, codes.get('CORRUPT_IMAGE') ?? 0)).toBeGreaterThan(files / 20);
    expect(takeLibheif().size).toBeLessThan(128 * megabyte);
  },
  3_600_000,
);

const expected: ReadonlySet<string> = new Set([
  'made',
  'CORRUPT_IMAGE',
  'TRUNCATED_IMAGE',
  'UNSUPPORTED_IMAGE',
  'TOO_MANY_PIXELS',
]);

/** By the reader alone, with pictures of no more than a megapixel. */
async function outcomeOf(file: Uint8Array): Promise<string> {
  const maxPixels = 1e6;
  try {
    const picture = await heicReader.open(bytesInMemory(file), { name: 'a.heic', maxPixels });
    try {
      const { width, height } = picture.size;
      if (width * height > maxPixels) return 'TOO_MANY_PIXELS';
      await picture.pixels((size) => size.width >= 40);
      return 'made';
    } finally {
      picture.close();
    }
  } catch (error) {
    if (error instanceof ItemError) return error.code;
    throw error;
  }
}
