import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pngOf, writePng } from '../../../../../test/codecs/png/write-png.ts';
import { rendered } from '../../../../../test/images/rendered.ts';
import { matrixProfile, sRgbPrimaries } from '../../../../codecs/common/matrix-profile.ts';
import { readChunks } from '../../../../codecs/png/chunks.ts';
import type { ColourType } from '../../../../codecs/png/png-header.ts';

type Chunks = readonly (readonly [type: string, data: Uint8Array])[];

const words = (...values: readonly number[]) => {
  const data = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    data.writeUInt32BE(value, 4 * i);
  });
  return data;
};
const adobe = { ...sRgbPrimaries, green: { x: 0.21, y: 0.71 }, toLinear: (v: number) => v ** (563 / 256) };
const iccp = (profile: Uint8Array) =>
  ['iCCP', Buffer.concat([Buffer.from('x\0\0', 'latin1'), deflateSync(profile)])] as const;
const inAdobe = iccp(matrixProfile(adobe, false) ?? Buffer.alloc(0));
const gama = (value: number) => ['gAMA', words(value)] as const;
const cicp = (...data: readonly number[]) => ['cICP', Buffer.from(data)] as const;
const ofAdobe = ['cHRM', words(31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)] as const;
const ofSrgb = ['cHRM', words(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)] as const;
const srgb = ['sRGB', Buffer.of(0)] as const;

function png(pixel: readonly number[], chunks: Chunks, colourType: ColourType = 'truecolour', bitDepth = 8) {
  return writePng({
    width: 100,
    height: 80,
    colourType,
    bitDepth,
    chunks,
    sample: (_x, _y, i) => pixel[i] ?? 0,
  });
}

async function expectColour(bytes: Uint8Array, colour: readonly number[], apart = 2) {
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    for (const furtherBoxes of [[], [{ width: 20, height: 20 }]]) {
      const { pixel } = await rendered(bytes, format, { furtherBoxes, quality: 95 });
      const found = pixel(30, 30);
      colour.forEach((value, i) => {
        expect(Math.abs((found[i] ?? 0) - value), `${format}: ${found} for ${colour}`).toBeLessThanOrEqual(
          apart,
        );
      });
    }
  }
}

const green = [60, 150, 90];

describe('the colours of a PNG are those that its chunks tell', () => {
  it.each<[string, Chunks, readonly number[]]>([
    ['cICP: Display P3', [cicp(12, 13, 0, 1)], [0, 152, 83]],
    ['cICP: sRGB', [cicp(1, 13, 0, 1)], green],
    ['cHRM with gAMA: Adobe RGB', [gama(45470), ofAdobe], [0, 151, 86]],
    ['cHRM with gAMA: sRGB', [gama(45455), ofSrgb], green],
    ['cHRM without gAMA does not count', [ofAdobe], green],
    ['sBIT says nothing of colours', [['sBIT', Buffer.of(5, 6, 5)]], green],
    ['iCCP before sRGB, gAMA and cHRM', [srgb, gama(100_000), inAdobe], [0, 151, 86]],
    ['cICP before iCCP', [cicp(1, 13, 0, 1), inAdobe], green],
    ['cICP of another kind of colours does not count', [cicp(9, 16, 9, 1), inAdobe], [0, 151, 86]],
    ['cICP of primaries that nobody has defined does not count', [cicp(3, 13, 0, 1)], green],
    ['sRGB before gAMA', [srgb, gama(100_000)], green],
    ['a profile that cannot be read does not count', [['iCCP', Buffer.from('x\0\0junk')], srgb], green],
    ['gAMA of 0 does not count', [gama(0)], green],
    [
      'primaries on one line do not count',
      [gama(45455), ['cHRM', words(31270, 32900, ...[1, 2, 3].flatMap((i) => [i * 10_000, i * 10_000]))]],
      green,
    ],
  ])('%s', async (_name, chunks, colour) => {
    await expectColour(png(green, chunks), colour);
  });

  it.each<[ColourType, number, number, number]>([
    ['greyscale', 8, 128, 188],
    ['greyscale', 16, 32_896, 188],
    // With eight bits only this would be 0.
    ['greyscale', 16, 100, 5],
    ['greyscale', 4, 8, 193],
    ['truecolour', 8, 128, 188],
    ['truecolour', 16, 32_896, 188],
    ['truecolour', 16, 100, 5],
  ])('linear light: %s of %d bits, %d becomes %d', async (colourType, bitDepth, sample, shown) => {
    await expectColour(png([sample, sample, sample], [gama(100_000)], colourType, bitDepth), [
      shown,
      shown,
      shown,
    ]);
  });

  it('2.2 is taken for the curve of sRGB, as its writers mean it', async () => {
    const bytes = png([128], [gama(45455)], 'greyscale');
    await expectColour(bytes, [128, 128, 128]);
    expect((await rendered(bytes, 'png')).via).toBe('kernel');
    expect((await rendered(png(green, [cicp(1, 13, 0, 1)]), 'png')).via).toBe('kernel');
  });

  it('a transparent picture stays so', async () => {
    const { pixel } = await rendered(png([128, 64], [gama(100_000)], 'greyscale-alpha'), 'png');
    expect(pixel(30, 30)[3]).toBe(64);
    expect(Math.abs((pixel(30, 30)[0] ?? 0) - 188)).toBeLessThanOrEqual(2);
  });

  it('Display P3 with 16 bits, by cICP or by a profile', async () => {
    const deep = green.map((value) => value * 257);
    await expectColour(png(deep, [cicp(12, 13, 0, 1)], 'truecolour', 16), [0, 152, 83]);
    await expectColour(png(deep, [inAdobe], 'truecolour', 16), [0, 151, 86]);
  });

  it('a grey profile counts with 16 bits, too', async () => {
    const linear = iccp(matrixProfile({ ...sRgbPrimaries, toLinear: (v) => v }, true) ?? Buffer.alloc(0));
    await expectColour(png([128], [linear], 'greyscale'), [188, 188, 188]);
    await expectColour(png([32_896], [linear], 'greyscale', 16), [188, 188, 188]);
  });

  it('of PQ and HLG, white is the reference white, and what is brighter', async () => {
    // 203 cd/m² are 58 % of PQ's signal and 75 % of HLG's; 10 cd/m² are 30 % of PQ's.
    await expectColour(png([148, 148, 148], [cicp(9, 16, 0, 1)]), [255, 255, 255]);
    await expectColour(png([255, 255, 255], [cicp(9, 16, 0, 1)]), [255, 255, 255]);
    await expectColour(png([191, 191, 191], [cicp(9, 18, 0, 1)]), [255, 255, 255], 3);
    await expectColour(png([77, 77, 77], [cicp(9, 16, 0, 1)]), [63, 63, 63], 4);
  });

  it('of narrow range, 16 is black and 235 white', async () => {
    await expectColour(png([16, 235, 126], [cicp(1, 13, 0, 0)]), [0, 255, 128]);
  });
});

describe('the orientation of a PNG', () => {
  const exif = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex');

  it('counts before the image data and not after it, whatever is written', async () => {
    const before = png(green, [['eXIf', exif]]);
    const { chunks } = readChunks(png(green, []));
    const after = pngOf(
      ...chunks.slice(0, -1).map(({ type, data }) => [type, data] as const),
      ['eXIf', exif],
      ['IEND', Buffer.alloc(0)],
    );
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const [turned, not] = [await rendered(before, format), await rendered(after, format)];
      expect([turned.width, turned.height, not.width, not.height], format).toEqual([60, 75, 75, 60]);
    }
  });
});
