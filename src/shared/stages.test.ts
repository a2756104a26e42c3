import fc from 'fast-check';
import { expect, it } from 'vitest';
import { imageStages, StageSums, StageWatch, stageMsOf, transferStages } from './stages.ts';

it('gives each stage the time since the one before', () => {
  let now = 10;
  const watch = new StageWatch(imageStages, () => now);
  watch.start();
  now = 12;
  watch.lap('read');
  now = 15.5;
  watch.lap('decode');
  now = 16;
  watch.lap('write');
  expect(stageMsOf(imageStages, watch.take())).toEqual({ read: 2, decode: 3.5, write: 0.5 });
  expect(watch.take()).toEqual([0, 0, 0, 0, 0]);
});

it('adds up transfers and images, which share the stage that writes', () => {
  const sums = new StageSums();
  sums.add(transferStages, [0, 1_000, 0, 0, 2_000, 3_000, 4_000]);
  sums.add(imageStages, [500, 0, 0, 0, 6_000]);
  expect(sums.toMs()).toEqual({ dns: 1, firstByte: 2, body: 3, write: 10, read: 0.5 });
});

it('sums what single items tell, whatever they are', () => {
  const times = fc.array(fc.nat({ max: 10_000_000 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(times, { maxLength: 20 }), (items) => {
      const sums = new StageSums();
      for (const item of items) sums.add(imageStages, item);
      for (const [place, stage] of imageStages.entries()) {
        const us = items.reduce((sum, item) => sum + (item[place] ?? 0), 0);
        expect(sums.get(stage)).toBeCloseTo(us / 1_000, 6);
      }
    }),
  );
});
