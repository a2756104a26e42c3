import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withExifThumbnail } from '../../../../../test/images/camera-jpeg.ts';
import { box, rawContainers } from '../../../../../test/images/raw-containers.ts';
import type { RawParts } from '../../../../../test/images/raw-tiffs.ts';
import { plain } from '../../../../../test/images/test-images.ts';
import { tiffHeader, writeDirectories } from '../../../../../test/images/write-directories.ts';
import { needs } from '../../../../../test/needs.ts';
import { tempFolder } from '../../../../../test/temp-folder.ts';
import type { Size } from '../../../../codecs/common/geometry.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import type { Picture, Pixels } from '../picture-reader.ts';
import { rawReader } from './raw-reader.ts';

const withExiftool = needs('exiftool', spawnSync('exiftool', ['-ver']).status === 0);
const withDcraw = needs('dcraw', spawnSync('dcraw').error === undefined);

const jpeg = (width: number, height: number) => plain(width, height).jpeg().toBuffer();
const [thumbnail, preview, large] = await Promise.all([jpeg(160, 107), jpeg(600, 400), jpeg(1500, 1000)]);
const kinds = Object.keys(rawContainers) as (keyof typeof rawContainers)[];

/** Cameras that put only one JPEG into the file put the thumbnail into its EXIF. */
function partsFor(kind: string, orientation = 6): RawParts {
  const isNested = kind === 'raf' || kind === 'rw2' || kind === 'rwl';
  const full = isNested ? withExifThumbnail(large, thumbnail, orientation) : large;
  return { thumbnail, preview, full, orientation };
}

function opened(bytes: Buffer, maxPixels = 1e9): Picture {
  return rawReader.open(bytesInMemory(bytes), { name: 'a', maxPixels }) as Picture;
}

const atLeast =
  (width: number) =>
  (size: Size): boolean =>
    size.width >= width;

/** All that are handed out, one after the other. */
function handedOut(picture: Picture, suffices: (size: Size) => boolean = () => true): Buffer[] {
  const jpegs: Buffer[] = [];
  let pixels: Pixels | undefined = picture.pixels(suffices) as Pixels;
  while (pixels?.kind === 'jpeg') {
    jpegs.push(Buffer.from(pixels.bytes));
    pixels = pixels.otherwise?.();
  }
  return jpegs;
}

describe.each(kinds)('a raw photo of the kind %s', (kind) => {
  const parts = partsFor(kind);
  const bytes = rawContainers[kind](parts);
  const all = handedOut(opened(bytes));

  test('hands out the JPEGs that it contains, and no others, from the smallest to the largest', () => {
    expect(all.length).toBeGreaterThan(0);
    const given = [parts.thumbnail, parts.preview, parts.full];
    const places = all.map((each) => given.findIndex((part) => part.equals(each)));
    expect(places).toEqual([...places].sort());
    expect(places).not.toContain(-1);
  });

  test('is turned as it says', () => {
    expect(opened(bytes).orientation).toBe(6);
  });

  withDcraw.test('hands out at last what dcraw takes out', () => {
    const path = join(tempFolder(), `a.${kind}`);
    writeFileSync(path, bytes);
    const taken = spawnSync('dcraw', ['-e', '-c', path]);
    // It knows not all of these minimal files, and puts EXIF before what it takes out.
    if (taken.status !== 0 || taken.stdout.length === 0 || taken.stdout[0] !== 0xff) return;
    expect(all.at(-1)?.subarray(-500)).toEqual(taken.stdout.subarray(-500));
  });
});

withExiftool.test('each kind contains what exiftool finds in it', () => {
  const folder = tempFolder();
  for (const kind of kinds) writeFileSync(join(folder, `a.${kind}`), rawContainers[kind](partsFor(kind)));
  const tags = ['PreviewImage', 'JpgFromRaw', 'ThumbnailImage', 'OtherImage'];
  const told = execFileSync('exiftool', ['-j', '-b', '-q', ...tags.map((tag) => `-${tag}`), folder], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const counts: Record<string, number> = {};
  for (const { SourceFile, ...images } of JSON.parse(told.toString()) as Record<string, string>[]) {
    const kind = String(SourceFile).split('.').at(-1) as (typeof kinds)[number];
    const ours = handedOut(opened(rawContainers[kind](partsFor(kind))));
    for (const [tag, image] of Object.entries(images)) {
      const theirs = Buffer.from(image.replace('base64:', ''), 'base64');
      if (theirs[0] !== 0xff) continue;
      counts[kind] = (counts[kind] ?? 0) + 1;
      expect(
        ours.some((each) => each.equals(theirs)),
        `${tag} of ${kind}`,
      ).toBe(true);
    }
  }
  // It takes a Hasselblad or a Leaf for another maker's file; most kinds it reads as what they are.
  expect(Object.keys(counts).length).toBeGreaterThan(kinds.length * 0.8);
});

test('the smallest picture that suffices comes first, then the larger ones', () => {
  const picture = opened(rawContainers.nef(partsFor('nef')));
  expect(handedOut(picture, atLeast(100)).map((each) => each.length)).toEqual([
    thumbnail.length,
    preview.length,
    large.length,
  ]);
  expect(handedOut(picture, atLeast(161))).toEqual([preview, large, thumbnail]);
  expect(handedOut(picture, atLeast(601))).toEqual([large, preview]);
});

test('where none suffices, the largest is taken if it has half of the width', () => {
  const picture = opened(rawContainers.orf(partsFor('orf')));
  expect(handedOut(picture, atLeast(1200))).toEqual([preview]);
  expect(() => picture.pixels(atLeast(1201))).toThrow(
    expect.objectContaining({ code: 'NO_PREVIEW', message: expect.stringContaining('600×400') }),
  );
});

test('the size is that of the sensor, unless it is of another shape or has more pixels than are allowed', () => {
  const orf = (width: number, height: number) =>
    rawContainers.orf({ ...partsFor('orf'), size: { width, height } });
  expect(opened(orf(1600, 1066)).size).toEqual({ width: 1600, height: 1066 });
  expect(opened(orf(60_000, 66)).size).toEqual({ width: 600, height: 400 });
  expect(opened(orf(1600, 1066), 1e6).size).toEqual({ width: 600, height: 400 });
});

test('a picture that is turned already is not turned again', () => {
  const bytes = rawContainers.orf({ ...partsFor('orf'), size: { width: 1066, height: 1600 } });
  expect(opened(bytes)).toMatchObject({ size: { width: 1600, height: 1066 }, orientation: 1 });
});

test('a small picture with bars round it is left out', async () => {
  const padded = await jpeg(160, 120);
  const picture = opened(rawContainers.nef({ ...partsFor('nef'), thumbnail: padded }));
  expect(handedOut(picture)).toEqual([preview, large]);
});

test('Adobe RGB gets a profile, sRGB none', () => {
  const parts = partsFor('arw');
  expect(opened(rawContainers.arw(parts)).profile).toBeUndefined();
  expect(opened(rawContainers.arw({ ...parts, colourSpace: 2 })).profile?.length).toBeGreaterThan(1000);
});

test('uncalibrated colours are Adobe RGB where DCF says so', () => {
  const exif = (index: string) => ({ 40961: 65_535, 40965: { directories: [{ 1: index }] } });
  const withIndex = (index: string) =>
    writeDirectories(tiffHeader(), [
      { 513: { offsetOf: preview }, 514: preview.length, 34665: { directories: [exif(index)] } },
    ]);
  expect(opened(withIndex('R03')).profile).toBeDefined();
  expect(opened(withIndex('R98')).profile).toBeUndefined();
});

test('the wrong first byte that Minolta writes is mended', () => {
  const wrong = Buffer.from(preview);
  wrong[0] = 0;
  expect(handedOut(opened(rawContainers.mrw({ ...partsFor('mrw'), preview: wrong })))).toEqual([preview]);
});

test('boxes with lengths of 64 bits are walked', () => {
  const inside = Buffer.concat([Buffer.alloc(16), preview]);
  const canon = Buffer.concat([
    Buffer.from('85c0b687820f11e08111f4ce462b6a48', 'hex'),
    box('THMB', inside, true),
  ]);
  const bytes = Buffer.concat([
    box('ftyp', Buffer.from('crx \0\0\0\x01')),
    box('moov', box('uuid', canon, true), true),
  ]);
  expect(handedOut(opened(bytes))).toEqual([preview]);
});

test('without any JPEG, a small picture without compression is taken', () => {
  const picture = opened(
    writeDirectories(tiffHeader(), [
      {
        256: 2,
        257: 1,
        258: [8, 8, 8],
        259: 1,
        262: 2,
        273: { offsetOf: Buffer.from([1, 2, 3, 4, 5, 6]) },
        274: 8,
        277: 3,
        279: 6,
      },
    ]),
  );
  expect(picture).toMatchObject({ size: { width: 2, height: 1 }, orientation: 8 });
  expect(picture.pixels(() => true)).toMatchObject({
    kind: 'raster',
    isEmbedded: true,
    raster: { channels: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) },
  });
  expect(() => picture.pixels(() => false)).toThrow(expect.objectContaining({ code: 'NO_PREVIEW' }));
});

test('a file without any picture says so, one whose picture is beyond its end is cut', () => {
  const nothing = writeDirectories(tiffHeader(), [{ 256: 9, 257: 9, 262: 32_803 }]);
  expect(() => opened(nothing)).toThrow(expect.objectContaining({ code: 'NO_PREVIEW' }));
  const cut = writeDirectories(tiffHeader(), [{ 513: [100_000], 514: [100_000] }]);
  expect(() => opened(cut)).toThrow(expect.objectContaining({ code: 'TRUNCATED_IMAGE' }));
});

test('directories that refer to each other are walked once', () => {
  const bytes = writeDirectories(tiffHeader(), [
    { 330: [8, 8, 8], 513: { offsetOf: preview }, 514: preview.length, 34665: 8 },
  ]);
  // The next directory is the first one.
  bytes.writeUInt32LE(8, 8 + 2 + 4 * 12);
  expect(handedOut(opened(bytes))).toEqual([preview]);
});

withExiftool.test('the EXIF that is handed out says what the file says, and nothing of its pixels', () => {
  const folder = tempFolder();
  const told = [
    '-Make',
    '-Model',
    '-Orientation',
    '-ColorSpace',
    '-ExifVersion',
    '-GPSLatitude',
    '-GPSLatitudeRef',
  ];
  const exiftool = (path: string, ...tags: string[]) => {
    const [{ SourceFile: _, ...tagged } = {}] = JSON.parse(
      execFileSync('exiftool', ['-j', '-n', '-fast', ...tags, path]).toString(),
    ) as Record<string, unknown>[];
    return tagged;
  };
  for (const kind of ['arw', 'cr3', 'pef', 'raf'] as const) {
    const bytes = rawContainers[kind](partsFor(kind));
    const block = opened(bytes).exif ?? Buffer.alloc(0);
    writeFileSync(join(folder, `a.${kind}`), bytes);
    writeFileSync(join(folder, `${kind}.tif`), block);
    const theirs = exiftool(join(folder, `a.${kind}`), '-EXIF:all', ...told);
    const ours = exiftool(join(folder, `${kind}.tif`), '-EXIF:all');
    expect(Object.keys(ours).length).toBeGreaterThanOrEqual(kind === 'raf' ? 1 : 5);
    expect(theirs).toMatchObject(ours);
    expect(Object.keys(ours).join()).not.toMatch(/Width|Strip|Thumbnail|Preview|MakerNote/);
  }
});

test('only what is needed of a file is read', () => {
  const bytes = Buffer.concat([rawContainers.nef(partsFor('nef')), Buffer.alloc(30e6)]);
  let read = 0;
  const file = bytesInMemory(bytes);
  const counting = {
    length: file.length,
    read: (at: number, length: number) => {
      read += length;
      return file.read(at, length);
    },
  };
  const picture = rawReader.open(counting, { name: 'a', maxPixels: 1e9 }) as Picture;
  picture.pixels(atLeast(75));
  expect(read).toBeLessThan(500_000);
});
