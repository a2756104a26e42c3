import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inside, run, thumbnail } from '../../../test/codecs/jpeg/run-codec.ts';
import {
  decode,
  difference,
  differenceFromFull,
  meanLightDifference,
  noise,
  picture,
  sample,
  sharpJpeg,
} from '../../../test/codecs/jpeg/samples.ts';
import type { Orientation } from '../common/geometry.ts';
import { JpegCodec } from './jpeg-codec.ts';

const kernel = new JpegCodec();

describe('a thumbnail', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8] as const)('is upright for orientation %i', async (orientation) => {
    for (const [width, height] of [
      [203, 151],
      [64, 50],
      [61, 47],
    ] as const) {
      const jpeg = await oriented(picture(width, height), orientation);
      for (const side of [12, 25, 31, 50]) {
        const made = await decode(thumbnail(kernel, jpeg, side, { orientation }));
        const turned = await sharp(jpeg).autoOrient().raw().toBuffer({ resolveWithObject: true });
        const reference = await sharp(turned.data, { raw: turned.info })
          .resize(made.width, made.height, { fit: 'fill' })
          .raw()
          .toBuffer();
        const apart = difference(reference, made.data);
        expect(apart.mean, `${width}x${height} in ${side}`).toBeLessThan(3);
      }
    }
  });

  it.each(['cover', 'contain', 'fill', 'outside'] as const)(
    'is what sharp makes with fit %s',
    async (fit) => {
      for (const orientation of [1, 3, 6] as const) {
        const jpeg = await oriented(sample, orientation);
        for (const box of [
          { width: 40, height: 40 },
          { width: 25, height: 60 },
          { width: 61, height: 24 },
          { width: 120, height: 90 },
          { width: 300, height: 40 },
        ]) {
          const result = run(kernel, jpeg, { targets: [{ box, fit, quality: 100 }], orientation });
          if (result.status !== 'ok') throw new Error(JSON.stringify(result));
          const made = await decode(Buffer.from(result.outputs[0]?.bytes ?? []));
          const theirs = await sharp(jpeg)
            .autoOrient()
            .resize({ ...box, fit, withoutEnlargement: true, fastShrinkOnLoad: false, background: '#fff' })
            .raw()
            .toBuffer({ resolveWithObject: true });
          const name = `${box.width}x${box.height}, orientation ${orientation}`;
          expect([made.width, made.height], name).toEqual([theirs.info.width, theirs.info.height]);
          expect(difference(theirs.data, made.data).mean, name).toBeLessThan(3);
        }
      }
    },
  );

  it('is the same whether made alone or with other sizes, where the decoded size is the same', async () => {
    const jpeg = await sharpJpeg(sample, { quality: 90 });
    const result = run(kernel, jpeg, { targets: [inside(50), inside(45), inside(40)] });
    if (result.status !== 'ok') throw new Error(JSON.stringify(result));
    const together = result.outputs.map((output) => Buffer.from(output.bytes));
    expect(together[0]).toEqual(thumbnail(kernel, jpeg, 50, { quality: 80 }));
    for (const [i, side] of [50, 45, 40].entries()) {
      const alone = thumbnail(kernel, jpeg, side, { quality: 80 });
      const apart = difference((await decode(alone)).data, (await decode(together[i] ?? alone)).data);
      expect(apart.mean).toBeLessThan(1.5);
    }
  });

  it('is decoded with less when fast, and stays close', async () => {
    const jpeg = await sharpJpeg(picture(600, 450), { quality: 90 });
    const apart = await differenceFromFull(jpeg, thumbnail(kernel, jpeg, 75, { fast: true }));
    expect(apart.mean).toBeLessThan(2);
  });

  it.each([5, 30, 50, 80, 95])(
    'loses at quality %i what libjpeg loses, in as many bytes',
    async (quality) => {
      for (const pixels of [sample, noise(120, 90)]) {
        const jpeg = await sharpJpeg(pixels, { quality: 97 });
        const { data, width, height } = await decode(jpeg);
        const theirs = await sharpJpeg({ data, width, height }, { quality, optimiseCoding: false });
        const ours = thumbnail(kernel, jpeg, 300, { quality });
        const lost = meanLightDifference(data, (await decode(theirs)).data);
        expect(meanLightDifference(data, (await decode(ours)).data)).toBeLessThan(lost * 1.03 + 0.05);
        // For noise, a cubic filter leaves more chroma detail than libjpeg's mean of four.
        expect(ours.length).toBeLessThan(theirs.length * 1.15 + 20);
      }
    },
  );

  it('is never enlarged', async () => {
    const jpeg = await sharpJpeg(picture(20, 10), { quality: 90 });
    const { width, height } = await sharp(thumbnail(kernel, jpeg, 500)).metadata();
    expect([width, height]).toEqual([20, 10]);
  });
});

async function oriented(pixels: { data: Buffer; width: number; height: number }, orientation: Orientation) {
  const { data, width, height } = pixels;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation })
    .jpeg({ quality: 95 })
    .toBuffer();
}
