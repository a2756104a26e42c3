import { expect, test } from 'vitest';
import { plain } from '../../../../../test/images/test-images.ts';
import { thumbnailRecipeSchema } from '../../../../shared/recipe.ts';
import { renderBytes } from '../render.ts';
import { assertFits } from './output-limit.ts';

test.each(['webp', 'avif'] as const)(
  'a %s that would be larger than its format can be is the fault of what was asked for, not of the image',
  async (format) => {
    // An image is never enlarged, so only a drawing gets that large.
    const drawing = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="4"><rect width="9" height="4"/></svg>',
    );
    const recipe = thumbnailRecipeSchema.parse({ box: { width: 1000, height: 60 }, fit: 'outside' });
    await expect(renderBytes(drawing, 'a.svg', recipe, [format])).rejects.toMatchObject({
      code: 'OUTPUT_TOO_LARGE',
    });
  },
);

test.each(['webp', 'avif'] as const)(
  'a long photograph, too, is told to be too large for %s',
  async (format) => {
    const recipe = thumbnailRecipeSchema.parse({ box: { width: 75, height: 75 }, fit: 'outside' });
    for (const bytes of [
      await plain(20_000, 40).jpeg().toBuffer(),
      await plain(20_000, 40).png().toBuffer(),
    ]) {
      await expect((async () => renderBytes(bytes, 'a', recipe, [format]))()).rejects.toMatchObject({
        code: 'OUTPUT_TOO_LARGE',
      });
    }
  },
);

test.each([
  ['jpeg', 65_535],
  ['gif', 65_535],
  ['webp', 16_383],
  ['avif', 16_384],
] as const)('%s holds sides of up to %i pixels', (format, side) => {
  expect(() => assertFits({ canvasWidth: side, canvasHeight: 1 }, format)).not.toThrow();
  expect(() => assertFits({ canvasWidth: 1, canvasHeight: side + 1 }, format)).toThrow(String(side));
});

test('PNG and TIFF hold what any box can ask for', () => {
  expect(() => assertFits({ canvasWidth: 200_000, canvasHeight: 1 }, 'png')).not.toThrow();
  expect(() => assertFits({ canvasWidth: 200_000, canvasHeight: 1 }, 'tiff')).not.toThrow();
});
