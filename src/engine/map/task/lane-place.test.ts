import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { Claims } from '../common/claims.ts';
import type { EndedItems } from '../common/messages.ts';
import { LanePlace } from './lane-place.ts';

const longerThanResultsAreHeldMs = 8;

/** A task that takes the thread for a while, so that its result is told before the chunk's end is looked for. */
function slowly(item: unknown): string {
  const end = performance.now() + longerThanResultsAreHeldMs;
  while (performance.now() < end);
  return `value of ${item}`;
}

test('a chunk whose number is used again as soon as all its items are told touches no item of the next one', async () => {
  const { port1, port2 } = new MessageChannel();
  const claims = Claims.ofChunks(2);
  const told: EndedItems[] = [];
  const next = Promise.withResolvers<void>();
  const place = new LanePlace({
    // The other thread is as fast as can be: it hears of the end at once.
    port: {
      postMessage(report: EndedItems): void {
        const isFirstEnd = !told.some(({ values }) => values.includes('value of b'));
        told.push(report);
        if (isFirstEnd && report.values.at(-1) === 'value of b') claims.open(0);
        if (report.isLast || report.values.at(-1) === 'value of d') next.resolve();
      },
    } as unknown as typeof port2,
    claims,
    task: slowly,
    signal: new AbortController().signal,
    data: undefined,
    state: undefined,
    timeoutMs: undefined,
    tellsProgress: false,
  });
  claims.open(0);
  place.add({ chunk: 0, indexes: 0, items: ['a', 'b'] });
  place.add({ chunk: 0, indexes: 2, items: ['c', 'd'] });
  await next.promise;
  port1.close();
  expect(told.flatMap(({ from, values }) => values.map((value, at) => [from + at, value]))).toEqual([
    [0, 'value of a'],
    [1, 'value of b'],
    [0, 'value of c'],
    [1, 'value of d'],
  ]);
});
