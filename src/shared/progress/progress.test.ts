import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ItemResult } from '../result.ts';
import {
  beginProgress,
  ended,
  measured,
  type Progress,
  secondsLeft,
  withReached,
  withResult,
  withTotal,
} from './progress.ts';

const result = (status: ItemResult['status']): ItemResult => ({
  index: 0,
  input: 'a.jpg',
  status,
  ms: 1,
  bytesIn: 10,
  bytesOut: 3,
});

/** The events of a run, in any order: items end, time passes, a total becomes known. */
const event = fc.oneof(
  fc.record({
    kind: fc.constant('ended' as const),
    status: fc.constantFrom('done', 'skipped', 'failed', 'cancelled'),
  }),
  fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: 0, max: 20_000 }) }),
  fc.record({ kind: fc.constant('total' as const), total: fc.nat(50) }),
);

test('whatever happens, rate and time left are never negative and counters add up', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 200 }), (events) => {
      let now = 1_000;
      let items = 0;
      let progress: Progress = beginProgress(now);
      for (const event of events) {
        if (event.kind === 'ended') {
          progress = withResult(progress, result(event.status as ItemResult['status']));
          items += 1;
        } else if (event.kind === 'total') progress = withTotal(progress, event.total);
        else now += event.ms;
        const before = progress;
        progress = measured(progress, now);
        expect(progress.measuredAt).toBeGreaterThanOrEqual(before.measuredAt);
        expect(progress.measuredAt).toBeLessThanOrEqual(now);
        expect(Number.isFinite(progress.perSecond)).toBe(true);
        expect(progress.perSecond).toBeGreaterThanOrEqual(0);
        expect(secondsLeft(progress, now) ?? 0).toBeGreaterThanOrEqual(0);
        expect(ended(progress)).toBe(items);
        expect([progress.bytesIn, progress.bytesOut]).toEqual([items * 10, items * 3]);
      }
    }),
  );
});

test('a steady pace is told as it is, and the time left follows from it', () => {
  let progress = withTotal(beginProgress(0), 1_000);
  for (let now = 100; now <= 10_000; now += 100) {
    for (let item = 0; item < 5; item += 1) progress = withResult(progress, result('done'));
    progress = measured(progress, now);
  }
  expect(progress.perSecond).toBeCloseTo(50, 1);
  expect(secondsLeft(progress, 10_000)).toBeCloseTo(500 / 50, 1);
});

test('after a change of pace the rate follows within a few half-lives', () => {
  let progress = beginProgress(0);
  const run = (from: number, to: number, each: number) => {
    for (let now = from + 200; now <= to; now += 200) {
      for (let item = 0; item < each; item += 1) progress = withResult(progress, result('done'));
      progress = measured(progress, now);
    }
  };
  run(0, 20_000, 2);
  run(20_000, 45_000, 20);
  expect(progress.perSecond).toBeGreaterThan(95);
  expect(progress.perSecond).toBeLessThanOrEqual(100);
});

/** The times left that are shown in a run of 1,000 items, read every 80 ms, where `share` gives the relative pace. */
function toldTimes(share: (now: number) => number): { now: number; left: number }[] {
  const told = [];
  let progress = withTotal(beginProgress(0), 1_000);
  let due = 0;
  for (let now = 80; ended(progress) < 1_000; now += 80) {
    for (due += 3 * share(now); due >= 1; due -= 1) progress = withResult(progress, result('done'));
    progress = measured(progress, now);
    const left = secondsLeft(progress, now);
    if (left !== undefined && ended(progress) >= 8) told.push({ now, left });
  }
  return told;
}

test('a run whose results come later is as far as those say who do it, and as its results say in the end', () => {
  const reached = { done: 5, skipped: 0, failed: 2, bytesIn: 500, bytesOut: 0 };
  const one = withResult(beginProgress(0), result('done'));
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

test('at a pace that wavers, the time left goes down with the clock and does not jump', () => {
  // A pace between 0.4 and 1.6 of the usual one, different at each reading.
  const told = toldTimes((now) => 1 + 0.6 * Math.sin(now * now));
  const ends = told.map(({ now, left }) => now / 1000 + left);
  const moves = ends.slice(1).map((end, place) => Math.abs(end - (ends[place] ?? 0)));
  expect(told.length).toBeGreaterThan(300);
  expect(Math.max(...moves)).toBeLessThan(5);
  expect(moves.filter((move) => move > 0.01).length).toBeLessThan(10);
});

test('a pace that halves is believed after some seconds', () => {
  const told = toldTimes((now) => (now < 8_000 ? 1 : 0.5));
  const { left } = told.find(({ now }) => now === 14_000) as { left: number };
  // 300 are done after 8 s at 37.5 a second. At half that rate the other 700 take 37 s: 31 s are left now, but by the
  // old rate it would be 16 s.
  expect(left).toBeGreaterThan(17);
  expect(told.at(-1)?.left).toBeLessThan(3);
});
