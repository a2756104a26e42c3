import { expect, it } from 'vitest';
import { kneeOf, usefulSize } from './knee.ts';

const tried = (...rates: readonly (readonly [number, number])[]) =>
  rates.map(([size, perSecond]) => ({ size, perSecond }));

it('the knee is the smallest size that does as much as the best, if a larger one was seen to do no more', () => {
  expect(kneeOf(tried([2, 20], [4, 40], [8, 80], [16, 82]))).toBe(8);
  expect(kneeOf(tried([2, 20], [4, 40]))).toBeUndefined();
  expect(kneeOf(tried([4, 40], [8, 30]))).toBe(4);
  expect(kneeOf(tried([4, 40]))).toBeUndefined();
  expect(kneeOf(tried([4, 0], [8, 0]))).toBeUndefined();
  expect(kneeOf([])).toBeUndefined();
});

it('more than the hosts may get together does nothing, whether by their limits or because no more is left', () => {
  const host = { failed: 0, atOnce: 6, isHeld: false };
  const hosts = [
    { ...host, host: 'a.test', left: 100 },
    { ...host, host: 'b.test', left: 4 },
  ];
  const standing = { hosts, more: { hosts: 0, left: 0 }, heldLeft: 0, mostAtOnce: 10 };
  expect(usefulSize(standing, 128)).toEqual({ size: 10, because: 'per-host limits' });
  expect(usefulSize(standing, 8)).toBeUndefined();
  expect(usefulSize({ ...standing, mostAtOnce: 104 }, 128)).toEqual({
    size: 104,
    because: 'no more are left',
  });
  expect(usefulSize({ ...standing, mostAtOnce: 0 }, 128)).toBeUndefined();
  expect(usefulSize(undefined, 128)).toBeUndefined();
});
