import { expect, it } from 'vitest';
import { SpreadSample } from './spread-sample.ts';

const sampled = (count: number) => {
  const sample = new SpreadSample<number>(8);
  for (let item = 0; item < count; item += 1) sample.offer(item);
  return sample.items;
};

it('keeps all of a few, and of many eight that are spread over all of them, the same each time', () => {
  expect(sampled(3)).toEqual([0, 1, 2]);
  expect(sampled(8)).toHaveLength(8);
  for (const count of [9, 31, 32, 33, 1_000, 100_003]) {
    const items = sampled(count);
    expect(sampled(count)).toEqual(items);
    expect(new Set(items).size).toBe(8);
    for (const eighth of [0, 1, 2, 3, 4, 5, 6, 7]) {
      // One of each eighth, or close to it.
      const middle = ((eighth + 0.5) * count) / 8;
      expect(Math.abs((items[eighth] ?? 0) - middle)).toBeLessThanOrEqual(count / 8);
    }
  }
});
