import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { map, mapStream } from './map.ts';

const module = (name: string) => new URL(`../../../test/tasks/${name}.mjs`, import.meta.url);
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

async function* slowly<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  for (const item of items) {
    await sleep(1);
    yield item;
  }
}

describe('the order of results', () => {
  test('map gives them in the order of the items, however long each takes', async () => {
    const items = range(50).map(String);
    const results = await map<string>(module('shuffle'), items, { poolSize: 6 });
    expect(results.map(({ item }) => item)).toEqual(items);
    expect(results.map(({ index }) => index)).toEqual(range(50));
    expect(results.map((result) => result.status === 'done' && result.value)).toEqual(
      items.map((item) => `did ${item}`),
    );
  });

  test('onResult hears of each item as it ends', async () => {
    const heard: number[] = [];
    const delays = [60, 1, 30];
    await map(async (ms: number) => sleep(ms, ms), delays, {
      poolSize: 3,
      onResult: ({ item }) => heard.push(item),
    });
    expect(heard).toEqual([1, 30, 60]);
  });

  test('mapStream gives them in input order, or as they finish when asked', async () => {
    const delays = [80, 1, 40];
    const task = async (ms: number) => sleep(ms, ms);
    const inOrder = await Array.fromAsync(mapStream(task, delays, { poolSize: 3 }));
    const finished = await Array.fromAsync(mapStream(task, delays, { poolSize: 3, order: 'finished' }));
    expect(inOrder.map(({ item }) => item)).toEqual([80, 1, 40]);
    expect(finished.map(({ item }) => item)).toEqual([1, 40, 80]);
    expect(finished.map(({ index }) => index)).toEqual([1, 2, 0]);
  });
});

describe('the source of items', () => {
  const double = (item: number) => item * 2;

  test.each([
    ['an array', () => range(20)],
    ['a set', () => new Set(range(20))],
    ['a generator', () => range(20).values()],
    ['an async generator', () => slowly(range(20))],
  ])('may be %s', async (_name, source) => {
    const results = await map(double, source(), { poolSize: 3 });
    expect(results.map((result) => result.status === 'done' && result.value)).toEqual(
      range(20).map((item) => item * 2),
    );
  });

  test('may be empty', async () => {
    expect(await map(double, [])).toEqual([]);
    expect(await map(module('double'), [])).toEqual([]);
    expect(await Array.fromAsync(mapStream(double, slowly([])))).toEqual([]);
  });

  test('rejects the whole with what the source throws, after what was in flight has ended', async () => {
    async function* breaking() {
      yield 1;
      yield 2;
      throw new Error('the list broke off');
    }
    const ended: number[] = [];
    const task = async (item: number) => {
      await sleep(20);
      ended.push(item);
    };
    await expect(map(task, breaking(), { poolSize: 4 })).rejects.toThrow('the list broke off');
    expect(ended).toEqual([1, 2]);
  });
});

describe('an item that fails', () => {
  test('is a result with code, message and item, and the others go on', async () => {
    const items = [...range(20).map(String), 'bad', ...range(29).map(String)];
    const results = await map<string>(module('shuffle'), items, { poolSize: 4 });
    const failed = results.filter(({ status }) => status === 'failed');
    expect(results).toHaveLength(50);
    expect(failed).toEqual([
      {
        index: 20,
        item: 'bad',
        status: 'failed',
        ms: expect.any(Number),
        error: expect.objectContaining({ code: 'TASK_THREW', message: 'this one is bad' }),
      },
    ]);
  });

  test('may be one that throws what is no Error, in this thread', async () => {
    const results = await map(() => Promise.reject('a mere string'), [1]);
    expect(results[0]).toMatchObject({
      status: 'failed',
      error: { code: 'TASK_THREW', message: 'a mere string' },
    });
  });

  test('is one whose value cannot leave its thread; its neighbours are well', async () => {
    const items = ['fine', 'function', 'symbol', 'bigint', 'cycle', 'nothing', 'fine'];
    const results = await map<string>(module('return-odd'), items, { poolSize: 1 });
    expect(results.map(({ status }) => status)).toEqual([
      'done',
      'failed',
      'failed',
      'done',
      'done',
      'done',
      'done',
    ]);
    expect(results[1]).toMatchObject({
      error: { code: 'TASK_THREW', message: expect.stringMatching(/leave its thread/) },
    });
    expect(results[3]).toMatchObject({ value: 12n });
  });

  test('is one that cannot be sent to a thread; its neighbours are well', async () => {
    const results = await map<unknown>(module('return-odd'), ['a', () => {}, 'b'], { poolSize: 2 });
    expect(results.map(({ status }) => status)).toEqual(['done', 'failed', 'done']);
    expect(results[1]).toMatchObject({ error: { code: 'BAD_INPUT' } });
  });
});

describe('a module that cannot be used', () => {
  test.each([
    ['is not there', () => `${tempFolder()}/absent.mjs`, /absent\.mjs/],
    ['has no default export', () => module('no-default'), /default.*nothing/],
    ['throws while it loads', () => module('broken'), /broken at the top/],
    [
      'exports something else than a function',
      () => {
        const folder = tempFolder();
        writeFiles(folder, { 'number.mjs': 'export default 7;' });
        return `${folder}/number.mjs`;
      },
      /default.*a number/,
    ],
  ])('rejects with TASK_NOT_FOUND when it %s', async (_what, task, message) => {
    const attempt = map(task(), ['item']);
    await expect(attempt).rejects.toMatchObject({
      code: 'TASK_NOT_FOUND',
      message: expect.stringMatching(message),
    });
  });

  test('may have a name with spaces, a percent sign and a hash', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'my 100% task #1.mjs': 'export default (item) => item + 1;' });
    const [result] = await map<number>(`${folder}/my 100% task #1.mjs`, [1]);
    expect(result).toMatchObject({ status: 'done', value: 2 });
  });
});
