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
