import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Summary } from '../../shared/result.ts';
import { findKnee, type Timing, type TimingLimits, tune } from './tune.ts';

const timing = (poolSize: number, seconds: number): Timing => ({
  poolSize,
  seconds,
  perSecond: 1 / seconds,
  speedUp: 1,
  done: 100,
  failed: 0,
  sampled: false,
});

const summary = (seconds: number): Summary => ({
  total: 10,
  done: 10,
  skipped: 0,
  failed: 0,
  cancelled: 0,
  seconds,
  perSecond: 10 / seconds,
  bytesIn: 0,
  bytesOut: 0,
});

test('the knee is the smallest pool within 10 % of the fastest', () => {
  const timings = [timing(1, 10), timing(2, 5), timing(4, 2.7), timing(8, 2.5), timing(13, 2.6)];
  expect(findKnee(timings)?.poolSize).toBe(4);
  expect(findKnee([timing(8, 1), timing(1, 1.05)])?.poolSize).toBe(1);
  expect(findKnee([])).toBeUndefined();
});

test('nothing smaller than the knee is within 10 % of the fastest', () => {
  const timings = fc.array(
    fc.record({
      poolSize: fc.integer({ min: 1, max: 512 }),
      seconds: fc.double({ min: 0.01, max: 100, noNaN: true }),
    }),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(timings, (drawn) => {
      const all = drawn.map(({ poolSize, seconds }) => timing(poolSize, seconds));
      const knee = findKnee(all);
      const bound = Math.max(...all.map(({ perSecond }) => perSecond)) / 1.1;
      expect(knee?.perSecond).toBeGreaterThanOrEqual(bound * (1 - 1e-9));
      for (const { poolSize, perSecond } of all) {
        if (poolSize < (knee?.poolSize ?? 0)) expect(perSecond).toBeLessThan(bound * (1 + 1e-9));
      }
    }),
  );
});

/** A job of ten items that `poolSize` of them at once do, each in its time. */
function job(itemMs: number) {
  const asked: { poolSize: number; folder: string }[] = [];
  const runOnce = async (poolSize: number, folder: string, limits: TimingLimits): Promise<Summary> => {
    expect(existsSync(folder)).toBe(true);
    asked.push({ poolSize, folder });
    limits.onTotal(10, true);
    for (let index = 0; index < 10; index += 1) {
      if (index % poolSize === 0 && itemMs > 0) await setTimeout(itemMs);
      const status = limits.signal.aborted ? 'cancelled' : 'done';
      limits.onResult({ index, input: 'all are told alike', status, ms: itemMs });
    }
    return summary(8 / poolSize);
  };
  return { asked, runOnce };
}

test('each size runs once in a folder of its own, after one run to warm up that is not counted', async () => {
  const { asked, runOnce } = job(0);
  const progress: string[] = [];
  const timings = await tune({
    sizes: [1, 4],
    warmUp: true,
    runOnce,
    onProgress: ({ poolSize, warmsUp, ended, total }) =>
      progress.push(`${warmsUp ? 'warm-up' : poolSize}: ${ended}/${total}`),
  });
  expect(asked.map(({ poolSize }) => poolSize)).toEqual([4, 1, 4]);
  const folders = new Set(asked.map(({ folder }) => folder));
  expect(folders.size).toBe(3);
  expect([...folders].some((folder) => existsSync(folder))).toBe(false);
  expect(timings).toEqual([
    { poolSize: 1, seconds: 8, perSecond: 10 / 8, speedUp: 1, done: 10, failed: 0, sampled: false },
    { poolSize: 4, seconds: 2, perSecond: 5, speedUp: 4, done: 10, failed: 0, sampled: false },
  ]);
  expect(progress).toContain('warm-up: 10/10');
  expect(progress).toContain('1: 3/10');
});

test('what takes too long is cut, and its rate is that of the items that ended by then', async () => {
  const { runOnce } = job(90);
  const [alone, together] = await tune({ sizes: [1, 10], warmUp: false, runOnce, longestMs: 400 });
  expect(alone).toMatchObject({ poolSize: 1, sampled: true });
  expect(alone?.done).toBeGreaterThan(0);
  expect(alone?.done).toBeLessThan(10);
  // One after the other, 90 ms each; a timer may come late, never early.
  expect(alone?.perSecond).toBeLessThanOrEqual(1_000 / 89);
  expect(together).toMatchObject({ done: 10, sampled: false, perSecond: 10 / 0.8 });
});

test('a size at which nothing ends in time is told as that', async () => {
  const { runOnce } = job(80);
  const timings = await tune({ sizes: [1, 10], warmUp: false, runOnce, longestMs: 20 });
  for (const timing of timings) expect(timing).toMatchObject({ done: 0, perSecond: 0, sampled: true });
  expect(findKnee(timings)).toBeUndefined();
});
