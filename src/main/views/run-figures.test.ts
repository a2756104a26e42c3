import { describe, expect, it } from 'vitest';
import type { ItemResult } from '../../shared/result.ts';
import { ChangedRows } from './changed-rows.ts';
import { FailureGroups } from './failure-groups.ts';
import { Lanes } from './lanes.ts';
import { RunClock } from './run-clock.ts';
import { RunRecord } from './run-record.ts';
import { RunTotals } from './run-totals.ts';
import { Throughput } from './throughput.ts';

const result = (index: number, more: Partial<ItemResult> = {}): ItemResult => ({
  index,
  input: `/${index}.jpg`,
  status: 'done',
  ms: 1,
  bytesIn: 1_000,
  bytesOut: 100,
  ...more,
});

it('keeps of the changed rows the newest change of each, and the newest rows', () => {
  const changed = new ChangedRows(3);
  for (const index of [1, 2, 3, 1, 4]) changed.add(index);
  expect(changed.take()).toEqual({ indexes: [3, 1, 4], leftOut: 1 });
  expect(changed.take()).toEqual({ indexes: [], leftOut: 0 });
});

it('tells failures by their cause, the commonest first, with the newest as example', () => {
  const groups = new FailureGroups();
  groups.add('/photos/a.jpg', { code: 'EMPTY_FILE', message: 'a' });
  groups.add('/photos/a.jpg', { code: 'NOT_FOUND', message: 'b' });
  groups.add('/photos/a.jpg', { code: 'NOT_FOUND', message: 'c' });
  expect(groups.list()).toEqual([
    { code: 'NOT_FOUND', count: 2, example: 'c' },
    { code: 'EMPTY_FILE', count: 1, example: 'a' },
  ]);
});

it('lets the clock stand still while the run is paused', () => {
  let now = 1_000;
  const clock = new RunClock(() => now);
  now += 500;
  clock.pause();
  clock.pause();
  now += 10_000;
  expect(clock.read()).toBe(500);
  clock.resume();
  now += 250;
  expect(clock.read()).toBe(750);
});

describe('lanes', () => {
  it('tell what each place works on and since when, idle places too', () => {
    const lanes = new Lanes();
    lanes.take(1, { index: 5, name: 'e.jpg' }, 120.4);
    expect(lanes.list(3)).toEqual([
      { slot: 0 },
      { slot: 1, working: { index: 5, name: 'e.jpg', since: 120 } },
      { slot: 2 },
    ]);
    expect(lanes.busy).toBe(1);
    lanes.free(1);
    lanes.free(1);
    expect(lanes.busy).toBe(0);
  });

  it('tell a place beyond the pool size until what it had started has ended', () => {
    const lanes = new Lanes();
    lanes.take(3, { index: 9, name: 'i.jpg' }, 0);
    expect(lanes.list(1)).toHaveLength(4);
    lanes.free(3);
    expect(lanes.list(1)).toHaveLength(1);
  });
});

it('tells for which hosts idle slots wait: only where something waits and a host is asked enough', () => {
  const record = new RunRecord(() => undefined);
  const place = (at: number, host: string) =>
    record.place(at, { index: at, input: `https://${host}/${at}.jpg` });
  record.setTotal(10, true);
  place(0, 'a.example');
  expect(record.idleFor(8, () => 2)).toBeUndefined();
  place(1, 'a.example:8080');
  place(2, 'a.example');
  expect(record.idleFor(8, () => 2)).toEqual({ hosts: ['a.example'], atOnce: 2 });
  expect(record.idleFor(3, () => 2)).toBeUndefined();
  record.setTotal(3, true);
  expect(record.idleFor(8, () => 2)).toBeUndefined();
});

describe('the throughput chart', () => {
  it('gets a point twice a second, near the true rate', () => {
    const chart = new Throughput();
    for (let ms = 10; ms <= 5_000; ms += 10) chart.measure(ms, ms / 10, 4);
    const samples = chart.all();
    expect(samples).toHaveLength(10);
    for (const { perSecond } of samples) expect(perSecond).toBeCloseTo(100, 5);
    expect(chart.takeFresh()).toEqual(samples);
    expect(chart.takeFresh()).toEqual([]);
  });

  it('stays bounded however long the run is, and keeps every change of the pool size', () => {
    const chart = new Throughput();
    for (let second = 1; second <= 20_000; second += 1)
      chart.measure(second * 1_000, second, second < 7_000 ? 2 : 8);
    const samples = chart.all();
    expect(samples.length).toBeLessThanOrEqual(600);
    const change = samples.findIndex(({ poolSize }) => poolSize === 8);
    expect(samples[change]?.atMs).toBeLessThan(7_200_000);
  });
});

describe('totals', () => {
  it('tell counters, and a total that is never behind what has ended', () => {
    const totals = new RunTotals();
    totals.add(result(0));
    totals.add(result(1, { status: 'failed' }));
    expect(totals.counters(3)).toMatchObject({
      total: 5,
      totalKnown: false,
      done: 1,
      failed: 1,
      inFlight: 3,
      bytesIn: 2_000,
    });
    totals.setTotal(100, true);
    expect(totals.counters(3)).toMatchObject({ total: 100, totalKnown: true });
    expect(totals.share).toBe(0.02);
  });

  it('tell the time left once it is more than a guess', () => {
    const totals = new RunTotals();
    totals.setTotal(1_000, true);
    totals.begin(5_000);
    totals.add(result(0));
    expect(totals.rate(6_000).secondsLeft).toBeUndefined();
    for (let index = 1; index < 100; index += 1) totals.add(result(index));
    const { perSecond, bytesPerSecond, secondsLeft } = totals.rate(7_000);
    // The time that the pool takes to start does not count.
    expect(perSecond).toBeGreaterThan(45);
    expect(secondsLeft).toBeCloseTo(900 / perSecond, 1);
    expect(bytesPerSecond).toBeCloseTo(perSecond * 1_000, -2);
  });

  it('tell the rate of the last seconds, and what is left by it, once the fast part is over', () => {
    const totals = new RunTotals();
    totals.setTotal(1_000, true);
    totals.begin(0);
    let index = 0;
    const go = (fromMs: number, toMs: number, perSecond: number) => {
      let told = totals.rate(fromMs);
      for (let at = fromMs + 100; at <= toMs; at += 100) {
        for (let more = 0; more < perSecond / 10; more += 1) totals.add(result(index++));
        told = totals.rate(at);
      }
      return told;
    };
    expect(go(0, 8_000, 100).perSecond).toBeCloseTo(100, 0);
    const { perSecond, secondsLeft } = go(8_000, 11_000, 10);
    expect(perSecond).toBeCloseTo(10, 0);
    expect(secondsLeft).toBeGreaterThan(15);
    // No more ends: the time left grows, and the rate sinks without ever being nothing.
    const stalled = go(11_000, 60_000, 0);
    expect(stalled.perSecond).toBeGreaterThan(0);
    expect(stalled.perSecond).toBeLessThan(0.5);
    expect(stalled.secondsLeft).toBeGreaterThan(300);
    expect(go(60_000, 63_000, 10).perSecond).toBeCloseTo(10, 0);
  });

  it('tell the time that the slowest host takes, where that is longer, and none for what is held', () => {
    const totals = new RunTotals();
    totals.setTotal(700, true);
    totals.begin(0);
    for (let index = 0; index < 100; index += 1) totals.add(result(index));
    const hosts = { hosts: [], more: { hosts: 0, left: 0 }, heldLeft: 0, mostAtOnce: 8 };
    const slowest = { host: 'slow.example', seconds: 130 };
    expect(totals.rate(1_000, { ...hosts, slowest })).toMatchObject({
      perSecond: 100,
      secondsLeft: 130,
      slowestHost: 'slow.example',
    });
    const soon = { host: 'fast.example', seconds: 1 };
    const told = totals.rate(1_000, { ...hosts, slowest: soon, heldLeft: 100 });
    expect(told.secondsLeft).toBe(5);
    expect(told.slowestHost).toBeUndefined();
    expect(totals.rate(1_000, { ...hosts, heldLeft: 600 }).secondsLeft).toBeUndefined();
  });

  it('leave out what is skipped: it takes no time, and is no throughput', () => {
    const totals = new RunTotals();
    totals.begin(0);
    for (let index = 0; index < 2_000; index += 1)
      totals.add(result(index, { status: 'skipped', bytesIn: 0 }));
    for (let index = 0; index < 20; index += 1) totals.add(result(2_000 + index));
    expect(totals.rate(2_000)).toMatchObject({ perSecond: 10, bytesPerSecond: 10_000 });
    expect(totals.finalRate(2_000)).toMatchObject({ perSecond: 10, bytesPerSecond: 10_000 });
  });
});
