import { expect, it } from 'vitest';
import type { Machine, QueuedRun } from '../../shared/machines/machine-messages.ts';
import { isOpen, machineCount, standingWords, workersWords, workWords } from './machine-words.ts';

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
  atWork: 0,
  ended: 0,
  broken: 0,
};

function worker(name: string, further: Partial<Machine> = {}): Machine {
  return { name, machine: name.split('-')[0] ?? name, isLost: false, buckets: [], ...further };
}

it('says how a run in a queue stands', () => {
  expect(standingWords(run, 0)).toBe('Waits for a worker. 0 of 4 buckets have ended.');
  expect(standingWords({ ...run, ended: 3 }, 2)).toBe('3 of 4 buckets have ended.');
  expect(standingWords({ ...run, ended: 2, atWork: 2 }, 2)).toBe('2 of 4 buckets have ended. 2 at work.');
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
  const workers = ['one-1', 'one-2', 'two-1'].map((name) => worker(name));
  expect(workersWords({ workers, others: 2 })).toBe(
    '3 workers are connected. 2 workers of another version take nothing.',
  );
  expect(workersWords({ workers: [], others: 0 })).toMatch(/^No worker is connected/);
  expect(machineCount({ workers })).toBe(2);
  const lost = workers.map((each) => ({ ...each, isLost: each.machine === 'two' }));
  expect([machineCount({ workers: lost }), workersWords({ workers: lost, others: 0 })]).toEqual([
    1,
    '2 workers are connected.',
  ]);
});

it('says what a worker does, and since when it is not heard of', () => {
  const bucket = { run: run.id, bucket: 1, items: 10, ended: 1, failed: 0 };
  expect(workWords(worker('one', { heardMs: 300 }))).toBe('Waits for a bucket.');
  expect(workWords(worker('one', { heardMs: 300, places: 16, busy: 3, buckets: [bucket] }))).toBe(
    '3 of 16 places taken',
  );
  expect(workWords(worker('one', { heardMs: 12_300, isLost: true, buckets: [bucket] }))).toBe(
    'Not heard of for 12 s. Others take its buckets.',
  );
  expect(workWords(worker('one', { heardMs: 40, isLost: true }))).toMatch(/^Not heard of any more/);
  expect(workWords(worker('one'))).toBe('Tells nothing of what it does.');
});
