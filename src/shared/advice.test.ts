import { expect, test } from 'vitest';
import { advice } from './advice.ts';

test('no cause is advised to use a report, which only a run with --json has made', () => {
  expect(Object.entries(advice).filter(([, words]) => words.includes('--retry-failed'))).toEqual([]);
});
