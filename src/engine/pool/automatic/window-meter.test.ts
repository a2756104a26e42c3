import { expect, test } from 'vitest';
import { type WindowMeasure, WindowMeter } from './window-meter.ts';

const one = { items: 1, work: 1, isOverload: false };

/** Keeps `slots` busy with turns of these times, one after the other, until a window has ended. */
function firstWindow(slots: number, size: number, times: (turn: number) => number, from = 0): WindowMeasure {
  const meter = new WindowMeter(from, size);
  const ends = Array.from({ length: slots }, (_, slot) => ({ at: from, ms: times(slot) }));
  for (const each of ends) {
    meter.started(from);
    each.at = from + each.ms;
  }
  for (let turn = slots; ; turn += 1) {
    const next = ends.reduce((first, each) => (each.at < first.at ? each : first));
    const { at, ms } = next;
    const window = meter.settled(at, at - ms, one);
    if (window) return window;
    next.ms = times(turn);
    meter.started(at);
    next.at = at + next.ms;
  }
}

test('the rate is what a slot does in a second, times the slots', () => {
  expect(firstWindow(4, 4, () => 50).rate).toBeCloseTo(80, 6);
});

test('the rate does not depend on whether long items end just before the window does or just after', () => {
  for (const ms of [61, 83, 100, 249]) expect(firstWindow(8, 8, () => ms).rate).toBeCloseTo(8_000 / ms, 6);
});

test('fewer in flight than the size is something else that limits', () => {
  expect(firstWindow(4, 4, () => 50).isStarved).toBe(false);
  expect(firstWindow(6, 16, () => 50).isStarved).toBe(true);
});

test('one item that hangs does not count as long as it takes', () => {
  const hanging = firstWindow(4, 4, (turn) => (turn === 9 ? 5_000 : 50));
  expect(hanging.rate).toBeGreaterThan(60);
});

test('what ends soon after a change of size began under the old one, and is not counted', () => {
  const meter = new WindowMeter(0, 1);
  for (let at = 0; at < 500; at += 50) {
    meter.started(at);
    meter.settled(at + 50, at, one);
  }
  meter.resized(500, 2);
  let windows = 0;
  for (let at = 500; at < 600; at += 5) {
    meter.started(at);
    if (meter.settled(at + 5, at, { items: 50, work: 50, isOverload: false })) windows += 1;
  }
  expect(windows).toBe(0);
});

test('turns that were turned away are a share, and make a window by themselves', () => {
  const meter = new WindowMeter(0, 1);
  let window: WindowMeasure | undefined;
  for (let at = 0; window === undefined; at += 20) {
    meter.started(at);
    window = meter.settled(at + 20, at, { items: 0, work: 0, isOverload: true });
  }
  expect(window).toMatchObject({ rate: 0, overload: 1 });
});
