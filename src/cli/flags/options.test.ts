import fc from 'fast-check';
import { expect, test } from 'vitest';
import { option } from './options.ts';
import { parseInteger, parseSize } from './parsers.ts';
import type { PoolFlag } from './pool-flag.ts';

const side = fc.integer({ min: 1, max: 16_383 });

test('every size that can be written is read back', () => {
  fc.assert(
    fc.property(side, side, fc.constantFrom('x', 'X', '×'), (width, height, by) => {
      expect(parseSize(`${width}${by}${height}`)).toEqual({ width, height });
      expect(parseSize(String(width))).toEqual({ width, height: width });
    }),
  );
});

test('what is no size is refused with a sentence that tells what was expected', () => {
  const readable = /^\d+([x×]\d+)?$/i;
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!readable.test(text));
      expect(() => parseSize(text)).toThrow(/^Expected pixels such as 75 or 320x240/);
    }),
  );
  for (const text of ['0', '0x5', '5x0', '16384', '75x', 'x75', '-5', '7.5', '1e2', ' 75', '75px', '']) {
    expect(() => parseSize(text), text).toThrow(/^Expected pixels/);
  }
});

test('a pool size is auto or a whole number from 1 to 512', () => {
  const parse = option.pool('').parseArg as (text: string) => PoolFlag;
  expect(parse('auto')).toBe('auto');
  fc.assert(fc.property(fc.integer({ min: 1, max: 512 }), (size) => parse(String(size)) === size));
  for (const text of ['0', '513', '-1', '2.5', 'many', '', '1e1', '0x4', ' 4']) {
    expect(() => parse(text), text).toThrow(/^Expected a whole number from 1 to 512/);
  }
});

test('a whole number is refused below and above its bounds', () => {
  const parse = parseInteger(2, 9);
  expect([parse('2'), parse('9')]).toEqual([2, 9]);
  expect(() => parse('1')).toThrow();
  expect(() => parse('10')).toThrow();
});

test('sizes to tune are told apart by commas, each once', () => {
  const parse = option.sizes().parseArg as (text: string) => number[];
  expect(parse('1, 2,2,13')).toEqual([1, 2, 13]);
  expect(() => parse('1,,2')).toThrow();
});
