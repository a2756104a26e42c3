import { expect, test } from 'vitest';
import { LivePoolSize, toLivePoolSize } from './live-pool-size.ts';

test('the size changes up to its ceiling and whoever listens is told', () => {
  const poolSize = new LivePoolSize(4, 16);
  const heard: number[] = [];
  const stop = poolSize.onChange(() => heard.push(poolSize.limit));
  poolSize.resize(16);
  poolSize.resize(1);
  stop();
  poolSize.resize(8);
  expect(heard).toEqual([16, 1]);
  expect(poolSize.size).toBe(8);
});

test('while paused the limit is 0 and the size is kept, even when it changes', () => {
  const poolSize = new LivePoolSize(4, 16);
  poolSize.pause();
  poolSize.resize(7);
  expect([poolSize.limit, poolSize.size, poolSize.paused]).toEqual([0, 7, true]);
  poolSize.resume();
  expect([poolSize.limit, poolSize.paused]).toEqual([7, false]);
});

test.each([0, -3, 17, 2.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'a size of %d is refused and nothing changes',
  (size) => {
    const poolSize = new LivePoolSize(4, 16);
    expect(() => poolSize.resize(size)).toThrow(/positive integer of at most 16/);
    expect(poolSize.size).toBe(4);
  },
);

test('a number is taken as it is; a live size is shared', () => {
  const poolSize = new LivePoolSize(2, 4);
  expect(toLivePoolSize(poolSize)).toBe(poolSize);
  expect(toLivePoolSize(3)).toMatchObject({ size: 3, ceiling: 3 });
});
