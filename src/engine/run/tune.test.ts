import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Summary } from '../../shared/result.ts';
import { findKnee, type Timing, tune } from './tune.ts';

const timing = (poolSize: number, seconds: number): Timing => ({
  poolSize,
  seconds,
  perSecond: 1 / seconds,
  speedUp: 1,
  done: 100,
  failed: 0,
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
      const bound = Math.min(...all.map(({ seconds }) => seconds)) * 1.1;
      expect(knee?.seconds).toBeLessThanOrEqual(bound);
      for (const { poolSize, seconds } of all) {
        if (poolSize < (knee?.poolSize ?? 0)) expect(seconds).toBeGreaterThan(bound);
      }
    }),
  );
});

test('each size runs once in a folder of its own, after one run to warm up that is not counted', async () => {
  const runs: number[] = [];
  const folders = new Set<string>();
  const timings = await tune({
    sizes: [1, 4],
    warmUp: true,
    runOnce: async (poolSize, folder) => {
      expect(existsSync(folder)).toBe(true);
      runs.push(poolSize);
      folders.add(folder);
      return summary(8 / poolSize);
    },
  });
  expect(runs).toEqual([4, 1, 4]);
  expect(folders.size).toBe(3);
  expect([...folders].some((folder) => existsSync(folder))).toBe(false);
  expect(timings.map(({ poolSize, seconds, speedUp }) => [poolSize, seconds, speedUp])).toEqual([
    [1, 8, 1],
    [4, 2, 4],
  ]);
});
