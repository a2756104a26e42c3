import { expect, test } from 'vitest';
import type { ItemResult } from '../result.ts';
import { beginProgress, ended, withReached, withResult } from './progress.ts';

const result = (status: ItemResult['status']): ItemResult => ({
  index: 0,
  input: 'a.jpg',
  status,
  ms: 1,
  bytesIn: 10,
  bytesOut: 3,
});

test('a run whose results come later is as far as those say who do it, and as its results say in the end', () => {
  const reached = { done: 5, skipped: 0, failed: 2, bytesIn: 500, bytesOut: 0 };
  const one = withResult(beginProgress(), result('done'));
  const ahead = withReached(one, reached);
  expect(ahead).toMatchObject({ counts: { done: 5, failed: 2, cancelled: 0 }, bytesIn: 500, bytesOut: 3 });
  // Results that were counted before change nothing; those beyond that count.
  let progress = withResult(ahead, result('failed'));
  expect([ended(progress), progress.counts.failed]).toEqual([7, 2]);
  for (let more = 0; more < 9; more += 1) progress = withResult(progress, result('done'));
  expect(progress.counts).toMatchObject({ done: 10, failed: 2 });
  // Nobody is ahead any more: a failure that became none is none.
  const over = withReached(progress, undefined);
  expect(over).toMatchObject({ counts: { done: 10, failed: 1 }, bytesIn: 110 });
  expect(withResult(over, result('done')).counts.done).toBe(11);
});
