import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';

const recipe = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, reversed(field)]),
  );
}

test('the order of keys, at any depth, does not matter', () => {
  fc.assert(
    fc.property(recipe, (recipe) => {
      expect(fingerprint(reversed(recipe) as object)).toBe(fingerprint(recipe));
    }),
  );
});

test('16 hex digits, others for other settings', () => {
  fc.assert(
    fc.property(recipe, recipe, (one, other) => {
      expect(fingerprint(one)).toMatch(/^[0-9a-f]{16}$/);
      // Compared as JSON, where -0 is 0.
      const same =
        fingerprint(JSON.parse(JSON.stringify(one))) === fingerprint(JSON.parse(JSON.stringify(other)));
      expect(same).toBe(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)));
    }),
  );
});

test('a setting that is not given is like one that is not there', () => {
  expect(fingerprint({ a: 1, b: undefined })).toBe(fingerprint({ a: 1 }));
  expect(fingerprint({ a: [1, 2] })).not.toBe(fingerprint({ a: [2, 1] }));
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => [key, sorted(field)]);
}
