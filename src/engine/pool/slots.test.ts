import fc from 'fast-check';
import { expect, it } from 'vitest';
import { feedOf } from './feed.ts';
import { runInFlight } from './in-flight.ts';
import { LivePoolSize } from './live-pool-size.ts';
import { Slots } from './slots.ts';

it('gives the lowest free number', () => {
  const places = new Slots();
  expect([places.take(), places.take(), places.take()]).toEqual([0, 1, 2]);
  places.free(1);
  places.free(0);
  expect([places.take(), places.take(), places.take()]).toEqual([0, 1, 3]);
});

it('gives the lowest free number of hundreds, in whatever order they are freed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { maxLength: 600 }), (steps) => {
      const places = new Slots();
      const taken = new Set<number>();
      for (const step of steps) {
        if (taken.has(step)) {
          places.free(step);
          taken.delete(step);
          continue;
        }
        let lowest = 0;
        while (taken.has(lowest)) lowest += 1;
        expect(places.take()).toBe(lowest);
        taken.add(lowest);
      }
    }),
  );
});

it('tells what is in flight apart: no two jobs have one number, and none is beyond the pool size', async () => {
  const taken = new Set<number>();
  const seen = new Set<number>();
  await runInFlight<number, void>({
    feed: feedOf(Array.from({ length: 60 }, (_, item) => item)),
    poolSize: new LivePoolSize(4),
    execute: async (item, place) => {
      expect(taken.has(place)).toBe(false);
      taken.add(place);
      seen.add(place);
      await new Promise((resolve) => setTimeout(resolve, item % 5));
    },
    onSettled: (_item, _outcome, place) => taken.delete(place),
  });
  expect([...seen].sort()).toEqual([0, 1, 2, 3]);
});
