import { beforeEach, expect, it } from 'vitest';
import type { Row, RunId, RunSnapshot, RunUpdate } from '../../shared/ipc/run.ts';
import { emptyCache, rowAt } from './row-cache.ts';
import { leaveRun, listRows, runStore, takeRows, takeSnapshot, takeUpdate } from './run.ts';

const runId = '00000000-0000-4000-8000-000000000001' as RunId;
const row = (index: number, state: Row['state'] = 'done'): Row => ({ index, name: `${index}`, state });

function snapshot(sequence: number, done: number): RunSnapshot {
  const counters = { total: 100, totalKnown: true, done, skipped: 0, failed: 0, cancelled: 0, inFlight: 0 };
  return {
    runId,
    sequence,
    state: 'running',
    counters: { ...counters, bytesIn: 0, bytesOut: 0 },
    poolSize: 2,
    poolAutomatic: false,
    elapsedMs: 0,
    perSecond: 0,
    bytesPerSecond: 0,
    sizes: [],
    lanes: [],
    failures: [],
    kind: 'thumbnails',
    title: '',
    destination: '',
    samples: [],
  };
}

function update(sequence: number, done: number, rows: Row[]): RunUpdate {
  const { kind: _kind, title: _title, destination: _destination, ...progress } = snapshot(sequence, done);
  return { ...progress, rows };
}

beforeEach(leaveRun);

it('asks for a snapshot of a run it does not know', () => {
  expect(takeUpdate(update(4, 3, []))).toBe('ask-snapshot');
  expect(runStore.getState().run).toBeUndefined();
});

it('knows after a reload how many rows there are, and asks for those in sight', () => {
  takeSnapshot(snapshot(30, 70));
  const { rows } = runStore.getState();
  expect(rows.length).toBe(70);
  expect(rowAt(rows, 0)).toBeUndefined();
  takeRows(runId, emptyCache('all'), 0, { total: 2, rows: [row(0), row(1)] });
  expect(rowAt(runStore.getState().rows, 1)?.index).toBe(1);
});

it('asks for a snapshot after a gap, and goes on from there', () => {
  takeSnapshot(snapshot(1, 0));
  expect(takeUpdate(update(2, 1, [row(0)]))).toBe('applied');
  expect(takeUpdate(update(5, 4, [row(3)]))).toBe('ask-snapshot');
  expect(runStore.getState().rows.length).toBe(4);
  takeSnapshot(snapshot(5, 4));
  expect(takeUpdate(update(6, 5, [row(4)]))).toBe('applied');
});

it('does not mix the rows of one filter into another', () => {
  takeSnapshot(snapshot(1, 3));
  listRows('failed');
  takeRows(runId, emptyCache('all'), 0, { total: 1, rows: [row(0)] });
  expect(runStore.getState().rows.chunks.size).toBe(0);
});
