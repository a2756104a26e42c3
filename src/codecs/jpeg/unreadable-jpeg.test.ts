import { describe, expect, it } from 'vitest';
import { placesOf, SOF0 } from '../../../test/codecs/jpeg/jpeg-bytes.ts';
import { picture, sharpJpeg } from '../../../test/codecs/jpeg/samples.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { unreadableJpeg } from './unreadable-jpeg.ts';

/** A frame header that says other things: all that is asked is the header. */
async function reasonOf(changes: { marker?: number; precision?: number; height?: number; count?: number }) {
  const jpeg = Buffer.from(await sharpJpeg(picture(64, 48), {}));
  const [frame = 0] = placesOf(jpeg, SOF0);
  jpeg[frame + 1] = changes.marker ?? SOF0;
  jpeg[frame + 4] = changes.precision ?? 8;
  jpeg.writeUInt16BE(changes.height ?? 48, frame + 5);
  jpeg[frame + 9] = changes.count ?? 3;
  const header = readJpegHeader(jpeg);
  if (!header) throw new Error('no JPEG');
  return unreadableJpeg(header);
}

describe('a valid JPEG that nobody here reads', () => {
  it.each([
    ['has samples of 12 bits', { marker: 0xc1, precision: 12 }],
    ['has samples of 12 bits', { marker: 0xc2, precision: 12 }],
    ['is a lossless JPEG', { marker: 0xc3, precision: 8 }],
    ['is a lossless JPEG', { marker: 0xc3, precision: 16 }],
    ['is a lossless JPEG', { marker: 0xcb }],
    ['is a hierarchical JPEG', { marker: 0xc5 }],
    ['is a hierarchical JPEG', { marker: 0xcf }],
    ['is a hierarchical JPEG', { marker: 0xde }],
    ['is a JPEG-LS', { marker: 0xf7 }],
    ['its height', { height: 0 }],
    ['has 2 components', { count: 2 }],
  ])('is told in words: %s', async (words, changes) => {
    expect(await reasonOf(changes)).toContain(words);
  });

  it('is not one that sharp reads, nor a damaged one', async () => {
    for (const marker of [0xc0, 0xc1, 0xc2, 0xc9, 0xca]) expect(await reasonOf({ marker })).toBeUndefined();
    expect(await reasonOf({ precision: 77 })).toBeUndefined();
    expect(await reasonOf({ count: 0 })).toBeUndefined();
    expect(unreadableJpeg({ jfif: false, orientation: 1, profile: 'none' })).toBeUndefined();
  });
});
