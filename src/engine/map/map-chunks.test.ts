import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { waitUntil } from '../../../test/wait-until.ts';
import { LivePoolSize } from '../pool/live-pool-size.ts';
import { map, mapStream } from './map.ts';

const diary = new URL('../../../test/tasks/diary.mjs', import.meta.url);
const atOnce = new URL('../../../test/tasks/diary.mjs#atOnce', import.meta.url);
const double = new URL('../../../test/tasks/double.mjs', import.meta.url);

interface DiaryItem {
  readonly file: string;
  readonly name: string;
  readonly how?: string;
  readonly ms?: number;
}

/** Items that write down when they begin. */
function noted() {
  const file = join(tempFolder(), 'diary');
  return {
    item: (name: string | number, rest: Omit<DiaryItem, 'file' | 'name'> = {}): DiaryItem => ({
      file,
      name: String(name),
      ...rest,
    }),
    begun: (): string[] => {
      try {
        return readFileSync(file, 'utf8').trimEnd().split('\n');
      } catch {
        return [];
      }
    },
  };
}

const names = (count: number) => Array.from({ length: count }, (_, at) => String(at));

test.each([undefined, 1, 7, 100, 10_000])(
  'items in chunks of %s are each done once, in their order',
  async (chunkSize) => {
    const items = Array.from({ length: 5_000 }, (_, at) => at);
    const results = await map<number, number>(double, items, { poolSize: 3, chunkSize });
    expect(results.map(({ index }) => index)).toEqual(items);
    expect(results.map((result) => result.status === 'done' && result.value)).toEqual(
      items.map((item) => 2 * item),
    );
  },
);

test('in chunks of items that wait and items that do not, each value is that of its item', async () => {
  const { item } = noted();
  const items = names(120).map((name, at) => item(name, { ms: at % 3 === 0 ? at % 7 : 0 }));
  const results = await map<DiaryItem>(diary, items, { poolSize: 2, chunkSize: 12 });
  expect(results.map((result) => result.status === 'done' && result.value)).toEqual(names(120));
});

test('chunks of an async source keep the order, too, and read no further than the look-ahead', async () => {
  let pulled = 0;
  async function* source() {
    for (let item = 0; item < 3_000; item += 1) {
      pulled += 1;
      yield item;
    }
  }
  let read = 0;
  for await (const { index } of mapStream(double, source(), { poolSize: 2, lookAhead: 40 })) {
    expect(index).toBe(read);
    read += 1;
    expect(pulled).toBeLessThanOrEqual(read + 40 + 1);
  }
  expect(read).toBe(3_000);
});

describe('a worker that dies in a chunk', () => {
  test.each([
    ['at once', atOnce],
    ['later', diary],
  ])(
    'costs only the item that it was in (%s): those before it are not done twice, those behind it are done',
    async (_how, task) => {
      const { item, begun } = noted();
      const items = names(60).map((name) =>
        item(name, name === '20' || name === '21' ? { how: 'exit' } : {}),
      );
      const results = await map<DiaryItem>(task, items, { poolSize: 1, chunkSize: 15 });
      const failed = results.filter(({ status }) => status === 'failed');
      expect(failed.map(({ index }) => index)).toEqual([20, 21]);
      expect(failed[0]).toMatchObject({ error: { code: 'WORKER_DIED' } });
      expect(results.filter(({ status }) => status === 'done')).toHaveLength(58);
      expect(begun()).toEqual(names(60));
    },
  );
});

test('many that die in one chunk cost nothing but themselves, also those behind them', async () => {
  const { item } = noted();
  const items = names(60).map((name, at) => item(name, at % 8 === 3 ? { how: 'exit' } : {}));
  const results = await map<DiaryItem>(atOnce, items, { poolSize: 1, chunkSize: 60 });
  const failed = results.filter(({ status }) => status === 'failed');
  expect(failed.map(({ index }) => index)).toEqual([3, 11, 19, 27, 35, 43, 51, 59]);
});

test('nothing waits behind a slow item: what is in its chunk is taken back by whoever is idle', async () => {
  const { item, begun } = noted();
  const items = [item('slow', { ms: 60_000 }), ...names(30).map((name) => item(name))];
  const abort = new AbortController();
  const heard: number[] = [];
  const running = map<DiaryItem>(diary, items, {
    poolSize: 2,
    chunkSize: 31,
    signal: abort.signal,
    graceMs: 0,
    onResult: ({ index }) => heard.push(index),
  });
  await Promise.race([running, waitUntil(() => heard.length === 30, 'all others are done')]);
  expect(heard.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  abort.abort();
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  expect(begun()).toHaveLength(31);
});

test('a pause holds what has not begun, also in chunks that are at a worker', async () => {
  const { item, begun } = noted();
  const poolSize = new LivePoolSize(2);
  const items = names(60).map((name) => item(name, { ms: 10 }));
  const running = map<DiaryItem>(diary, items, { poolSize, chunkSize: 20 });
  await waitUntil(() => begun().length > 4, 'some have begun');
  poolSize.pause();
  await sleep(60);
  const before = begun().length;
  expect(before).toBeLessThan(60);
  await sleep(60);
  expect(begun()).toHaveLength(before);
  poolSize.resume();
  const results = await running;
  expect(results.map((result) => result.status === 'done' && result.value)).toEqual(names(60));
  expect(begun()).toHaveLength(60);
});

test('an abort cancels what has begun, and nothing else begins', async () => {
  const { item, begun } = noted();
  const abort = new AbortController();
  const statuses: string[] = [];
  const running = map<DiaryItem>(
    diary,
    names(60).map((name) => item(name, { ms: 60_000, how: 'listen' })),
    {
      poolSize: 2,
      chunkSize: 20,
      signal: abort.signal,
      onResult: ({ status }) => statuses.push(status),
    },
  );
  await waitUntil(() => begun().length === 2, 'two have begun');
  abort.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  expect(begun()).toHaveLength(2);
  expect(statuses).toEqual(['cancelled', 'cancelled']);
});

test('one value and one item that cannot be cloned cost nothing but themselves, in the middle of a chunk', async () => {
  const odd = new URL('../../../test/tasks/return-odd.mjs', import.meta.url);
  const items: unknown[] = [...names(10), 'function', ...names(10), () => {}, ...names(10), 'symbol'];
  const results = await map<unknown>(odd, items, { poolSize: 2, chunkSize: 33 });
  const failed = results.filter(({ status }) => status === 'failed');
  expect(failed.map(({ index }) => index)).toEqual([10, 21, 32]);
  expect(failed).toMatchObject([
    { error: { code: 'TASK_THREW', message: expect.stringMatching(/leave its thread/) } },
    { error: { code: 'BAD_INPUT' } },
    { error: { code: 'TASK_THREW' } },
  ]);
  expect(results.filter(({ status }) => status === 'done')).toHaveLength(30);
});

test('one value that no other thread can read costs nothing but itself, in the middle of a chunk', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    'deep.mjs': `export default (item) => {
      if (item !== 'deep') return item;
      let deep = [];
      for (let depth = 0; depth < 6_000; depth += 1) deep = [deep];
      return deep;
    };`,
  });
  const items = [...names(20), 'deep', ...names(20)];
  const results = await map<string>(join(folder, 'deep.mjs'), items, { poolSize: 2, chunkSize: 41 });
  expect(results.filter(({ status }) => status === 'done')).toHaveLength(40);
  expect(results[20]).toMatchObject({
    error: { code: 'TASK_THREW', message: expect.stringMatching(/cannot (be read|leave)/) },
  });
});

test('a run in chunks finds its pool size, too', async () => {
  const items = Array.from({ length: 20_000 }, (_, at) => at);
  const results = await map<number, number>(double, items);
  expect(results.filter(({ status }) => status === 'done')).toHaveLength(20_000);
});
