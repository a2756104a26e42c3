import { expect, test } from 'vitest';
import { type BmpSample, bmpRows, type Colour, writeBmp } from '../../../../../test/images/write-bmp.ts';
import type { Raster } from '../../../../codecs/common/raster.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { bmpReader } from './bmp-reader.ts';

const width = 13;
const height = 7;
const settings = { name: 'a.bmp', maxPixels: 1_000_000 };

/** A picture whose every pixel has its own colour, in steps that five bits can tell. */
const colourAt = (x: number, y: number): Colour => [x * 16 + 8, y * 32 + 8, ((x + y) % 8) * 32];
const expected = (x: number, y: number) => [...colourAt(x, y)];

async function read(file: Uint8Array): Promise<Raster> {
  const picture = await bmpReader.open(bytesInMemory(file), settings);
  const pixels = await picture.pixels(() => true);
  if (pixels.kind !== 'raster') throw new Error('Expected pixels.');
  return pixels.raster;
}

function at({ pixels, channels, width }: Raster, x: number, y: number): number[] {
  return [...pixels.subarray(channels * (y * width + x), channels * (y * width + x) + channels)];
}

/** Asserts that each pixel is right, give or take what few bits cannot tell. */
function expectPicture(raster: Raster, within = 0): void {
  expect([raster.width, raster.height]).toEqual([width, height]);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const off = expected(x, y).map((value, c) => Math.abs(value - (at(raster, x, y)[c] ?? -999)));
      expect(Math.max(...off), `${x},${y}`).toBeLessThanOrEqual(within);
    }
  }
}

const rgb = (x: number, y: number) => {
  const [red, green, blue] = colourAt(x, y);
  return (red << 16) | (green << 8) | blue;
};
/** Puts the colours into the bits that masks name. */
const packed = (masks: readonly number[]) => (x: number, y: number) =>
  masks.reduce((value, mask, c) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    const most = (mask >>> 0) / 2 ** shift;
    const part = ([...colourAt(x, y), 255][c] ?? 0) / 255;
    return value + Math.round(part * most) * 2 ** shift;
  }, 0);
const palette = (count: number): Colour[] =>
  Array.from({ length: count }, (_, i) => [i, 255 - i, (i * 7) % 256]);
const sample = (bits: number, more: Partial<BmpSample> = {}): BmpSample => ({
  width,
  height,
  bits,
  data: bmpRows(width, height, bits, rgb, more.topDown),
  ...more,
});

test.each([
  ['24 bits', sample(24), 0],
  ['from the top', sample(24, { topDown: true }), 0],
  ['OS/2 version 1', sample(24, { header: 12 }), 0],
  ['OS/2 version 2', sample(24, { header: 64 }), 0],
  ['OS/2 version 2, shortened', sample(24, { header: 16 }), 0],
  ['version 2', sample(24, { header: 52 }), 0],
  ['version 4', sample(24, { header: 108, change: (h) => h.writeUInt32LE(0x73524742, 56) }), 0],
  ['version 5', sample(24, { header: 124, change: (h) => h.writeUInt32LE(0x73524742, 56) }), 0],
  ['32 bits', sample(32), 0],
  ['pixels that are said to begin in the header', sample(24, { pixelsAt: 20 }), 0],
  ['a palette that 24 bits do not need', sample(24, { palette: palette(256) }), 0],
] as const)('every pixel is right of %s', async (_, bmp, within) => {
  expectPicture(await read(writeBmp(bmp)), within);
});

const f16 = [0xf800, 0x7e0, 0x1f];
test.each<[string, number, number[], number, number?]>([
  ['5-5-5', 16, [0x7c00, 0x3e0, 0x1f], 5],
  ['5-6-5', 16, f16, 5],
  ['2-3-1', 16, [0x30, 0xe, 1], 128],
  ['4-4-4-4', 16, [0xf00, 0xf0, 0xf, 0xf000], 9, 108],
  ['1-9-2-4 with alpha', 16, [0x8000, 0x7fc0, 0x30, 0xf], 128, 124],
  ['10-10-10', 32, [0x3ff00000, 0xffc00, 0x3ff], 1],
  ['blue first', 32, [0xff, 0xff00, 0xff0000], 0],
  ['7-18-7', 32, [0xfe000000, 0x1ffff80, 0x7f], 1],
  ['8-8-8-8', 32, [0xff0000, 0xff00, 0xff, 0xff000000], 0, 124],
  ['8-8-8-8 in a header of 56 bytes', 32, [0xff0000, 0xff00, 0xff, 0xff000000], 0, 56],
])('every pixel is right of masks: %s', async (_, bits, masks, within, header = 40) => {
  const isUsual = bits === 16 && masks[0] === 0x7c00;
  const file = writeBmp({
    width,
    height,
    bits,
    header,
    compression: isUsual ? 0 : 3,
    masks: isUsual ? [] : masks,
    data: bmpRows(width, height, bits, packed(masks)),
    change: (head) => header >= 108 && head.writeUInt32LE(0x73524742, 56),
  });
  const raster = await read(file);
  expect(raster.channels).toBe(masks.length);
  expectPicture(raster, within);
});

test('masks of four colours behind a short header (ALPHABITFIELDS) are read', async () => {
  const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
  const data = bmpRows(width, height, 32, packed(masks));
  const raster = await read(writeBmp({ width, height, bits: 32, compression: 6, masks, data }));
  expect(raster.channels).toBe(4);
  expectPicture(raster);
});

test.each([1, 2, 4, 8])('a palette of %i bits names the colours', async (bits) => {
  const count = 2 ** bits;
  const index = (x: number, y: number) => (x + 3 * y) % count;
  for (const header of [12, 40, 64, 108]) {
    const data = bmpRows(width, height, bits, index);
    const raster = await read(
      writeBmp({ width, height, bits, header, palette: palette(count), colours: 0, data }),
    );
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) expect(at(raster, x, y)).toEqual(palette(count)[index(x, y)]);
  }
});

test('a palette that is cut short makes what it lacks black', async () => {
  const data = bmpRows(2, 1, 8, (x) => x * 200);
  const raster = await read(writeBmp({ width: 2, height: 1, bits: 8, palette: palette(3), data }));
  expect([at(raster, 0, 0), at(raster, 1, 0)]).toEqual([
    [0, 255, 0],
    [0, 0, 0],
  ]);
});

test.each([
  ['that alpha is 0 everywhere', 124, 0, 4, 255],
  ['that the fourth byte means nothing', 40, 0x7f, 3, undefined],
  ['that alpha is told', 124, 0x80, 4, 128],
])('it is seen %s', async (_, header, alpha, channels, shown) => {
  const data = bmpRows(2, 1, 32, () => alpha * 2 ** 24 + 0x102030);
  const masks = header === 124 ? [0xff0000, 0xff00, 0xff, 0xff000000] : [];
  const raster = await read(
    writeBmp({ width: 2, height: 1, bits: 32, header, compression: header === 124 ? 3 : 0, masks, data }),
  );
  expect(raster.channels).toBe(channels);
  expect(at(raster, 0, 0)).toEqual([0x10, 0x20, 0x30, ...(shown === undefined ? [] : [shown])]);
});

test('64 bits are linear in light', async () => {
  const data = bmpRows(1, 1, 64, () => (8192n << 48n) | (8192n << 32n) | (1769n << 16n) | 0n);
  const raster = await read(writeBmp({ width: 1, height: 1, bits: 64, data }));
  expect(at(raster, 0, 0)).toEqual([255, 128, 0, 255]);
});

const runs: readonly [string, number, number, number[], string][] = [
  // Each row is written as the indices of its pixels, `.` for transparent; the first is the top one.
  ['runs', 8, 1, [3, 5, 1, 6, 0, 0, 4, 7, 0, 1], '7777/5556'],
  ['a row from single colours', 8, 1, [0, 4, 1, 2, 3, 4, 0, 0, 0, 3, 5, 6, 7, 0, 0, 1], '567./1234'],
  ['a step aside', 8, 1, [1, 9, 0, 2, 2, 1, 1, 8, 0, 1], '...8/9...'],
  ['an early end', 8, 1, [2, 4, 0, 1], '..../44..'],
  ['a run that is too long', 8, 1, [9, 4, 0, 0, 4, 5, 0, 1], '5555/4444'],
  ['no end behind the last row', 8, 1, [4, 4, 0, 0, 4, 5], '5555/4444'],
  ['four bits', 4, 2, [4, 0x12, 0, 0, 0, 4, 0x34, 0x56, 0, 1], '3456/1212'],
  ['four bits, an odd number', 4, 2, [0, 3, 0x12, 0x30, 0, 0, 3, 0x45, 0, 1], '454./123.'],
];

test.each(runs)('packed colours are unpacked: %s', async (_, bits, compression, bytes, rows) => {
  const file = writeBmp({
    width: 4,
    height: 2,
    bits,
    compression,
    palette: palette(16),
    data: Buffer.from(bytes),
  });
  const raster = await read(file);
  const shown = rows
    .split('/')
    .map((row, y) =>
      [...row].map(
        (told, x) =>
          (told === '.' ? [0, 0, 0, 0] : [...(palette(16)[Number(told)] ?? []), 255]).join() ===
          at(raster, x, y).join(),
      ),
    );
  expect(shown.flat()).not.toContain(false);
});

test('runs of 24 bits of OS/2 are unpacked', async () => {
  const data = Buffer.from([2, 1, 2, 3, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0, 1]);
  const file = writeBmp({ width: 5, height: 1, bits: 24, header: 64, compression: 4, data });
  const raster = await read(file);
  expect([0, 1, 2, 4].map((x) => at(raster, x, 0).join())).toEqual([
    '3,2,1,255',
    '3,2,1,255',
    '6,5,4,255',
    '12,11,10,255',
  ]);
});

test('a JPEG or PNG inside is handed out', async () => {
  for (const [compression, data] of [
    [4, Buffer.from('ffd8ffe0', 'hex')],
    [5, Buffer.from('89504e470d0a1a0a00', 'hex')],
  ] as const) {
    const file = writeBmp({ width, height, bits: 0, compression, data });
    const picture = await bmpReader.open(bytesInMemory(file), settings);
    expect(await picture.pixels(() => true)).toMatchObject({ kind: 'file', bytes: data });
  }
});

test('colours that are told become a profile', async () => {
  const fixed = (head: Buffer, values: readonly number[]) => {
    for (const [i, value] of values.entries()) head.writeInt32LE(Math.round(value * 2 ** 30), 60 + 4 * i);
  };
  const p3 = [0.4866, 0.229, 0, 0.2657, 0.6917, 0.0451, 0.1982, 0.0793, 1.0439];
  const calibrated = sample(24, {
    header: 108,
    change: (head) => {
      fixed(head, p3);
      for (const i of [0, 1, 2]) head.writeUInt32LE(Math.round(2.2 * 65_536), 96 + 4 * i);
    },
  });
  const profile = Buffer.alloc(200, 1);
  const embedded = sample(24, {
    header: 124,
    behind: profile,
    change: (head) => {
      head.writeUInt32LE(0x4d424544, 56);
      head.writeUInt32LE(124 + height * 40, 112);
      head.writeUInt32LE(profile.length, 116);
    },
  });
  const profileOf = async (bmp: BmpSample) =>
    (await bmpReader.open(bytesInMemory(writeBmp(bmp)), settings)).profile;
  expect(Buffer.from((await profileOf(calibrated)) ?? []).toString('latin1', 16, 20)).toBe('RGB ');
  expect(Buffer.from((await profileOf(embedded)) ?? []).equals(profile)).toBe(true);
  expect(await profileOf(sample(24, { header: 108 }))).toBeUndefined();
});

test.each<[string, Buffer, string]>([
  ['cut in its header', writeBmp(sample(24)).subarray(0, 30), 'TRUNCATED_IMAGE'],
  ['cut in its pixels', writeBmp(sample(24)).subarray(0, -9), 'TRUNCATED_IMAGE'],
  [
    'cut in its runs',
    writeBmp({ ...sample(8), compression: 1, data: Buffer.from([3, 1]) }),
    'TRUNCATED_IMAGE',
  ],
  ['without pixels', writeBmp(sample(24, { width: 0 })), 'CORRUPT_IMAGE'],
  ['of 3 bits', writeBmp(sample(3)), 'UNSUPPORTED_IMAGE'],
  ['a fax', writeBmp(sample(1, { compression: 3, header: 64 })), 'UNSUPPORTED_IMAGE'],
  ['of an unknown compression', writeBmp(sample(24, { compression: 77 })), 'UNSUPPORTED_IMAGE'],
  ['empty inside', writeBmp({ ...sample(0), compression: 5 }), 'CORRUPT_IMAGE'],
])('a BMP that is %s fails with %s', async (_, file, code) => {
  await expect((async () => read(file))()).rejects.toMatchObject({ code });
});
