import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../test/codecs/jpeg/samples.ts';
import { fits } from '../../shared/settings/choices.ts';
import { fitToBox, type Orientation } from './geometry.ts';

const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;

describe('the geometry of a thumbnail', () => {
  it.each(fits)('has the dimensions sharp gives for fit %s', { timeout: 120_000 }, async (fit) => {
    const random = randomFrom(fits.indexOf(fit) + 1);
    const side = (most: number) => 1 + Math.floor(random() * most);
    for (let i = 0; i < 40; i++) {
      const image = { width: side(i % 3 ? 700 : 40), height: side(i % 4 ? 700 : 40) };
      const orientation: Orientation = i % 2 ? 1 : (orientations[i % 8] ?? 1);
      const jpeg = await sharp({ create: { ...image, channels: 3, background: '#888' } })
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer();
      for (let j = 0; j < 6; j++) {
        const box = { width: side(j % 2 ? 300 : 80), height: side(j % 3 ? 300 : 80) };
        const theirs = await sharp(jpeg)
          .autoOrient()
          .resize({ ...box, fit, withoutEnlargement: true })
          .raw()
          .toBuffer({ resolveWithObject: true });
        const ours = fitToBox(image, orientation, box, fit);
        expect(
          [ours.canvasWidth, ours.canvasHeight],
          `${image.width}x${image.height} in ${box.width}x${box.height}, orientation ${orientation}`,
        ).toEqual([theirs.info.width, theirs.info.height]);
      }
    }
  });

  it('stays inside the image and the canvas', () => {
    const random = randomFrom(7);
    const side = (most: number) => 1 + Math.floor(random() * most);
    for (let i = 0; i < 20_000; i++) {
      const image = { width: side(i % 2 ? 65_500 : 30), height: side(i % 3 ? 65_500 : 30) };
      const orientation = orientations[i % 8] ?? 1;
      const fit = fits[i % 5] ?? 'inside';
      const g = fitToBox(image, orientation, { width: side(2000), height: side(2000) }, fit);
      const turned = orientation >= 5;
      const name = JSON.stringify({ image, orientation, fit, g });
      expect(g.width >= 1 && g.height >= 1 && g.left >= 0 && g.top >= 0, name).toBe(true);
      expect(g.left + g.spanX <= image.width + 1e-6, name).toBe(true);
      expect(g.top + g.spanY <= image.height + 1e-6, name).toBe(true);
      expect(g.offsetX + (turned ? g.height : g.width) <= g.canvasWidth, name).toBe(true);
      expect(g.offsetY + (turned ? g.width : g.height) <= g.canvasHeight, name).toBe(true);
    }
  });
});
