import { expect, test } from 'vitest';
import { jsonValue, textOfValue } from './text-of-value.ts';

const picture = Uint8Array.from([0xff, 0xd8, 0xff, 0x00]);

test.each([
  ['bytes of text', Buffer.from('grüße\n'), 'grüße\n'],
  ['bytes of no text', picture, { base64: '/9j/AA==' }],
  ['a view on a part of a buffer', new Uint8Array(Buffer.from('abcdef').buffer.slice(0), 0, 0), ''],
  ['a buffer', Buffer.from('whole').buffer.slice(0, 0), ''],
  ['bytes within', { at: [Buffer.from('in')], of: picture }, { at: ['in'], of: { base64: '/9j/AA==' } }],
  ['a Map', new Map([['a', new Set([1, 2])]]), [['a', [1, 2]]]],
  ['numbers', Float64Array.of(1.5, 2), [1.5, 2]],
  [
    'an error',
    Object.assign(new RangeError('far'), { code: 'E' }),
    { name: 'RangeError', message: 'far', code: 'E' },
  ],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['a pattern', /a+/g, '/a+/g'],
  ['a BigInt', { n: 12n }, { n: '12' }],
  ['what is not there', undefined, null],
])('%s has a form in JSON', (_what, value, json) => {
  expect(jsonValue(value)).toEqual(json);
});

test('as text alone, bytes are their text or base64, and strings are as they are', () => {
  expect([Buffer.from('hi'), picture, 'two\nlines', { a: 1 }, 5, undefined].map(textOfValue)).toEqual([
    'hi',
    '/9j/AA==',
    'two\nlines',
    '{"a":1}',
    '5',
    'null',
  ]);
});

test('what is too deep for JSON is text, so that it does not end the run', () => {
  let deep: unknown[] = [];
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  expect(jsonValue(deep)).toBe('[object Array]');
});

test('a cycle is text, so that it does not end the run', () => {
  const cycle: { self?: object } = {};
  cycle.self = cycle;
  expect(jsonValue(cycle)).toBe('[object Object]');
  expect(textOfValue(Object.assign(cycle, { toString: 'a field', valueOf: 1 }))).toBe('"[object Object]"');
});
