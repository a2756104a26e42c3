import { expect, test } from 'vitest';
import { checkedSettings } from '../checked-settings.ts';
import { mapRecipeSchema, thumbnailRecipeSchema } from '../recipe.ts';

test.each([null, 5, 'text', [1, { deep: [true] }], { width: 800 }])('JSON is taken as it is: %j', (data) => {
  expect(mapRecipeSchema.parse({ data })).toEqual({ data });
});

test.each([
  ['a BigInt', 10n],
  ['a Map', new Map()],
  ['what has one within', { at: [10n] }],
  ['no number', Number.NaN],
])('what no journal could keep is refused, whoever sends it: %s', (_what, data) => {
  expect(mapRecipeSchema.safeParse({ data }).success).toBe(false);
});

test.each([
  [2e20, 'Expected maxOutputBytes to be at most 9007199254740991, got 200000000000000000000.'],
  [0, 'Expected maxOutputBytes to be at least 1, got 0.'],
])('what is wrong with %d bytes is told once', (maxOutputBytes, told) => {
  const check = () => checkedSettings(thumbnailRecipeSchema, { maxOutputBytes });
  expect(check).toThrow(expect.objectContaining({ sentences: [told] }));
});
