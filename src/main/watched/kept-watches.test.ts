import { expect, test } from 'vitest';
import { type JournalId, journalIdSchema } from '../../shared/ipc/history.ts';
import { withRun } from './kept-watches.ts';

const runId = (number: number): JournalId =>
  journalIdSchema.parse(`20261129-${String(number).padStart(6, '0')}-abcd`);

test('of a folder that is busy the ten newest runs stay in the history, and each other one leaves it once', () => {
  type Kept = Parameters<typeof withRun>[0];
  let kept = {} as Kept;
  const left: JournalId[] = [];
  for (let number = 0; number < 25; number += 1) {
    const after = withRun(kept, runId(number));
    kept = after.kept;
    left.push(...after.leave);
  }
  expect(kept.lastRun).toBe(runId(24));
  expect(kept.earlierRuns).toEqual(Array.from({ length: 9 }, (_, at) => runId(15 + at)));
  expect(left).toEqual(Array.from({ length: 15 }, (_, at) => runId(at)));
});
