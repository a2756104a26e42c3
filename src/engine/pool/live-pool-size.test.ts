import { expect, test } from 'vitest';
import { LivePoolSize } from './live-pool-size.ts';

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
    expect(() => poolSize.resize(size)).toThrow(
      /^Expected the pool size to be an integer from 1 to 16, got .*\.$/,
    );
    expect(poolSize.size).toBe(4);
  },
);

test('a run adjusts an automatic size until somebody sets one, and again once it is automatic again', () => {
  const poolSize = LivePoolSize.automatic(4, 16);
  const heard: number[] = [];
  poolSize.onChange(() => heard.push(poolSize.size));
  poolSize.adjust(8);
  poolSize.resize(5);
  poolSize.adjust(9);
  expect([poolSize.size, poolSize.automatic, heard]).toEqual([5, false, [8, 5]]);
  poolSize.automate();
  poolSize.adjust(6);
  expect([poolSize.size, poolSize.automatic]).toEqual([6, true]);
  expect(() => poolSize.adjust(17)).toThrow(/from 1 to 16/);
});

test('what was found of an automatic size is told only while it is one', () => {
  const poolSize = LivePoolSize.automatic(4, 16);
  poolSize.finding = () => ({ settledAfterSeconds: 2, searchSeconds: 0.1 });
  expect(poolSize.summary()).toEqual({
    size: 4,
    automatic: true,
    settledAfterSeconds: 2,
    searchSeconds: 0.1,
  });
  poolSize.resize(5);
  expect(poolSize.summary()).toEqual({ size: 5, automatic: false });
});
