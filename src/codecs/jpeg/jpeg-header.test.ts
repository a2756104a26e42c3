import { describe, expect, it } from 'vitest';
import { exifSegment, inserted, placesOf, segment } from '../../../test/codecs/jpeg/jpeg-bytes.ts';
import { picture, sharpJpeg } from '../../../test/codecs/jpeg/samples.ts';
import { readJpegHeader } from './jpeg-header.ts';

const MAKE_TAG = 0x010f;
const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\u0001\u0001', 'latin1'), Buffer.alloc(128)]);

async function headerWith(...pieces: readonly (Buffer | readonly number[])[]) {
  const jpeg = await sharpJpeg(picture(64, 48), {});
  const [first = 0] = placesOf(jpeg, 0xdb);
  return readJpegHeader(
    inserted(
      jpeg,
      [first],
      pieces.flatMap((piece) => [...piece]),
    ),
  );
}

describe('the orientation', () => {
  it('is that of the first Exif segment, whatever later ones say or leave out', async () => {
    expect(await headerWith(exifSegment(6))).toMatchObject({ orientation: 6 });
    expect(await headerWith(exifSegment(6), exifSegment(1))).toMatchObject({ orientation: 6 });
    expect(await headerWith(exifSegment(6), exifSegment(3, 3, MAKE_TAG))).toMatchObject({ orientation: 6 });
    expect(await headerWith(exifSegment(3, 3, MAKE_TAG), exifSegment(6))).toMatchObject({ orientation: 1 });
    expect(await headerWith(exifSegment(9), exifSegment(6))).toMatchObject({ orientation: 1 });
  });

  it.each([
    ['zeros', new Array(18).fill(0)],
    ['a stuffed zero', [0x12, 0x34, 0xff, 0, 0x56]],
    ['a reserved marker', [1, 0xff, 0x05, 2]],
    ['a second SOI', [0xff, 0xd8]],
    ['a restart marker', [0xff, 0xd3]],
    ['a comment of length 0', [0xff, 0xfe, 0, 0]],
    ['fill bytes', [0xff, 0xff, 0xff]],
  ])('and profile and frame are found behind junk: %s', async (_name, junk) => {
    const header = await headerWith(junk, exifSegment(6), junk, segment(0xe2, profile), junk);
    expect(header).toMatchObject({ orientation: 6, profile: 'other', frame: { width: 64, height: 48 } });
  });
});

describe('the frame', () => {
  it('is not the one of another image behind junk', async () => {
    const preview = await sharpJpeg(picture(10, 10), {});
    expect((await headerWith([1, 2], preview))?.frame).toBeUndefined();
  });

  it('tells what a decoder has to know', async () => {
    expect((await headerWith())?.frame).toMatchObject({ process: 'baseline', precision: 8, height: 48 });
    expect((await headerWith())?.frame?.components).toHaveLength(3);
  });
});
