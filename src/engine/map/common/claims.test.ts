import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Claims } from './claims.ts';

test('an item is claimed or taken back, never both, whatever the order of the two', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 5 }),
      (count, before, after) => {
        const main = Claims.ofChunks(4);
        const worker = new Claims(main.buffer);
        main.open(2);
        const claimed: number[] = [];
        const claim = () => {
          const at = worker.claim(2);
          if (at < count) claimed.push(at);
        };
        for (let turn = 0; turn < before; turn += 1) claim();
        expect(main.isWaiting(2, count)).toBe(before < count);
        const begun = main.takeBack(2, count);
        for (let turn = 0; turn < after; turn += 1) claim();
        expect(claimed).toEqual(Array.from({ length: begun }, (_, at) => at));
        expect(begun).toBe(Math.min(before, count));
        expect(main.isWaiting(2, count)).toBe(false);
      },
    ),
  );
});

test('how many have ended, and how long the one in progress has taken, is seen from the other side', async () => {
  const main = Claims.ofChunks(2);
  const worker = new Claims(main.buffer);
  main.open(1);
  expect([main.ended(1), main.msInProgress(1)]).toEqual([0, undefined]);
  worker.claim(1);
  worker.begin(1);
  await sleep(5);
  expect(main.msInProgress(1)).toBeGreaterThan(3);
  worker.end(1);
  expect([main.ended(1), main.msInProgress(1)]).toEqual([1, undefined]);
  main.open(1);
  expect(main.ended(1)).toBe(0);
});
