import sharp from 'sharp';
import { expect, it } from 'vitest';
import { colourOf, colourPattern } from './css-colour.ts';

it.each([
  ['white', 255, 255, 255, 255],
  ['Tomato', 255, 99, 71, 255],
  ['rebeccapurple', 102, 51, 153, 255],
  ['transparent', 0, 0, 0, 0],
  ['#fc0', 255, 204, 0, 255],
  ['#FC08', 255, 204, 0, 136],
  ['#0c7489', 12, 116, 137, 255],
  ['#0c748980', 12, 116, 137, 128],
])('%s is a colour', (text, red, green, blue, alpha) => {
  expect(colourPattern.test(text)).toBe(true);
  expect(colourOf(text)).toEqual({ red, green, blue, alpha });
});

it.each([
  '',
  '#',
  '#ff',
  '#fffff',
  '#ggg',
  'whit',
  'whites',
  'white ',
  'rgb(1,2,3)',
  'ffffff',
  '#fff\n',
  'constructor',
])('%j is none', (text) => expect(colourPattern.test(text)).toBe(false));

it('every name has the colour that sharp knows it by', async () => {
  const names = colourPattern.source
    .split('|')
    .slice(3)
    .map((name) => name.replace(/\W+$/, ''));
  expect(names.length).toBe(149);
  for (const name of names) {
    const create = { width: 1, height: 1, channels: 4 as const, background: name };
    const [red, green, blue, alpha] = await sharp({ create }).raw().toBuffer();
    expect(colourOf(name), name).toEqual({ red, green, blue, alpha });
  }
});
