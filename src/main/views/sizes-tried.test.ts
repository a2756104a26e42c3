import { expect, it } from 'vitest';
import { SizesTried } from './sizes-tried.ts';

it('tells what each size did that was held long enough, without the moments after a change', () => {
  const sizes = new SizesTried();
  let worked = 0;
  const hold = (from: number, to: number, size: number, perTick: number) => {
    for (let now = from; now < to; now += 50) {
      worked += perTick;
      sizes.measure(now, worked, size, true);
    }
  };
  hold(0, 3_000, 4, 1);
  // Right after the change it goes on as before.
  hold(3_000, 3_600, 8, 1);
  hold(3_600, 6_000, 8, 2);
  hold(6_000, 6_900, 16, 9);
  expect(sizes.list()).toEqual([
    { size: 4, perSecond: 20 },
    { size: 8, perSecond: 40 },
  ]);
});

it('does not count the end of a run, where places stay empty', () => {
  const sizes = new SizesTried();
  for (let now = 0; now < 3_000; now += 50) sizes.measure(now, now / 50, 4, true);
  for (let now = 3_000; now < 9_000; now += 50) sizes.measure(now, 60, 4, false);
  expect(sizes.list()).toEqual([{ size: 4, perSecond: 20 }]);
});
