import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { dataOf, EOI, inserted, placesOf } from '../../../../test/codecs/jpeg/jpeg-bytes.ts';
import {
  cjpeg,
  picture,
  randomFrom,
  sample,
  sharpJpeg,
  withCjpeg,
} from '../../../../test/codecs/jpeg/samples.ts';
import { ItemError } from '../../../shared/failure.ts';
import { type ThumbnailSettings, thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import { type JpegJudgement, JpegThumbnailer } from './jpeg-thumbnailer.ts';

const thumbnailer = new JpegThumbnailer();

function judge(bytes: Buffer, settings: ThumbnailSettings = {}): JpegJudgement {
  thumbnailer.holdBytes(bytes);
  return thumbnailer.judge('a.jpg', thumbnailRecipeSchema.parse(settings));
}

/** What `judge` should say, by what `render` does. */
function verdictOfRender(bytes: Buffer, settings: ThumbnailSettings): JpegJudgement {
  thumbnailer.holdBytes(bytes);
  try {
    const made = thumbnailer.render('a.jpg', thumbnailRecipeSchema.parse(settings));
    if (!made) return { kind: 'unknown' };
    return made.warning === undefined ? { kind: 'whole' } : { kind: 'harmless', warning: made.warning };
  } catch (error) {
    if (!(error instanceof ItemError)) throw error;
    const warning = error.message.slice('a.jpg is damaged. '.length);
    return { kind: 'damaged', code: error.code as 'CORRUPT_IMAGE', message: error.message, warning };
  }
}

describe('the verdict on a JPEG', () => {
  it('is that of making the thumbnail, in the same words', async () => {
    const made = [
      await sharpJpeg(sample, { quality: 90 }),
      await sharpJpeg(sample, { quality: 90, progressive: true }),
      ...(withCjpeg ? [cjpeg(sample, '-restart', '1'), cjpeg(sample, '-progressive', '-restart', '1')] : []),
    ];
    const random = randomFrom(11);
    const below = (limit: number) => Math.floor(random() * limit);
    const kinds = new Set<string>();
    for (let i = 0; i < 400; i++) {
      const whole = made[i % made.length] ?? Buffer.alloc(0);
      const at = below(10) === 0 ? below(whole.length) : dataOf(whole) + below(whole.length - dataOf(whole));
      let damaged: Buffer = Buffer.from(whole);
      const kind = below(5);
      if (kind === 0) damaged = damaged.subarray(0, at);
      else if (kind === 1) damaged[at] = below(256);
      else if (kind === 2)
        damaged = Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + below(200))]);
      else if (kind === 3) damaged = inserted(damaged, placesOf(whole, EOI), [1, 2, below(255)]);
      const size = [12, 40, 100, 203][below(4)] ?? 12;
      const settings: ThumbnailSettings =
        below(2) === 0
          ? { box: { width: size, height: size } }
          : { box: { width: size, height: 20 }, fit: 'cover' };
      const verdict = judge(damaged, settings);
      expect(verdict, `${i}`).toEqual(verdictOfRender(damaged, settings));
      // Where faults are tolerated, the words are the warning's. Before any luminance nothing can be shown.
      const tolerant = { ...settings, tolerant: true };
      expect(judge(damaged, tolerant)).toEqual(verdict);
      const shown = verdictOfRender(damaged, tolerant);
      if (verdict.kind !== 'damaged' || shown.kind === 'damaged') expect(shown).toEqual(verdict);
      else expect(shown).toEqual({ kind: 'harmless', warning: verdict.warning });
      kinds.add(verdict.kind);
    }
    expect([...kinds].sort()).toEqual(['damaged', 'harmless', 'whole']);
  });

  it('is given of images whose colours are left to sharp', async () => {
    const image = sharp(sample.data, { raw: { width: sample.width, height: sample.height, channels: 3 } });
    const others = [
      await image.clone().toColourspace('cmyk').jpeg().toBuffer(),
      await image.clone().toColourspace('cmyk').jpeg({ progressive: true }).toBuffer(),
      await image.clone().withIccProfile('p3').jpeg().toBuffer(),
    ];
    for (const jpeg of others) {
      expect(judge(jpeg)).toEqual({ kind: 'whole' });
      const [end = 0] = placesOf(jpeg, EOI);
      expect(judge(inserted(jpeg, [end], [1, 2, 3]))).toMatchObject({ kind: 'harmless' });
      expect(judge(jpeg.subarray(0, end))).toMatchObject({ kind: 'harmless' });
      expect(judge(jpeg.subarray(0, end - 40))).toMatchObject({
        kind: 'damaged',
        code: 'TRUNCATED_IMAGE',
        message: 'a.jpg is damaged. The file ends before its image does.',
      });
    }
  });

  it('is none on what the codec does not read', async () => {
    expect(judge(Buffer.from('no image'))).toEqual({ kind: 'unknown' });
    expect(judge(await sharpJpeg(picture(64, 48), {}), { maxPixels: 1000 })).toEqual({ kind: 'unknown' });
    if (withCjpeg) expect(judge(cjpeg(sample, '-arithmetic'))).toEqual({ kind: 'unknown' });
  });
});

describe('a copy of the held JPEG', () => {
  it.each([
    ['zeros', [0, 0, 0, 0]],
    ['a stuffed zero', [0x12, 0x34, 0xff, 0, 0x56]],
    ['a reserved marker', [1, 0xff, 0x05, 2]],
    ['a second SOI', [0xff, 0xd8]],
  ])('has no junk between its segments that sharp would stumble over: %s', async (_name, junk) => {
    const jpeg = await sharpJpeg(sample, { quality: 90 });
    const [first = 0, second = 0] = placesOf(jpeg, 0xdb, 0xc4);
    const places = junk.includes(0xd8) ? [first] : [first, second];
    const withJunk = inserted(jpeg, places, junk);
    await expect(sharp(withJunk).raw().toBuffer()).rejects.toThrow();
    thumbnailer.holdBytes(withJunk);
    const copy = thumbnailer.copyWithoutJunk() ?? withJunk;
    expect(await sharp(copy).raw().toBuffer()).toEqual(await sharp(jpeg).raw().toBuffer());
  });

  it('is as it was where there is no junk, or no JPEG', async () => {
    const png = await sharp(sample.data, { raw: { width: 203, height: 151, channels: 3 } })
      .png()
      .toBuffer();
    for (const bytes of [
      await sharpJpeg(sample, { progressive: true }),
      png,
      Buffer.from([0xff, 0xd8, 1, 2, 3]),
    ]) {
      thumbnailer.holdBytes(bytes);
      expect(thumbnailer.copyWithoutJunk()?.equals(bytes)).toBe(true);
    }
  });
});
