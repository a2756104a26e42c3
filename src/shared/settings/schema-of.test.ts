import { expect, test } from 'vitest';
import { mapRecipeSchema } from '../recipe.ts';

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
