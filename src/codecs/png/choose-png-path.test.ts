import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exif, kinds, palette, pictureSample } from '../../../test/codecs/png/samples.ts';
import { header, pngOf, writePng } from '../../../test/codecs/png/write-png.ts';
import { plain } from '../../../test/images/test-images.ts';
import { matrixProfile, sRgbPrimaries } from '../common/matrix-profile.ts';
import { choosePngPath } from './choose-png-path.ts';
import { readPngHeader } from './png-header.ts';

function choose(png: Uint8Array) {
  return choosePngPath(readPngHeader(png));
}

function reason(png: Uint8Array): string | undefined {
  const path = choose(png);
  return path.via === 'sharp' ? path.reason : undefined;
}

const kernel = { via: 'kernel' };
const image = pictureSample(20, 10, 'truecolour', 8);
const deflated = deflateSync(Buffer.alloc(20 * 61));
const end = ['IEND', Buffer.alloc(0)] as const;

describe('the kernel takes', () => {
  it.each(kinds)('%s with %i bits', (colourType, bitDepth) => {
    expect(choose(writePng(pictureSample(20, 10, colourType, bitDepth)))).toEqual(kernel);
  });

  it('what has image data in several chunks, text, a time, EXIF, and a suggested palette', () => {
    const png = writePng({
      ...image,
      chunks: [
        ['tEXt', Buffer.from('Title\0A')],
        ['PLTE', palette(4)],
        ['eXIf', exif(6)],
        ['gAMA', Buffer.of(0, 0, 177, 143)],
      ],
      split: (data) => [data.subarray(0, 5), Buffer.alloc(0), data.subarray(5)],
    });
    expect(choose(png)).toEqual(kernel);
    expect(readPngHeader(png)?.orientation).toBe(6);
  });

  it('the first image of an animation that other readers show, too', () => {
    const animation = Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]);
    expect(choose(writePng({ ...image, chunks: [['acTL', animation]] }))).toEqual(kernel);
  });

  it('a profile that is sRGB', async () => {
    expect(choose(await plain(30, 30).withIccProfile('srgb').png().toBuffer())).toEqual(kernel);
  });
});

describe('sharp takes', () => {
  it('what is no PNG', () => {
    expect(reason(Buffer.from('GIF89a and so on'))).toBe('it is not a PNG file');
  });

  it('what is interlaced', async () => {
    expect(reason(await plain(30, 30).png({ progressive: true }).toBuffer())).toBe('it is interlaced');
  });

  it('other colours than sRGB', async () => {
    expect(reason(await plain(30, 30).withIccProfile('p3').png().toBuffer())).toMatch(/profile/);
    expect(reason(writePng({ ...image, chunks: [['cICP', Buffer.of(9, 16, 0, 1)]] }))).toMatch(/chunks/);
    const linear = matrixProfile({ ...sRgbPrimaries, toLinear: (v) => v }, true) ?? Buffer.alloc(0);
    const iccp = Buffer.concat([Buffer.from('s\0\0', 'latin1'), deflateSync(linear)]);
    const grey = writePng({ ...pictureSample(9, 9, 'greyscale', 8), chunks: [['iCCP', iccp]] });
    expect(reason(grey)).toMatch(/profile/);
    expect(reason(writePng({ ...image, chunks: [['gAMA', Buffer.of(0, 1, 134, 160)]] }))).toMatch(/chunks/);
  });

  it('a profile that is a decompression bomb', () => {
    const bomb = Buffer.concat([Buffer.from('s\0\0', 'latin1'), deflateSync(Buffer.alloc(50_000_000))]);
    expect(reason(writePng({ ...image, chunks: [['iCCP', bomb]] }))).toMatch(/profile/);
  });

  it('what is large', () => {
    const large = pngOf(
      ['IHDR', header({ width: 4000, height: 3000, bitDepth: 8, colourType: 'truecolour' })],
      ['IDAT', deflated],
      end,
    );
    expect(reason(large)).toBe('it is too large to be inflated at once');
  });

  it.each<[string, Buffer]>([
    ['no palette', writePng({ ...pictureSample(9, 9, 'indexed', 8), chunks: [] })],
    ['a palette of four and a half colours', indexedWith(['PLTE', Buffer.alloc(14)])],
    ['more transparency than palette', indexedWith(['PLTE', palette(4)], ['tRNS', Buffer.alloc(5)])],
    ['two palettes', indexedWith(['PLTE', palette(4)], ['PLTE', palette(4)])],
    ['half a transparent colour', writePng({ ...image, chunks: [['tRNS', Buffer.alloc(5)]] })],
    ['a critical chunk nobody knows', writePng({ ...image, chunks: [['ABCD', Buffer.alloc(3)]] })],
    ['no image data', pngOf(['IHDR', header(image)], end)],
    ['no IHDR', pngOf(['IDAT', deflated], end)],
    ['two of it', writePng({ ...image, chunks: [['IHDR', header(image)]] })],
    ['a bit depth there is not', pngOf(['IHDR', header({ ...image, bitDepth: 4 })], ['IDAT', deflated], end)],
    ['no width', pngOf(['IHDR', header({ ...image, width: 0 })], ['IDAT', deflated], end)],
    ['no IEND', pngOf(['IHDR', header(image)], ['IDAT', deflated])],
    [
      'image data that is interrupted',
      pngOf(
        ['IHDR', header(image)],
        ['IDAT', deflated],
        ['tEXt', Buffer.from('a\0b')],
        ['IDAT', deflated],
        end,
      ),
    ],
    [
      'its palette after the image',
      pngOf(['IHDR', header(image)], ['IDAT', deflated], ['PLTE', palette(4)], end),
    ],
  ])('and judges what has a fault: %s', (_what, png) => {
    expect(choose(png)).toMatchObject({ via: 'sharp', reason: expect.any(String) });
  });

  it('what does not match its CRC, whichever byte is not what it was', () => {
    const png = writePng(image);
    for (let at = 8; at < png.length; at++) {
      const damaged = Buffer.from(png);
      damaged[at] = (damaged[at] ?? 0) ^ 16;
      expect(choose(damaged).via, `byte ${at}`).toBe('sharp');
      expect(choose(png.subarray(0, at)).via, `${at} bytes`).toBe('sharp');
    }
  });
});

function indexedWith(...chunks: readonly (readonly [string, Uint8Array])[]): Buffer {
  return writePng({ ...pictureSample(9, 9, 'indexed', 2), chunks });
}
