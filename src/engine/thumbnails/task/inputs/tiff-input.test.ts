import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { rendered } from '../../../../../test/images/rendered.ts';
import { type TiffTags, writeTiff } from '../../../../../test/images/write-tiff.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { readTiffHeader } from '../../../../codecs/headers/tiff-header.ts';
import { unreadableTiff } from '../../formats/unreadable-tiff.ts';

function whyUnreadable(bytes: Uint8Array): string | undefined {
  const header = readTiffHeader(bytesInMemory(bytes));
  return header && unreadableTiff(header);
}

const [width, height] = [40, 30];
const rgb: TiffTags = { 258: [8, 8, 8], 262: [2], 277: [3] };
const tiff = (tags: TiffTags, samples: ArrayBufferView = new Uint8Array(width * height * 8)) =>
  writeTiff({
    width,
    height,
    data: new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
    tags,
  });
const grey = <Samples extends ArrayBufferView>(
  Type: { new (length: number): Samples & { fill(value: number): Samples } },
  value: number,
) => new Type(width * height).fill(value);

describe('a TIFF thumbnail of a TIFF', () => {
  it.each([
    ['bytes', tiff({}, grey(Uint8Array, 128)), 128],
    ['words', tiff({ 258: [16] }, grey(Uint16Array, 128 * 257)), 128],
    ['bytes with a sign', tiff({ 339: [2] }, grey(Int8Array, 100)), 100],
    ['whole numbers of 32 bits, as from 0 to 255', tiff({ 258: [32], 339: [2] }, grey(Int32Array, 128)), 128],
    ['whole numbers of 32 bits, of their full range', tiff({ 258: [32] }, grey(Uint32Array, 2 ** 31)), 128],
    ['floating point from 0 to 1', tiff({ 258: [32], 339: [3] }, grey(Float32Array, 0.5)), 128],
    ['floating point from 0 to 255', tiff({ 258: [32], 339: [3] }, grey(Float32Array, 128)), 128],
  ])(
    'has samples of 8 bits without a sign, and the same grey as any other format: %s',
    async (_name, bytes, value) => {
      for (const furtherBoxes of [[], [{ width: 10, height: 10 }]]) {
        for (const format of ['tiff', 'jpeg', 'png'] as const) {
          const { data, pixel } = await rendered(bytes, format, {
            box: { width: 20, height: 20 },
            furtherBoxes,
          });
          expect(Math.abs((pixel(9, 7)[0] ?? 0) - value), format).toBeLessThanOrEqual(1);
          if (format !== 'tiff') continue;
          expect(await sharp(data).metadata()).toMatchObject({ depth: 'uchar', bitsPerSample: 8 });
          expect(readTiffHeader(bytesInMemory(data))).toMatchObject({ bits: [8, 8, 8], sampleFormat: 1 });
        }
      }
    },
  );
});

describe('a TIFF that nobody here reads is not taken for another picture', () => {
  it.each<[string, TiffTags]>([
    ['is compressed by zstd', { 259: [50000] }],
    ['is compressed by LZMA', { 259: [34925] }],
    ['is compressed by LERC', { 259: [34887] }],
    ['is compressed by JBIG', { 259: [34661] }],
    ['is compressed by JPEG 2000', { 259: [34712] }],
    ['is compressed by old-style JPEG', { ...rgb, 259: [6], 262: [6] }],
    ['is compressed by method 12345, which is unknown here', { 259: [12345] }],
    ['has Lab colours', { ...rgb, 262: [8] }],
    ['has YCbCr colours that are not compressed by JPEG', { ...rgb, 262: [6] }],
    ['has samples of 12 bits', { 258: [12] }],
    ['has samples of 5, 6, 5 bits', { ...rgb, 258: [5, 6, 5] }],
    ['has floating-point samples of 16 bits', { 258: [16], 339: [3] }],
    ['has tiles with a plane for each colour', { ...rgb, 284: [2], 322: [16], 323: [16] }],
  ])('%s', async (reason, tags) => {
    for (const order of ['II', 'MM'] as const) {
      for (const big of [false, true]) {
        const bytes = writeTiff({ width, height, data: Buffer.alloc(100), tags, order, big });
        expect(whyUnreadable(bytes)).toBe(reason);
        for (const tolerant of [false, true])
          await expect(rendered(bytes, 'png', { tolerant })).rejects.toThrow();
      }
    }
  });

  it('what is read is not told so', async () => {
    for (const compression of ['none', 'lzw', 'deflate', 'packbits', 'jpeg', 'webp'] as const) {
      const image = sharp({ create: { width, height, channels: 3, background: '#c86432' } });
      expect(whyUnreadable(await image.tiff({ compression }).toBuffer()), compression).toBeUndefined();
    }
  });

  it('a header that leads nowhere is no reason', () => {
    const whole = writeTiff({ width, height, data: Buffer.alloc(10) });
    for (let length = 0; length < whole.length; length++) whyUnreadable(whole.subarray(0, length));
    const astray = Buffer.from(whole);
    astray.writeUInt32LE(0xffff_fff0, 4);
    expect(whyUnreadable(astray)).toBeUndefined();
    expect(whyUnreadable(Buffer.from('II*\0'))).toBeUndefined();
  });
});
