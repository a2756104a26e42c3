import { expect, test } from 'vitest';
import { ownFrame } from './own-frame.ts';

const stackAt = (...places: string[]) =>
  ['Error: no', ...places.map((place) => `    at ${place}`)].join('\n');

test.each([
  ['task (file:///elsewhere/count.mjs:12:5)', 'at /elsewhere/count.mjs:12:5'],
  ['file:///elsewhere/a%20name.mjs?v=1:3:7', 'at /elsewhere/a name.mjs:3:7'],
  ['task (/elsewhere/count.cjs:1:2)', 'at /elsewhere/count.cjs:1:2'],
  [`task (${process.cwd()}/near.cjs:1:2)`, 'at near.cjs:1:2'],
])('of %s the place is told as a path', (place, told) => {
  expect(ownFrame({ stack: stackAt(place) })).toBe(told);
});

test('the place is the first that is no dependency’s', () => {
  const stack = stackAt('deep (/a/node_modules/b/c.js:1:1)', 'task (/a/own.mjs:2:2)');
  expect(ownFrame({ stack })).toBe('at /a/own.mjs:2:2');
});

test.each(['file:///a%2Fb.mjs', 'file:///a%E0%A4.mjs'])(
  'what is no path, as %s in the words of an error, is told as it is',
  (address) => {
    expect(ownFrame({ stack: stackAt(`${address}:1:2`) })).toBe(`at ${address}:1:2`);
  },
);

test('without a place there is none', () => {
  expect(ownFrame({})).toBeUndefined();
  expect(ownFrame({ stack: 'Error: at home' })).toBeUndefined();
});
