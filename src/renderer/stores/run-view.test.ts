import { describe, expect, it } from 'vitest';
import type { RunId, RunSnapshot, RunUpdate, Sample } from '../../shared/ipc/run.ts';
import { applySnapshot, applyUpdate, mostSamples, poolSizesUsed } from './run-view.ts';

const runId = '00000000-0000-4000-8000-000000000001' as RunId;
const sample = (atMs: number, poolSize = 2): Sample => ({ atMs, perSecond: 10, poolSize });

function progress(sequence: number, done = sequence) {
  const counters = { total: 100, totalKnown: true, done, skipped: 0, failed: 0, cancelled: 0 };
  return {
    runId,
    sequence,
    state: 'running' as const,
    counters: { ...counters, inFlight: 2, bytesIn: 0, bytesOut: 0 },
    poolSize: 2,
    poolAutomatic: false,
    elapsedMs: sequence * 100,
    perSecond: 10,
    bytesPerSecond: 0,
    sizes: [],
    lanes: [],
    failures: [],
  };
}

const update = (sequence: number, samples: Sample[] = []): RunUpdate => ({
  ...progress(sequence),
  rows: [],
  samples,
});
const snapshot = (sequence: number, samples: Sample[] = []): RunSnapshot => ({
  ...progress(sequence),
  kind: 'thumbnails',
  title: 'photos',
  destination: '/photos/thumbs',
  samples,
});

describe('an update', () => {
  it('brings totals and new points of the chart', () => {
    const { view, outcome } = applyUpdate(snapshot(1, [sample(500)]), update(2, [sample(1000)]));
    expect(outcome).toBe('applied');
    expect(view.counters.done).toBe(2);
    expect(view.samples).toEqual([sample(500), sample(1000)]);
    expect(view.title).toBe('photos');
  });

  it('after a gap is applied, and says that something was missed', () => {
    const { view, outcome } = applyUpdate(snapshot(1), update(5));
    expect(outcome).toBe('gap');
    expect(view.counters.done).toBe(5);
  });

  it('that was in the snapshot already changes nothing', () => {
    const before = snapshot(7);
    expect(applyUpdate(before, update(7))).toEqual({ view: before, outcome: 'stale' });
  });

  it('without an estimate takes the old one away', () => {
    const { view } = applyUpdate({ ...snapshot(1), secondsLeft: 9 }, update(2));
    expect(view.secondsLeft).toBeUndefined();
  });

  it('without a limit takes the old one away: the run has ended, and shows none as a whole', () => {
    const { view } = applyUpdate({ ...snapshot(1), limit: { kind: 'disk', share: 0.6 } }, update(2));
    expect(view.limit).toBeUndefined();
  });

  it('never lets the points of the chart grow without bound', () => {
    let view: RunSnapshot = snapshot(0);
    for (let at = 1; at <= mostSamples * 2; at += 1) view = applyUpdate(view, update(at, [sample(at)])).view;
    expect(view.samples.length).toBeLessThanOrEqual(mostSamples);
    expect(view.samples.at(-1)?.atMs).toBe(mostSamples * 2);
  });
});

describe('a snapshot', () => {
  it('is all there is to a page that was reloaded', () => {
    expect(applySnapshot(undefined, snapshot(40)).counters.done).toBe(40);
  });

  it('older than what is known gives only the chart that was missed', () => {
    const view = applySnapshot(snapshot(9, [sample(900)]), snapshot(8, [sample(100), sample(800)]));
    expect(view.sequence).toBe(9);
    expect(view.samples.map(({ atMs }) => atMs)).toEqual([100, 800, 900]);
  });

  it('of another run takes its place', () => {
    const other = { ...snapshot(1), runId: '00000000-0000-4000-8000-000000000002' as RunId };
    expect(applySnapshot(snapshot(50), other)).toBe(other);
  });
});

it('tells the pool sizes that were used, one a change', () => {
  const samples = [sample(1, 2), sample(2, 2), sample(3, 8), sample(4, 8)];
  expect(poolSizesUsed({ samples, poolSize: 4 })).toEqual([2, 8, 4]);
});
