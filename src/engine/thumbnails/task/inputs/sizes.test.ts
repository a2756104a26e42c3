import sharp, { type Sharp } from 'sharp';
import { expect, it } from 'vitest';
import { noise, randomFrom } from '../../../../../test/codecs/jpeg/samples.ts';
import { fitToBox } from '../../../../codecs/common/geometry.ts';
import { type ThumbnailSettings, thumbnailRecipeSchema } from '../../../../shared/recipe.ts';
import { fits } from '../../../../shared/settings/choices.ts';
import { renderBytes } from '../render.ts';

const sources = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const;
const outputs = ['jpeg', 'png', 'webp', 'tiff', 'gif'] as const;

async function sizes(bytes: Uint8Array, format: (typeof outputs)[number], settings: ThumbnailSettings) {
  const { renditions } = await renderBytes(bytes, 'it', thumbnailRecipeSchema.parse(settings), [format]);
  return Promise.all(
    renditions.map(async ({ data, ...told }) => {
      const { width, height } = await sharp(Buffer.from(data)).metadata();
      expect(told).toMatchObject({ width, height });
      return { width, height };
    }),
  );
}

it('317×211 at 60 is 60×40, whatever it is read from and written as, alone or beside another size', async () => {
  const image = noise(317, 211, 1);
  for (const from of sources) {
    const bytes = await sharp(image.data, { raw: { width: 317, height: 211, channels: 3 } })
      .toFormat(from)
      .toBuffer();
    for (const to of outputs) {
      const box = { width: 60, height: 60 };
      const expected = { width: 60, height: 40 };
      expect(await sizes(bytes, to, { box }), `${from} as ${to}`).toEqual([expected]);
      const [first] = await sizes(bytes, to, { box, furtherBoxes: [{ width: 37, height: 37 }] });
      expect(first, `${from} as ${to}, with a second size`).toEqual(expected);
    }
  }
});

it.each(fits)(
  'with fit %s the size depends on the image and the box alone',
  { timeout: 120_000 },
  async (fit) => {
    const random = randomFrom(fits.indexOf(fit) + 11);
    const side = (most: number) => 1 + Math.floor(random() * most);
    for (let i = 0; i < 16; i++) {
      const image = { width: side(i % 3 ? 500 : 40), height: side(i % 4 ? 500 : 40) };
      const orientation = ([1, 6, 3, 5, 8, 2, 7, 4] as const)[i % 8] ?? 1;
      const box = { width: side(200), height: side(200) };
      const further = { width: box.width + side(50), height: side(200) };
      const expected = [box, further].map((each) => {
        const { canvasWidth, canvasHeight } = fitToBox(image, orientation, each, fit);
        return { width: canvasWidth, height: canvasHeight };
      });
      for (const from of ['jpeg', 'png', 'webp', 'tiff'] as const) {
        const bytes = await sharp({ create: { ...image, channels: 3, background: '#888' } })
          .withMetadata({ orientation })
          .toFormat(from)
          .toBuffer();
        const to = outputs[(i + sources.indexOf(from)) % outputs.length] ?? 'png';
        const name = JSON.stringify({ image, orientation, box, further, from, to });
        expect(await sizes(bytes, to, { box, fit }), name).toEqual(expected.slice(0, 1));
        expect(await sizes(bytes, to, { box, fit, furtherBoxes: [further] }), name).toEqual(expected);
      }
    }
  },
);

it('all eight orientations stand upright in every format, cropped and padded where the box asks for it', async () => {
  // Wide bands of red, green and blue from the left, with white along the lower edge: any turn shows.
  const upright = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#00ff00' } })
    .composite([
      { input: { create: { width: 30, height: 60, channels: 3, background: '#ff0000' } }, left: 0, top: 0 },
      { input: { create: { width: 30, height: 60, channels: 3, background: '#0000ff' } }, left: 60, top: 0 },
      { input: { create: { width: 90, height: 20, channels: 3, background: '#ffffff' } }, left: 0, top: 40 },
    ])
    .png()
    .toBuffer();
  const stored = {
    2: (it: Sharp) => it.flop(),
    3: (it: Sharp) => it.rotate(180),
    4: (it: Sharp) => it.flip(),
    5: (it: Sharp) => it.flop().rotate(270),
    6: (it: Sharp) => it.rotate(270),
    7: (it: Sharp) => it.flop().rotate(90),
    8: (it: Sharp) => it.rotate(90),
  };
  for (const fit of fits) {
    const settings = { box: { width: 30, height: 30 }, fit };
    const recipe = thumbnailRecipeSchema.parse(settings);
    const pixels = async (bytes: Uint8Array) => {
      const { renditions } = await renderBytes(bytes, 'it', recipe, ['tiff']);
      return sharp(Buffer.from(renditions[0]?.data ?? []))
        .flatten({ background: '#ffffff' })
        .raw()
        .toBuffer();
    };
    const expected = await pixels(upright);
    for (const [orientation, store] of Object.entries(stored)) {
      const turned = await sharp(await store(sharp(upright)).png().toBuffer())
        .withMetadata({ orientation: Number(orientation) })
        .tiff({ compression: 'none' })
        .toBuffer();
      const made = await pixels(turned);
      const apart = made.map((value, i) => Math.abs(value - (expected[i] ?? 0)));
      expect(made.length, `${fit}, ${orientation}`).toBe(expected.length);
      expect(apart.reduce((sum, each) => sum + each, 0) / made.length, `${fit}, ${orientation}`).toBeLessThan(
        3,
      );
    }
  }
});
