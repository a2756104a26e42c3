import { expect, test } from 'vitest';
import { linesOf, skippedTest } from './tally.ts';

test('what is skipped is named with its reason, and the last line counts it', () => {
  const skipped = [
    skippedTest('files.test.ts > a full disk [needs mounts] > is told'),
    skippedTest('files.test.ts > on a Mac', 'it has no such thing'),
    skippedTest('files.test.ts > nobody knows'),
  ];
  expect(linesOf({ passed: 4, failed: ['lint'], skipped })).toEqual([
    'SKIPPED: files.test.ts > a full disk > is told: needs mounts',
    'SKIPPED: files.test.ts > on a Mac: it has no such thing',
    'SKIPPED: files.test.ts > nobody knows: no reason given',
    'FAILED: lint',
    '4 passed, 1 failed, 3 skipped',
  ]);
});
