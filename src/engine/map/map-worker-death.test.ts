import { expect, test } from 'vitest';
import { map } from './map.ts';

const task = new URL('../../../test/tasks/die.mjs', import.meta.url);
const fine = (count: number) => Array.from({ length: count }, (_, at) => `item ${at}`);

test.each([
  ['calls process.exit', 'exit', /code: 3/],
  ['throws outside the task', 'unhandled', /thrown outside the task/],
])('a worker that %s fails the item it held; it is replaced and the run ends', async (_how, deadly, why) => {
  const items = [...fine(10), deadly, ...fine(10), deadly, ...fine(10)];
  const results = await map<string>(task, items, { poolSize: 3 });
  const failed = results.filter(({ status }) => status === 'failed');
  expect(results).toHaveLength(32);
  expect(failed.map(({ item }) => item)).toEqual([deadly, deadly]);
  for (const result of failed) {
    expect(result).toMatchObject({ error: { code: 'WORKER_DIED', message: expect.stringMatching(why) } });
  }
});

test('a worker that runs out of memory fails only the item it held', async () => {
  const items = [...fine(4), 'hoard', ...fine(4)];
  const results = await map<string>(task, items, { poolSize: 2, maxHeapMiB: 32 });
  expect(results.map(({ status }) => status)).toEqual([
    ...Array(4).fill('done'),
    'failed',
    ...Array(4).fill('done'),
  ]);
  expect(results[4]).toMatchObject({
    error: { code: 'WORKER_DIED', message: expect.stringMatching(/memory/) },
  });
}, 60_000);

test('a run of nothing but deadly items still ends', async () => {
  const results = await map<string>(task, Array(12).fill('exit'), { poolSize: 3 });
  expect(results.map(({ status }) => status)).toEqual(Array(12).fill('failed'));
});
