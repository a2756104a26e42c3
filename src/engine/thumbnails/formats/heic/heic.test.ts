import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { type Hevc, heicOf, hevcOf, withHeifEnc } from '../../../../../test/images/heic.ts';
import { look, plain, turnedCorners } from '../../../../../test/images/test-images.ts';
import {
  alphaUrn,
  depthUrn,
  grid,
  type HeifItem,
  property,
  writeHeif,
} from '../../../../../test/images/write-heif.ts';
import { needs } from '../../../../../test/needs.ts';
import { tempFolder } from '../../../../../test/temp-folder.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { type ThumbnailSettings, thumbnailRecipeSchema } from '../../../../shared/recipe.ts';
import { renderBytes } from '../../task/render.ts';
import { heicReader } from './heic-reader.ts';
import { takeLibheif } from './libheif.ts';

const red = '#ff0000';
const green = '#00ff00';
const blue = '#0000ff';
const white = '#ffffff';

async function render(file: Uint8Array, settings: ThumbnailSettings = {}, name = 'a.heic') {
  const { renditions, via } = await renderBytes(file, name, thumbnailRecipeSchema.parse(settings), ['png']);
  const [first] = renditions;
  if (!first) throw new Error('There is no thumbnail.');
  return { via, ...(await look(first.data)) };
}

const box = (width: number, height = width) => ({ box: { width, height } });

/** The corner colours of a thumbnail: top left, top right, bottom left, bottom right. */
function cornersOf({ width, height, pixel }: Awaited<ReturnType<typeof render>>): string[] {
  const at = (x: number, y: number) => {
    const [r = 0, g = 0, b = 0] = pixel(x, y);
    return `#${[r, g, b].map((value) => (value > 160 ? 'ff' : value < 95 ? '00' : '??')).join('')}`;
  };
  const [left, right, top, bottom] = [3, width - 4, 3, height - 4];
  return [at(left, top), at(right, top), at(left, bottom), at(right, bottom)];
}

const upright = [red, green, blue, white];

/** Red, green, blue and white corners. */
async function corners(width: number, height: number): Promise<Sharp> {
  return sharp(
    await sharp(await turnedCorners(width, height, 1))
      .png()
      .toBuffer(),
  );
}

const once = new Map<string, Promise<Hevc>>();
/** Encoded once for all tests. */
function coded(width: number, height: number): Promise<Hevc> {
  const key = `${width}×${height}`;
  const made = once.get(key) ?? corners(width, height).then((picture) => hevcOf(picture));
  once.set(key, made);
  return made;
}

function withProperties(item: HeifItem, ...more: readonly Uint8Array[]): HeifItem {
  return { ...item, properties: [...(item.properties ?? []), ...more] };
}

withHeifEnc.describe('a HEIC file', () => {
  test('becomes a thumbnail of its embedded one where that is large enough, of the same size to the pixel', async () => {
    const file = heicOf(await (await corners(1022, 702)).png().toBuffer(), '-t', '320');
    const small = await render(file, box(75));
    expect([small.via, small.width, small.height]).toEqual(['embedded', 75, 52]);
    expect(cornersOf(small)).toEqual(upright);
    const large = await render(file, box(400));
    expect([large.via, large.width, large.height]).toEqual(['reader', 400, 275]);
    expect(cornersOf(large)).toEqual(upright);
    // Cut from the middle, so that the thumbnail needs more than its longer side tells.
    const cut = await render(file, { ...box(230), fit: 'cover' });
    expect([cut.via, cut.width, cut.height]).toEqual(['reader', 230, 230]);
  });

  test.each([
    [1, [green, white, red, blue]],
    [2, [white, blue, green, red]],
    [3, [blue, red, white, green]],
  ])('is turned by %d quarters to the left as its rotation box says', async (turns, expected) => {
    const { item } = await coded(320, 192);
    const made = await render(writeHeif({ items: [withProperties(item, property.rotation(turns))] }));
    expect(cornersOf(made)).toEqual(expected);
    expect([made.width, made.height]).toEqual(turns % 2 ? [45, 75] : [75, 45]);
  });

  test.each([
    [0, [blue, white, red, green]],
    [1, [green, red, white, blue]],
  ] as const)('is mirrored as its mirror box says (%d)', async (axis, expected) => {
    const { item } = await coded(320, 192);
    const made = await render(writeHeif({ items: [withProperties(item, property.mirror(axis))] }));
    expect(cornersOf(made)).toEqual(expected);
  });

  test('is not turned by EXIF, which tells what the boxes have done already', async () => {
    const file = heicOf(await turnedCorners(320, 192, 6));
    const made = await render(file);
    expect([made.width, made.height]).toEqual([45, 75]);
    // As it is stored: the JPEG's pixels, which nothing but EXIF turns.
    expect(cornersOf(made)).toEqual([green, white, red, blue]);
  });

  test('is its primary picture of several', async () => {
    const other = await hevcOf(plain(128, 128));
    const { item } = await coded(320, 192);
    const made = await render(writeHeif({ items: [other.item, item], primary: 2 }));
    expect(cornersOf(made)).toEqual(upright);
  });

  test('is put together of the tiles of a grid, cut at its right and its bottom', async () => {
    const tiles = await Promise.all([red, green, blue, white].map((of) => hevcOf(plain(128, 128, of))));
    const items = [
      {
        type: 'grid',
        data: grid(2, 2, 250, 230),
        properties: [property.size(250, 230)],
        refersTo: { dimg: [2, 3, 4, 5] },
      },
      ...tiles.map(({ item }) => ({ ...item, isHidden: true })),
    ];
    const made = await render(writeHeif({ items }), box(200));
    expect([made.width, made.height]).toEqual([200, 184]);
    expect(cornersOf(made)).toEqual(upright);
    // The seam is where it belongs: 128 of 250 pixels.
    expect(made.pixel(98, 20).slice(0, 2)).toEqual([expect.closeTo(254, -1), expect.closeTo(0, -1)]);
    expect(made.pixel(106, 20).slice(0, 2)).toEqual([expect.closeTo(0, -1), expect.closeTo(255, -1)]);
  });

  test('is transparent where its alpha picture says so, and never made of a thumbnail without one', async () => {
    const hole = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><circle cx="128" cy="128" r="64"/></svg>',
    );
    const png = await plain(256, 256, red)
      .ensureAlpha()
      .composite([{ input: hole, blend: 'dest-out' }])
      .png()
      .toBuffer();
    for (const args of [
      ['-t', '128'],
      ['-t', '128', '--no-thumb-alpha'],
    ]) {
      const made = await render(heicOf(png, ...args), box(64));
      expect(made.via).toBe(args.length === 2 ? 'embedded' : 'reader');
      expect(made.pixel(32, 32)[3]).toBeLessThan(8);
      expect(made.pixel(4, 4)).toEqual([
        expect.closeTo(255, -1),
        expect.closeTo(0, -1),
        expect.closeTo(0, -1),
        255,
      ]);
    }
  });

  test('has a depth map that is not taken for it', async () => {
    const { item } = await coded(320, 192);
    const map = await hevcOf(plain(320, 192, '#808080').greyscale());
    const items = [
      item,
      { ...withProperties(map.item, property.isAuxiliary(depthUrn)), refersTo: { auxl: [1] } },
    ];
    expect(cornersOf(await render(writeHeif({ items })))).toEqual(upright);
  });

  test('has an alpha picture that the file itself composes', async () => {
    const { item } = await coded(320, 192);
    const half = await hevcOf(plain(320, 192, '#808080').greyscale());
    const items = [
      item,
      { ...withProperties(half.item, property.isAuxiliary(alphaUrn)), refersTo: { auxl: [1] } },
    ];
    expect((await render(writeHeif({ items }))).pixel(10, 10)[3]).toBeCloseTo(128, -1);
  });

  test.each([
    ['10 bits', ['-b', '10']],
    ['12 bits', ['-b', '12']],
    ['colours of full size', ['-p', 'chroma=444']],
    ['colours of half the width', ['-p', 'chroma=422']],
    ['RGB', ['-L', '-p', 'chroma=444', '--matrix_coefficients=0']],
  ])('of %s is read, whole and shrunk', async (_kind, args) => {
    const deep = await (await corners(320, 192)).toColourspace('rgb16').png().toBuffer();
    const file = heicOf(deep, ...args);
    expect(cornersOf(await render(file, box(60)))).toEqual(upright);
    expect(cornersOf(await render(file, box(300)))).toEqual(upright);
  });

  test('of grey stays grey, whole and shrunk', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200"/><rect width="150" height="200" fill="#fff"/></svg>';
    const png = await sharp(Buffer.from(svg)).flatten().toColourspace('b-w').png().toBuffer();
    const file = heicOf(png, '-p', 'chroma=420');
    for (const size of [60, 300]) {
      const made = await render(file, box(size));
      expect(made.pixel(3, 3)).toEqual([255, 255, 255, 255].map((value) => expect.closeTo(value, -1)));
      expect(made.pixel(size - 4, 3)).toEqual([0, 0, 0, 255].map((value) => expect.closeTo(value, -1)));
    }
  });

  test('named as a JPEG is read, and a JPEG named as HEIC as well', async () => {
    const { item } = await coded(320, 192);
    expect(cornersOf(await render(writeHeif({ items: [item] }), {}, 'a.jpg'))).toEqual(upright);
    expect(cornersOf(await render(await turnedCorners(320, 192, 6), {}, 'A.HEIC'))).toEqual(upright);
  });
});

withHeifEnc.describe('a thumbnail in a HEIC file', () => {
  const use = async (thumbnail: HeifItem, ...turns: readonly Uint8Array[]) => {
    const { item } = await coded(320, 192);
    const items = [withProperties(item, ...turns), { ...thumbnail, refersTo: { thmb: [1] } }];
    return render(writeHeif({ items }), box(60));
  };

  test('is used where it is turned as the picture is', async () => {
    const { item } = await coded(160, 96);
    const turned = withProperties(item, property.rotation(1));
    const made = await use(turned, property.rotation(1));
    expect([made.via, ...cornersOf(made)]).toEqual(['embedded', green, white, red, blue]);
  });

  test('is left alone where it is not turned as the picture is, has bars, or other colours', async () => {
    const { item } = await coded(160, 96);
    const bars = await coded(160, 120);
    const grey = await hevcOf(plain(160, 96).greyscale().toColourspace('b-w'));
    expect((await use(item, property.rotation(2))).via).toBe('reader');
    expect((await use(item, property.mirror(1))).via).toBe('reader');
    expect((await use(bars.item)).via).toBe('reader');
    expect((await use(withProperties(item, property.codedColours(9, 16, 9)))).via).toBe('reader');
    expect((await use(grey.item)).via).toBe('reader');
    expect((await use(withProperties(item, property.codedColours(1, 13, 6)))).via).toBe('embedded');
  });

  test('of several, the smallest that suffices is used', async () => {
    const { item } = await coded(640, 384);
    const small = await hevcOf(plain(120, 72, blue));
    const middle = await hevcOf(plain(200, 120, green));
    const large = await hevcOf(plain(320, 192, red));
    const items = [
      item,
      ...[large, small, middle].map((each) => ({ ...each.item, refersTo: { thmb: [1] } })),
    ];
    const file = writeHeif({ items });
    const colourAt = async (size: number) => cornersOf(await render(file, box(size)))[0];
    expect([await colourAt(100), await colourAt(180), await colourAt(300)]).toEqual([blue, green, red]);
  });

  test('that is damaged says nothing about the picture', async () => {
    const { item } = await coded(160, 96);
    const made = await use({ ...item, data: Buffer.alloc(300) });
    expect([made.via, ...cornersOf(made)]).toEqual(['reader', ...upright]);
  });
});

withHeifEnc.describe('the colours of a HEIC file', () => {
  test('are those of its profile, as they would be in a JPEG', async () => {
    const jpeg = await plain(320, 192, '#cc5522').withIccProfile('p3').jpeg({ quality: 98 }).toBuffer();
    const expected = await render(jpeg, box(60), 'a.jpg');
    const made = await render(heicOf(jpeg, '-q', '95'), box(60));
    for (const [i, value] of made.pixel(20, 20).entries()) {
      expect(Math.abs(value - (expected.pixel(20, 20)[i] ?? 0))).toBeLessThan(4);
    }
  });

  test('are those of its code points: Display P3', async () => {
    const { item } = await hevcOf(plain(320, 192, '#cc5522'), '-q', '95');
    const srgb = await render(writeHeif({ items: [withProperties(item, property.codedColours(1, 13, 6))] }));
    const p3 = await render(writeHeif({ items: [withProperties(item, property.codedColours(12, 13, 6))] }));
    const video = await render(writeHeif({ items: [withProperties(item, property.codedColours(1, 1, 6))] }));
    expect(srgb.pixel(20, 20)).toEqual([204, 85, 34, 255].map((value) => expect.closeTo(value, -1)));
    expect(p3.pixel(20, 20)).toEqual([222, 74, 0, 255].map((value) => expect.closeTo(value, -1)));
    expect(video.pixel(20, 20)).toEqual(srgb.pixel(20, 20));
  });

  test('of narrow range reach from black to white', async () => {
    // Samples of full range, told to be narrow: 16 becomes black and 235 white.
    for (const [level, expected] of [
      ['#101010', 0],
      ['#ebebeb', 255],
      ['#7e7e7e', 128],
    ] as const) {
      const { item } = await hevcOf(plain(320, 192, level), '-q', '95');
      const file = writeHeif({ items: [withProperties(item, property.codedColours(1, 13, 6, false))] });
      for (const size of [60, 300]) {
        expect((await render(file, box(size))).pixel(20, 20)[1]).toBeCloseTo(expected, -1);
      }
    }
  });
});

withHeifEnc.test('EXIF and XMP are handed out, without what HEIF puts in front of them', async () => {
  const { item } = await coded(320, 192);
  const tiff = Buffer.concat([Buffer.from('MM\0*\0\0\0\x08\0\0\0\0\0\0', 'latin1')]);
  const xmp = Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
  const file = writeHeif({
    items: [
      item,
      {
        type: 'Exif',
        data: Buffer.concat([Buffer.from('\0\0\0\x06Exif\0\0', 'latin1'), tiff]),
        refersTo: { cdsc: [1] },
      },
      { type: 'mime', contentType: 'application/rdf+xml', data: xmp, refersTo: { cdsc: [1] } },
    ],
  });
  const picture = await heicReader.open(bytesInMemory(file), { name: 'a.heic', maxPixels: 1e8 });
  expect(Buffer.from(picture.exif ?? [])).toEqual(tiff);
  expect(Buffer.from(picture.xmp ?? [])).toEqual(xmp);
  expect(picture).toMatchObject({ size: { width: 320, height: 192 }, orientation: 1 });
  picture.close();
});

const withFfmpeg = needs(
  'ffmpeg with x265',
  spawnSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' }).stdout?.includes('libx265') ??
    false,
);

withFfmpeg.test('of moving pictures the first is taken, and the next file is read as ever', async () => {
  const folder = tempFolder();
  const [first, file] = [join(folder, 'a.png'), join(folder, 'a.heics')];
  await (await corners(320, 192)).png().toFile(first);
  const encode = [
    '-c:v',
    'libx265',
    '-x265-params',
    'log-level=none',
    '-pix_fmt',
    'yuv420p',
    '-tag:v',
    'hvc1',
  ];
  // It changes, so that pictures are predicted from others.
  const change = ['-loop', '1', '-i', first, '-vf', "hue=H='n/3'", '-frames:v', '9'];
  execFileSync('ffmpeg', ['-v', 'error', ...change, ...encode, '-brand', 'hevc', '-f', 'mp4', file]);
  for (let i = 0; i < 3; i++) {
    for (const size of [60, 300])
      expect(cornersOf(await render(readFileSync(file), box(size)))).toEqual(upright);
  }
});

withHeifEnc.test('files leave nothing behind in libheif’s memory', async () => {
  const file = heicOf(await (await corners(640, 384)).png().toBuffer(), '-t', '160');
  const seen = new Set<number>();
  for (let i = 0; i < 400; i++) {
    const picture = await heicReader.open(bytesInMemory(file), { name: 'a.heic', maxPixels: 1e8 });
    await picture.pixels(({ width }) => width >= (i % 2 ? 75 : 300));
    picture.close();
    if (i >= 20) seen.add(takeLibheif().size);
  }
  expect(seen.size).toBe(1);
});

describe('a reader', () => {
  test('is asked for HEIC only', async () => {
    const avif = await plain(320, 192).avif().toBuffer();
    expect((await render(avif, {}, 'a.heic')).via).toBe('sharp');
  });
});
