import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { picture } from '../../../../test/codecs/jpeg/samples.ts';
import { withMetadata } from '../../../../test/images/profiled.ts';
import { turnedCorners } from '../../../../test/images/test-images.ts';
import { writeBmp } from '../../../../test/images/write-bmp.ts';
import { compactProfiles } from '../../../codecs/common/compact-profile.ts';
import { type ThumbnailSettings, thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import type { WrittenFormat, WrittenFormats } from '../../../shared/settings/choices.ts';
import type { Rendition } from './image/rendering.ts';
import { renderBytes } from './render.ts';

const photo = () => sharp(picture(320, 240).data, { raw: { width: 320, height: 240, channels: 3 } });
const drawing = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><circle cx="30" cy="30" r="25" fill="#c30"/></svg>',
);

/** By what reads and scales them. */
const sources: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  'a photo': () => photo().jpeg().toBuffer(),
  'a progressive one': () => photo().jpeg({ progressive: true }).toBuffer(),
  'a grey one': () => photo().toColourspace('b-w').jpeg().toBuffer(),
  'one that is turned': () => turnedCorners(160, 120, 6),
  'a CMYK JPEG': () => photo().toColourspace('cmyk').jpeg().toBuffer(),
  'a PNG': () => photo().png().toBuffer(),
  'a transparent PNG': async () => photo().ensureAlpha(0.5).png().toBuffer(),
  'a PNG of 16 bits': () => photo().toColourspace('rgb16').png().toBuffer(),
  'a WebP': () => photo().webp().toBuffer(),
  'a GIF': () => photo().gif().toBuffer(),
  'a TIFF': () => photo().tiff().toBuffer(),
  'a drawing': async () => drawing,
  'a BMP': async () => writeBmp({ width: 120, height: 90, bits: 24, data: picture(120, 90).data }),
  'a photo with a profile': async () =>
    withMetadata(await photo().jpeg().toBuffer(), 'jpeg', { profile: compactProfiles.p3 }),
};

const looks: Readonly<Record<string, ThumbnailSettings>> = {
  'as usual': {},
  'in two sizes': { furtherBoxes: [{ width: 31, height: 40 }] },
  padded: { fit: 'contain', box: { width: 60, height: 60 } },
  'padded with a colour': { fit: 'contain', background: '#c008', box: { width: 60, height: 60 } },
  'cropped by what is to be seen': { fit: 'cover', position: 'attention' },
  sharpened: { sharpen: 1 },
  'as progressive JPEG with all colours': { progressive: true, chroma: '444' },
  'without loss': { lossless: true },
  'with all that is kept': { keep: 'all' },
  'in Display P3': { colour: 'p3' },
};

async function made(bytes: Uint8Array, formats: WrittenFormats, settings: ThumbnailSettings) {
  const { renditions } = await renderBytes(bytes, 'it', thumbnailRecipeSchema.parse(settings), formats);
  // A copy: what the codec holds of one is gone with the next.
  return renditions.map((each) => ({ ...each, data: Buffer.from(each.data) }));
}

/** The largest mean difference of a channel, of 255. */
async function apart(one: Uint8Array, other: Uint8Array): Promise<number> {
  const pixels = async (data: Uint8Array) => sharp(data).toColourspace('srgb').ensureAlpha().raw().toBuffer();
  const [a, b] = await Promise.all([pixels(one), pixels(other)]);
  expect(a.length).toBe(b.length);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length;
}

const told = ({ format, width, height, colour }: Rendition) => ({ format, width, height, colour });
const quick = ['webp', 'jpeg', 'png', 'tiff', 'gif'] as const satisfies readonly WrittenFormat[];
/** AVIF takes longer than all others together, and is sharp's as TIFF is: it is made where a look means something to it. */
const withAvif = new Set(['as usual', 'without loss', 'with all that is kept', 'in Display P3']);
/** Those that our codecs scale: what each format gets is to the byte what a run of its own makes. */
const byOurCodecs = new Set([
  'a photo',
  'a progressive one',
  'a grey one',
  'one that is turned',
  'a PNG',
  'a WebP',
]);

describe('several formats of one decode', () => {
  describe.each(Object.keys(sources))('%s', (source) => {
    test.each(Object.keys(looks))('%s is in each what a run with that format alone makes', async (look) => {
      const bytes = (await sources[source]?.()) ?? Buffer.alloc(0);
      const settings = looks[look] ?? {};
      const formats: WrittenFormats = withAvif.has(look) ? [...quick, 'avif'] : quick;
      const together = await made(bytes, formats, settings);
      const alone: Rendition[] = [];
      for (const format of formats) alone.push(...(await made(bytes, [format], settings)));
      expect(together.map(told)).toEqual(alone.map(told));
      for (const [i, { data, format }] of together.entries()) {
        const other = alone[i]?.data ?? Buffer.alloc(0);
        if (byOurCodecs.has(source) && look === 'as usual') {
          expect(data.equals(other), `${format} has the same bytes`).toBe(true);
        }
        expect(await apart(data, other), format).toBeLessThan(1.5);
      }
    });
  });

  test('a gain map is kept in JPEG beside other formats, which have none', async () => {
    const pixels = Float32Array.from({ length: 128 * 96 * 3 }, (_, i) =>
      i % 384 > 270 ? 4 : (i % 384) / 384,
    );
    const image = sharp(pixels, { raw: { width: 128, height: 96, channels: 3 } }).pipelineColourspace(
      'scrgb',
    );
    const bytes = await (image as Sharp & { withGainMap(): Sharp }).withGainMap().jpeg().toBuffer();
    const renditions = await made(bytes, ['webp', 'jpeg'], {
      keep: 'all',
      furtherBoxes: [{ width: 30, height: 30 }],
    });
    expect(renditions.map(({ format, width }) => [format, width])).toEqual([
      ['webp', 75],
      ['webp', 30],
      ['jpeg', 75],
      ['jpeg', 30],
    ]);
    const maps = await Promise.all(
      renditions.map(async ({ data }) => 'gainMap' in (await sharp(data).metadata())),
    );
    expect(maps).toEqual([false, false, true, true]);
  });
});
