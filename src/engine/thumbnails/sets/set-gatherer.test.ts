import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ItemResult } from '../../../shared/result.ts';
import type { PlannedItem } from '../../run/run-items.ts';
import { ScratchEntries } from './scratch-entries.ts';
import { SetGatherer } from './set-gatherer.ts';

const done = (index: number): ItemResult => ({
  index,
  input: `/photos/${index}.jpg`,
  status: 'done',
  ms: 1,
  output: `/photos/thumbs/${index}.jpg`,
  bytesOut: 1_000 + index,
  width: 75,
  height: 56,
  thumbHash: 'WTMBBYBcWX+Hd3iHeIeHeLCHeK9o',
});

test('entries come in the order of the items, in whatever order these have ended', () => {
  const someOrder = fc
    .integer({ min: 0, max: 3_000 })
    .chain((count) => fc.shuffledSubarray(Array.from({ length: count }, (_none, at) => at)));
  fc.assert(
    fc.property(someOrder, (order) => {
      const gatherer = new SetGatherer(undefined);
      for (const index of order) gatherer.took(done(index));
      const indexes = [...gatherer.entries.all()].map(({ index }) => index);
      gatherer.close();
      expect(indexes).toEqual(order.toSorted((one, other) => one - other));
      expect(gatherer.entries.count).toBe(order.length);
    }),
    { numRuns: 20 },
  );
});

test('what failed, was cancelled or has no rendition is missing', async () => {
  const gatherer = new SetGatherer(undefined);
  const planned: PlannedItem<unknown>[] = [0, 1, 2, 3].map((at) => ({
    kind: 'work',
    input: `/photos/${at}.jpg`,
    output: '',
    work: at,
  }));
  async function* plan() {
    yield planned;
  }
  for await (const chunk of gatherer.watch(plan())) expect(chunk).toBe(planned);
  gatherer.took(done(0));
  gatherer.took({ ...done(1), status: 'failed' });
  gatherer.took({ ...done(2), status: 'cancelled' });
  gatherer.took({ ...done(3), outputs: [] });
  expect([gatherer.entries.count, gatherer.missing]).toEqual([1, 3]);
  gatherer.close();
});

test('a placeholder that comes later is that of its entry', () => {
  const entries = new ScratchEntries();
  for (let index = 0; index < 2_500; index += 1) {
    entries.add(index, { input: `/${index}`, renditions: [{ path: `/t/${index}`, bytes: 1 }] });
  }
  let found = 0;
  for (let after = -1; ; ) {
    const bare = entries.bare(after, 700);
    const last = bare.at(-1);
    if (!last) break;
    after = last.index;
    found += bare.length;
    for (const { index, ...entry } of bare) entries.replace(index, { ...entry, thumbHash: `h${index}` });
  }
  expect(found).toBe(2_500);
  expect(entries.count).toBe(2_500);
  for (const { index, thumbHash } of entries.all()) expect(thumbHash).toBe(`h${index}`);
  entries.close();
});

test('the memory does not grow with the number of results', () => {
  const gatherer = new SetGatherer(undefined);
  const collect = () => {
    global.gc?.();
    return process.memoryUsage().heapUsed;
  };
  for (let index = 0; index < 5_000; index += 1) gatherer.took(done(index));
  const before = collect();
  for (let index = 5_000; index < 105_000; index += 1) gatherer.took(done(index));
  const grown = collect() - before;
  // One entry as an object takes more than 300 bytes: kept in memory, these would be 30 MB.
  expect(grown).toBeLessThan(15_000_000);
  expect(gatherer.entries.count).toBe(105_000);
  gatherer.close();
});
