import { expect, test } from 'vitest';
import { usesAllCores } from './processor-time.ts';

test('all cores are in use where hardly any of their time is left', () => {
  expect(usesAllCores(1_900, 1_000, 2)).toBe(true);
  expect(usesAllCores(1_600, 1_000, 2)).toBe(false);
});
