import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { waitUntil } from '../../../test/wait-until.ts';
import { map, mapStream } from './map.ts';

/** A source that counts the items read from it, and notes whether it was closed. */
function counted(count: number) {
  const state = { pulled: 0, closed: false };
  function* items(): Generator<number> {
    try {
      while (state.pulled < count) yield state.pulled++;
    } finally {
      state.closed = true;
    }
  }
  async function* asyncItems(): AsyncGenerator<number> {
    yield* items();
  }
  return { state, items, asyncItems };
}

test('map reads its source no further than what is in flight', async () => {
  const { state, items } = counted(100);
  let running = 0;
  const surplus: number[] = [];
  let ended = 0;
  const task = async () => {
    running += 1;
    await sleep(1);
    surplus.push(state.pulled - ended);
    running -= 1;
    ended += 1;
  };
  await map(task, items(), { poolSize: 5 });
  expect(ended).toBe(100);
  expect(running).toBe(0);
  expect(Math.max(...surplus)).toBeLessThanOrEqual(5);
});

test('an async source is read at most one item further', async () => {
  const { state, asyncItems } = counted(60);
  let ended = 0;
  const surplus: number[] = [];
  const task = async () => {
    await sleep(1);
    surplus.push(state.pulled - ended);
    ended += 1;
  };
  await map(task, asyncItems(), { poolSize: 4 });
  expect(ended).toBe(60);
  expect(Math.max(...surplus)).toBeLessThanOrEqual(5);
});

test.each(['input', 'finished'] as const)('a slow reader holds the pool (order: %s)', async (order) => {
  const { state, items } = counted(1_000);
  const stream = mapStream((item: number) => item, items(), { poolSize: 4, lookAhead: 16, order });
  for (let read = 1; read <= 40; read += 1) {
    await stream.next();
    await sleep(1);
    expect(state.pulled).toBeLessThanOrEqual(read + 16);
  }
  await stream.return();
});

test('one slow item at the front holds the others at the look-ahead', async () => {
  const { state, items } = counted(1_000);
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const task = async (item: number) => (item === 0 ? gate : undefined);
  const stream = mapStream(task, items(), { poolSize: 4, lookAhead: 20 });
  const first = stream.next();
  await waitUntil(() => state.pulled >= 20, 'the look-ahead is used up');
  await sleep(30);
  expect(state.pulled).toBe(20);
  open();
  expect((await first).value).toMatchObject({ index: 0 });
  const rest = await Array.fromAsync(stream);
  expect(rest.map(({ index }) => index)).toEqual(Array.from({ length: 999 }, (_, at) => at + 1));
});

test('leaving the loop early stops the source and what is in flight', async () => {
  const { state, items } = counted(1_000_000);
  let aborted = 0;
  const task = async (item: number, { signal }: { signal: AbortSignal }) => {
    if (item < 3) return item;
    return sleep(60_000, item, { signal }).catch((error) => {
      aborted += 1;
      throw error;
    });
  };
  for await (const { index } of mapStream(task, items(), { poolSize: 4, lookAhead: 8 })) {
    if (index === 2) break;
  }
  expect(state.closed).toBe(true);
  expect(state.pulled).toBeLessThanOrEqual(3 + 8);
  expect(aborted).toBeGreaterThan(0);
});

test('200,000 items pass without piling up', async () => {
  const { state, items } = counted(200_000);
  let read = 0;
  let furthest = 0;
  for await (const result of mapStream((item: number) => item, items(), { poolSize: 8 })) {
    if (result.index !== read) throw new Error(`Expected item ${read}, got ${result.index}`);
    read += 1;
    furthest = Math.max(furthest, state.pulled - read);
  }
  expect(read).toBe(200_000);
  expect(furthest).toBeLessThanOrEqual(256);
});

test('items that end at once leave timers and signals their turn', async () => {
  function* endless(): Generator<number> {
    for (let item = 0; ; item += 1) yield item;
  }
  const signal = AbortSignal.timeout(50);
  await expect(map((item: number) => item, endless(), { poolSize: 4, signal })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
});
