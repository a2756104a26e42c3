import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { renderBytes } from './render.ts';

/** Half of it red, half of it blue. */
const twoHalves = () => {
  const half = (background: string) =>
    sharp({ create: { width: 60, height: 80, channels: 3, background } })
      .png()
      .toBuffer();
  return Promise.all([half('#d02010'), half('#1020d0')]).then(([left, right]) =>
    sharp({ create: { width: 120, height: 80, channels: 3, background: '#000' } }).composite([
      { input: left, left: 0, top: 0 },
      { input: right, left: 60, top: 0 },
    ]),
  );
};
const meanOfHalves = [0x70, 0x20, 0x70];

const colourOf = async (bytes: Uint8Array, format: WrittenFormat, recipe: object = {}) => {
  const rendering = await renderBytes(bytes, 'it', thumbnailRecipeSchema.parse(recipe), [format]);
  const colour = rendering.renditions[0]?.colour ?? -1;
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
};

function expectNear(colour: readonly number[], wanted: readonly number[], within = 6): void {
  const off = colour.map((value, channel) => Math.abs(value - (wanted[channel] ?? 0)));
  expect(Math.max(...off), `${colour} is not near ${wanted}`).toBeLessThanOrEqual(within);
}

describe('the mean colour of a thumbnail', () => {
  const inputs = ['jpeg', 'png', 'webp'] as const;
  const outputs = ['jpeg', 'png', 'webp', 'avif'] as const;
  it.each(inputs.flatMap((input) => outputs.map((output) => ({ input, output }))))(
    'is told of $input as $output',
    async ({ input, output }) => {
      const bytes = await (await twoHalves()).toFormat(input).toBuffer();
      expectNear(await colourOf(bytes, output), meanOfHalves);
    },
  );

  it.each(['gif', 'tiff', 'avif'] as const)('is not told of %s, which sharp scales', async (input) => {
    const bytes = await (await twoHalves()).toFormat(input).toBuffer();
    const { renditions } = await renderBytes(bytes, 'it', thumbnailRecipeSchema.parse({}), ['png']);
    expect(renditions.map(({ colour }) => colour)).toEqual([undefined]);
  });

  it('is that of the picture as it is turned and cropped', async () => {
    // Turned by a quarter, its red half lies above; a wide box keeps the middle of both.
    const bytes = await (await twoHalves()).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const recipe = { box: { width: 40, height: 10 }, fit: 'cover' };
    expectNear(await colourOf(bytes, 'jpeg', recipe), meanOfHalves);
  });

  it('has the white of a padded JPEG in it', async () => {
    const bytes = await (await twoHalves()).jpeg().toBuffer();
    const recipe = { box: { width: 60, height: 80 }, fit: 'contain' };
    const white = [255, 255, 255];
    expectNear(
      await colourOf(bytes, 'jpeg', recipe),
      white.map((part, channel) => (part + (meanOfHalves[channel] ?? 0)) / 2),
    );
  });

  it.each(['png', 'webp'] as const)('has nothing in it of what a %s does not show', async (format) => {
    const hole = { width: 60, height: 80, channels: 4 as const, background: '#00ff0000' };
    const image = sharp({ create: { ...hole, width: 120 } }).composite([
      { input: { create: { width: 60, height: 80, channels: 4, background: '#d02010' } }, left: 0, top: 0 },
    ]);
    const bytes = await image.toFormat(format, { lossless: true }).toBuffer();
    expectNear(await colourOf(bytes, 'png'), [0xd0, 0x20, 0x10]);
  });

  it('is a grey of a grey image, and white of one that shows nothing', async () => {
    const grey = sharp({ create: { width: 50, height: 50, channels: 3, background: '#404040' } }).greyscale();
    expectNear(await colourOf(await grey.jpeg().toBuffer(), 'jpeg'), [0x40, 0x40, 0x40]);
    expectNear(await colourOf(await grey.png().toBuffer(), 'png'), [0x40, 0x40, 0x40]);
    const nothing = sharp({ create: { width: 50, height: 50, channels: 4, background: '#00000000' } });
    expect(await colourOf(await nothing.png().toBuffer(), 'png')).toEqual([255, 255, 255]);
  });
});
