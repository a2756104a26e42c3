import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../test/codecs/jpeg/samples.ts';
import { fits, places, positions } from '../../shared/settings/choices.ts';
import { fitToBox } from './geometry.ts';

const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;

describe('the geometry of a thumbnail', () => {
  it.each([
    [317, 211, 60, 60, 40],
    [461, 383, 62, 62, 52],
    [326, 211, 72, 72, 47],
    [1000, 2, 75, 75, 1],
    [3, 2, 2, 2, 1],
    [30_000, 10, 75, 75, 1],
    [65_535, 65_534, 16_383, 16_383, 16_383],
  ])('%d×%d in a square of %d is %d×%d: the nearest whole pixels', (width, height, side, w, h) => {
    const box = { width: side, height: side };
    const upright = fitToBox({ width, height }, 1, box, 'inside');
    expect([upright.canvasWidth, upright.canvasHeight]).toEqual([w, h]);
    const turned = fitToBox({ width, height }, 6, box, 'inside');
    expect([turned.canvasWidth, turned.canvasHeight]).toEqual([h, w]);
  });

  it('keeps the shape to half a pixel, reaches the box, and is never larger than the image', () => {
    const random = randomFrom(3);
    const side = (most: number) => 1 + Math.floor(random() * most);
    for (let i = 0; i < 20_000; i++) {
      const image = { width: side(i % 2 ? 65_500 : 30), height: side(i % 3 ? 65_500 : 30) };
      const box = { width: side(i % 5 ? 400 : 16_383), height: side(i % 7 ? 400 : 16_383) };
      const fit = fits[i % 5] ?? 'inside';
      const { whole, canvasWidth, canvasHeight } = fitToBox(image, 1, box, fit);
      const name = JSON.stringify({ image, box, fit, whole });
      const [x, y] = [box.width / image.width, box.height / image.height];
      const scale = Math.min(1, fit === 'inside' || fit === 'contain' ? Math.min(x, y) : Math.max(x, y));
      const near = (size: number, exact: number) => Math.abs(size - Math.max(1, exact)) <= 0.5 + 1e-9;
      expect(near(whole.width, image.width * (fit === 'fill' ? Math.min(1, x) : scale)), name).toBe(true);
      expect(near(whole.height, image.height * (fit === 'fill' ? Math.min(1, y) : scale)), name).toBe(true);
      const canvas = { width: canvasWidth, height: canvasHeight };
      const least = { width: Math.min(whole.width, box.width), height: Math.min(whole.height, box.height) };
      if (fit === 'cover') expect(canvas, name).toEqual(least);
      else expect(canvas, name).toEqual(fit === 'contain' ? box : whole);
    }
  });

  it('stays inside the image and the canvas, at every place', () => {
    const random = randomFrom(7);
    const side = (most: number) => 1 + Math.floor(random() * most);
    for (let i = 0; i < 20_000; i++) {
      const image = { width: side(i % 2 ? 65_500 : 30), height: side(i % 3 ? 65_500 : 30) };
      const orientation = orientations[i % 8] ?? 1;
      const fit = fits[i % 5] ?? 'inside';
      const position = positions[i % positions.length] ?? 'centre';
      const g = fitToBox(image, orientation, { width: side(2000), height: side(2000) }, fit, position);
      const turned = orientation >= 5;
      const name = JSON.stringify({ image, orientation, fit, position, g });
      expect(g.width >= 1 && g.height >= 1 && g.left >= 0 && g.top >= 0, name).toBe(true);
      expect(g.left + g.spanX <= image.width + 1e-6, name).toBe(true);
      expect(g.top + g.spanY <= image.height + 1e-6, name).toBe(true);
      expect(g.offsetX + (turned ? g.height : g.width) <= g.canvasWidth, name).toBe(true);
      expect(g.offsetY + (turned ? g.width : g.height) <= g.canvasHeight, name).toBe(true);
    }
  });

  it('the places differ in nothing but where, and together reach from edge to edge', () => {
    const random = randomFrom(11);
    const side = (most: number) => 1 + Math.floor(random() * most);
    for (let i = 0; i < 2_000; i++) {
      const image = { width: side(900), height: side(900) };
      const orientation = orientations[i % 8] ?? 1;
      const fit = fits[i % 5] ?? 'inside';
      const box = { width: side(300), height: side(300) };
      const at = (position?: (typeof positions)[number]) => fitToBox(image, orientation, box, fit, position);
      const all = places.map((place) => at(place));
      const upright = (g: (typeof all)[number]) =>
        orientation >= 5 ? [g.height, g.width] : [g.width, g.height];
      const name = JSON.stringify({ image, orientation, fit, box });
      const [width = 0, height = 0] = upright(at());
      for (const g of all) {
        expect([...upright(g), g.canvasWidth, g.canvasHeight], name).toEqual([
          width,
          height,
          at().canvasWidth,
          at().canvasHeight,
        ]);
      }
      const whole = at().whole;
      const [wholeWidth, wholeHeight] =
        orientation >= 5 ? [whole.height, whole.width] : [whole.width, whole.height];
      const [first, last] = [at('northwest'), at('southeast')];
      expect([first.cropX, first.cropY, first.offsetX, first.offsetY], name).toEqual([0, 0, 0, 0]);
      expect([last.cropX + width, last.cropY + height], name).toEqual([wholeWidth, wholeHeight]);
      expect([last.offsetX + width, last.offsetY + height], name).toEqual([
        last.canvasWidth,
        last.canvasHeight,
      ]);
      const others = { north: ['centre', 'northwest'], east: ['southeast', 'centre'] } as const;
      for (const [place, [across, down]] of Object.entries(others)) {
        const g = at(place as 'north' | 'east');
        expect([g.cropX, g.offsetX, g.cropY, g.offsetY], name).toEqual([
          at(across).cropX,
          at(across).offsetX,
          at(down).cropY,
          at(down).offsetY,
        ]);
      }
      expect(at('centre'), name).toEqual(at());
      expect(at('attention'), name).toEqual(at());
    }
  });
});
