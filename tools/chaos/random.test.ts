import { expect, test } from 'vitest';
import { momentsOf, Random, randomOf } from './random.ts';

test('the same seed gives the same numbers, another one others', () => {
  const five = (random: Random) => Array.from({ length: 5 }, () => random.next());
  expect(five(new Random(7))).toEqual(five(new Random(7)));
  expect(five(new Random(7))).not.toEqual(five(new Random(8)));
  expect(five(randomOf(7, 'kill-fetch'))).toEqual(five(randomOf(7, 'kill-fetch')));
  expect(five(randomOf(7, 'kill-fetch'))).not.toEqual(five(randomOf(7, 'kill-thumbs')));
});

test('numbers lie where they are asked to', () => {
  const random = new Random(1);
  for (let times = 0; times < 1_000; times += 1) {
    expect(random.next()).toBeLessThan(1);
    expect([0, 1, 2]).toContain(random.below(3));
  }
  expect(random.shuffled([3, 1, 2]).sort()).toEqual([1, 2, 3]);
});

test('few moments cover all of a run: one lies in each of as many equal parts', () => {
  for (const count of [1, 2, 5, 50]) {
    const parts = momentsOf(new Random(count), count).map((moment) => Math.floor(moment * count));
    expect(parts.sort((one, other) => one - other)).toEqual(Array.from({ length: count }, (_, part) => part));
  }
});

test('moments come in no order', () => {
  const moments = momentsOf(new Random(3), 50);
  expect(moments).not.toEqual([...moments].sort((one, other) => one - other));
});
