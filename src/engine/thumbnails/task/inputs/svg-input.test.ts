import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { rendered } from '../../../../../test/images/rendered.ts';

const all = '<rect width="100%" height="100%" fill="red"/>';
const svg = (attributes: string, before = '') =>
  Buffer.from(`${before}<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${all}</svg>`);

const box = (width: number, height = width) => ({ box: { width, height } });

describe('a drawing has the size asked for', () => {
  it.each([
    ['width="24" height="24"', 256, 256],
    ['width="0.5" height="0.5"', 256, 256],
    ['width="1.5" height="1"', 256, 171],
    ['width="20000" height="16000"', 256, 205],
    ['width="100000" height="100000"', 256, 256],
    ['viewBox="0 0 100000 50000"', 256, 128],
    ['width="100" viewBox="0 0 20 10"', 256, 128],
    ['width="210mm" height="297mm"', 181, 256],
    ['width="10000" height="1"', 256, 1],
  ])('%s: %d×%d of 256', async (attributes, width, height) => {
    for (const format of ['png', 'jpeg'] as const) {
      expect(await rendered(svg(attributes), format, box(256))).toMatchObject({ width, height });
    }
  });

  it.each([
    ['', 75, 38],
    ['width="50%" height="50%"', 75, 38],
    ["width='100'", 50, 75],
    ['height="100px"', 75, 25],
    ['width="100%" height="100%" viewBox="0 0 10 20"', 38, 75],
  ])('one that does not tell its own, that of CSS: %s', async (attributes, width, height) => {
    const before = '\ufeff<?xml version="1.0"?>\n<!-- <svg> --><!DOCTYPE svg [<!ENTITY a "b">]>\n';
    for (const bytes of [svg(attributes), svg(attributes, before), gzipSync(svg(attributes))]) {
      const made = await rendered(bytes, 'png');
      expect(made).toMatchObject({ width, height });
      expect(made.pixel(20, 15)).toEqual([255, 0, 0, 255]);
    }
  });

  it.each([
    ['cover', 100, 40],
    ['contain', 100, 40],
    ['fill', 100, 40],
    ['outside', 100, 100],
    ['inside', 40, 40],
  ] as const)('with fit %s, alone and beside another size', async (fit, width, height) => {
    const settings = { ...box(100, 40), fit };
    expect(await rendered(svg('width="24" height="24"'), 'png', settings)).toMatchObject({ width, height });
    const furtherBoxes = [{ width: 300, height: 300 }];
    expect(await rendered(svg('width="24" height="24"'), 'png', { ...settings, furtherBoxes })).toMatchObject(
      {
        width,
        height,
      },
    );
  });
});

test('an edge in a drawing is as sharp at any size', async () => {
  const halves = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><path d="M0 0h1v2H0z" fill="#00f"/></svg>',
  );
  const { pixel } = await rendered(halves, 'png', box(200));
  expect([pixel(98, 100), pixel(101, 100)]).toEqual([
    [0, 0, 255, 255],
    [0, 0, 0, 0],
  ]);
});
