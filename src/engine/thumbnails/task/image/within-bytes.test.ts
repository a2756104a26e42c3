import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { picture } from '../../../../../test/codecs/jpeg/samples.ts';
import { exifOf } from '../../../../../test/images/exif.ts';
import { withMetadata } from '../../../../../test/images/profiled.ts';
import { compactProfiles } from '../../../../codecs/common/compact-profile.ts';
import { type ThumbnailSettings, thumbnailRecipeSchema } from '../../../../shared/recipe.ts';
import type { WrittenFormat } from '../../../../shared/settings/choices.ts';
import { renderBytes } from '../render.ts';
import { bounded } from '../thumbnail.ts';
import type { Rendition } from './rendering.ts';
import { withinBytes } from './within-bytes.ts';

const photo = () => sharp(picture(160, 120).data, { raw: { width: 160, height: 120, channels: 3 } });
const sources = {
  jpeg: () => photo().jpeg().toBuffer(),
  'jpeg with metadata': async () =>
    withMetadata(await photo().jpeg().toBuffer(), 'jpeg', {
      profile: compactProfiles.p3,
      exif: exifOf('II'),
    }),
  png: () => photo().png().toBuffer(),
  tiff: () => photo().tiff().toBuffer(),
  webp: () => photo().webp().toBuffer(),
};

async function made(source: keyof typeof sources, format: WrittenFormat, settings: ThumbnailSettings) {
  const recipe = thumbnailRecipeSchema.parse(settings);
  const bytes = await sources[source]();
  const { renditions } = await bounded(renderBytes(bytes, 'it', recipe, [format]), 'it', recipe);
  const [{ data, quality } = { data: Buffer.alloc(0) }] = renditions;
  return { bytes: data.length, quality };
}

describe('a thumbnail of so many bytes at most', () => {
  test.each(Object.keys(sources) as (keyof typeof sources)[])(
    'of %s has the highest quality with which it has no more',
    async (source) => {
      const format = fc.constantFrom<WrittenFormat>('jpeg', 'webp', 'avif');
      const share = fc.double({ min: 0.2, max: 1.1, noNaN: true });
      const settings = fc.constantFrom<ThumbnailSettings>(
        {},
        { keep: 'all' },
        { sharpen: 1 },
        { chroma: '444' },
      );
      await fc.assert(
        fc.asyncProperty(format, share, settings, async (format, share, settings) => {
          const whole = await made(source, format, settings);
          const least = await made(source, format, { ...settings, quality: 1 });
          const most = Math.max(least.bytes, Math.round(whole.bytes * share));
          const { bytes, quality = 80 } = await made(source, format, { ...settings, maxOutputBytes: most });
          expect(bytes).toBeLessThanOrEqual(most);
          expect(bytes).toBe((await made(source, format, { ...settings, quality })).bytes);
          if (quality < 80) {
            const more = await made(source, format, { ...settings, quality: quality + 1 });
            expect(more.bytes).toBeGreaterThan(most);
          }
        }),
        { numRuns: 12 },
      );
    },
  );

  test('is found with few tries, whatever sizes an encoder makes', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 100, maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100_000 }),
        async (sizes, asked, most) => {
          const sizeAt = (quality: number) => sizes[quality - 1] ?? 0;
          let tries = 0;
          const atQuality = (quality: number) => {
            tries++;
            return new Uint8Array(sizeAt(quality));
          };
          const rendition: Rendition = {
            data: new Uint8Array(sizeAt(asked)),
            width: 1,
            height: 1,
            format: 'webp',
            atQuality,
          };
          const recipe = thumbnailRecipeSchema.parse({ quality: asked, maxOutputBytes: most });
          const found = await withinBytes({ renditions: [rendition], via: 'kernel' }, 'it', recipe).then(
            ({ renditions: [one] }) => one,
            ({ code }) => void expect(code).toBe('TOO_MANY_BYTES'),
          );
          expect(tries).toBeLessThanOrEqual(14);
          const quality = found?.quality ?? (found ? asked : 0);
          if (found) expect(found.data.length).toBeLessThanOrEqual(most);
          if (quality < asked) expect(sizeAt(quality + 1)).toBeGreaterThan(most);
        },
      ),
    );
  });

  test.each([
    [
      'png',
      {},
      /^The png of it has \d+ bytes, more than the 50 that are allowed, and there is no quality to lower\.$/,
    ],
    ['webp', { lossless: true }, /no quality to lower/],
    ['jpeg', {}, /^The jpeg of it has \d+ bytes in the lowest quality, more than the 50 that are allowed\.$/],
  ] as const)('that cannot be that small as %s with %j fails', async (format, settings, message) => {
    await expect(made('jpeg', format, { ...settings, maxOutputBytes: 50 })).rejects.toMatchObject({
      code: 'TOO_MANY_BYTES',
      message: expect.stringMatching(message),
    });
  });
});
