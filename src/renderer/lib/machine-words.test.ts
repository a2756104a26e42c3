import { expect, it } from 'vitest';
import type { QueuedRun } from '../../shared/machines/machine-messages.ts';
import { isOpen, machineCount, standingWords, workersWords } from './machine-words.ts';

const run: QueuedRun = {
  id: '20261129-120000-abcd',
  title: 'list.txt',
  place: '/shared',
  submittedAt: 0,
  state: 'queued',
  items: 4_000,
  done: 0,
  failed: 0,
  buckets: 4,
  ended: 0,
  broken: 0,
};

it('says how a run in a queue stands', () => {
  expect(standingWords(run, 0)).toBe('Waits for a worker. 0 of 4 buckets have ended.');
  expect(standingWords({ ...run, ended: 3 }, 2)).toBe('3 of 4 buckets have ended.');
  const halfBroken = { ...run, ended: 3, broken: 1 };
  expect([isOpen(halfBroken), standingWords(halfBroken, 2)]).toEqual([
    false,
    'Ended. 1 bucket failed: its items have no results.',
  ]);
  expect(standingWords({ ...run, state: 'ended', ended: 4 }, 0)).toBe('Ended.');
  expect(standingWords({ ...run, state: 'cancelled', ended: 1 }, 2)).toMatch(/^Cancelled\./);
  expect(standingWords({ ...run, state: 'splitting' }, 2)).toMatch(/Nothing has started\.$/);
  expect(standingWords({ ...run, state: 'not started' }, 2)).toMatch(/^Never started/);
});

it('counts workers, those of another version apart, and machines by their names', () => {
  const workers = [
    { name: 'one-1', machine: 'one' },
    { name: 'one-2', machine: 'one' },
    { name: 'two-1', machine: 'two' },
  ];
  expect(workersWords({ workers, others: 2 })).toBe(
    '3 workers are connected. 2 workers of another version take nothing.',
  );
  expect(workersWords({ workers: [], others: 0 })).toMatch(/^No worker is connected/);
  expect(machineCount({ workers })).toBe(2);
});
