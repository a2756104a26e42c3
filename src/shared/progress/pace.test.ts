import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ItemResult } from '../result.ts';
import { Pace } from './pace.ts';
import { beginProgress, ended, type Progress, withResult, withTotal } from './progress.ts';

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
      let progress: Progress = beginProgress();
      const pace = new Pace(now);
      for (const event of events) {
        if (event.kind === 'ended') {
          progress = withResult(progress, result(event.status as ItemResult['status']));
          items += 1;
        } else if (event.kind === 'total') progress = withTotal(progress, event.total);
        else now += event.ms;
        const { perSecond = 0, secondsLeft = 0 } = pace.measure(now, progress);
        expect(Number.isFinite(perSecond)).toBe(true);
        expect(perSecond).toBeGreaterThanOrEqual(0);
        expect(secondsLeft).toBeGreaterThanOrEqual(0);
        expect(ended(progress)).toBe(items);
        expect([progress.bytesIn, progress.bytesOut]).toEqual([items * 10, items * 3]);
      }
    }),
  );
});

test('a steady pace is told as it is, and the time left follows from it', () => {
  let progress = withTotal(beginProgress(), 1_000);
  const pace = new Pace(0);
  for (let now = 100; now <= 10_000; now += 100) {
    for (let item = 0; item < 5; item += 1) progress = withResult(progress, result('done'));
    pace.measure(now, progress);
  }
  const { perSecond, secondsLeft } = pace.measure(10_000, progress);
  expect(perSecond).toBeCloseTo(50, 1);
  expect(secondsLeft).toBeCloseTo(500 / 50, 1);
});

test('after a change of pace the rate follows within seconds', () => {
  let progress = beginProgress();
  const pace = new Pace(0);
  const run = (from: number, to: number, each: number) => {
    for (let now = from + 200; now <= to; now += 200) {
      for (let item = 0; item < each; item += 1) progress = withResult(progress, result('done'));
      pace.measure(now, progress);
    }
  };
  run(0, 20_000, 2);
  run(20_000, 24_000, 20);
  expect(pace.measure(24_000, progress).perSecond).toBeCloseTo(100, 1);
});

/** The times left that are shown in a run of 1,000 items, read every 80 ms, where `share` gives the relative pace. */
function toldTimes(share: (now: number) => number): { now: number; left: number }[] {
  const told: { now: number; left: number }[] = [];
  let progress = withTotal(beginProgress(), 1_000);
  const pace = new Pace(0);
  let due = 0;
  for (let now = 80; ended(progress) < 1_000; now += 80) {
    for (due += 3 * share(now); due >= 1; due -= 1) progress = withResult(progress, result('done'));
    const { secondsLeft: left } = pace.measure(now, progress);
    // Between two measurements the figures stay as they are.
    if (left !== undefined && left !== told.at(-1)?.left) told.push({ now, left });
  }
  return told;
}

test('at a pace that wavers, the time left goes down with the clock and does not jump', () => {
  // A pace between 0.4 and 1.6 of the usual one, different at each reading.
  const told = toldTimes((now) => 1 + 0.6 * Math.sin(now * now));
  const ends = told.map(({ now, left }) => now / 1000 + left);
  const moves = ends.slice(1).map((end, place) => Math.abs(end - (ends[place] ?? 0)));
  expect(told.length).toBeGreaterThan(50);
  expect(Math.max(...moves)).toBeLessThan(5);
  expect(moves.filter((move) => move > 0.01).length).toBeLessThan(20);
});

test('a pace that halves is believed after some seconds', () => {
  const told = toldTimes((now) => (now < 8_000 ? 1 : 0.5));
  const { left } = told.find(({ now }) => now >= 14_000) as { left: number };
  // 300 are done after 8 s at 37.5 a second. At half that rate the other 700 take 37 s: 31 s are left now, but by the
  // old rate it would be 16 s.
  expect(left).toBeGreaterThan(17);
  expect(told.at(-1)?.left).toBeLessThan(3);
});
