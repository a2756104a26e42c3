import { describe, expect, test } from 'vitest';
import { map } from './map.ts';
import { values } from './values.ts';

const buffers = new URL('../../../test/tasks/buffers.mjs', import.meta.url);

// biome-ignore lint/suspicious/noExplicitAny: what a task returns.
const resultOf = async (item: unknown): Promise<any> =>
  values(await map<unknown>(buffers, [item], { poolSize: 1 }))[0];
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('what a task returns', () => {
  test('brings no more than its own bytes', async () => {
    const small = await resultOf('small');
    expect([textOf(small), small.buffer.byteLength]).toEqual(['small', 5]);
    const part = await resultOf('part');
    expect([part.length, part.buffer.byteLength]).toEqual([10, 10]);
    const numbers = await resultOf('numbers');
    expect(numbers).toEqual(new Float64Array([0.5, 0.5]));
    expect(numbers.buffer.byteLength).toBe(16);
    expect((await resultOf('view')).buffer.byteLength).toBe(8);
  });

  test('also inside of objects, arrays and maps, and what is not bytes stays as it is', async () => {
    const { list, map: inMap, set, n } = await resultOf('nested');
    expect([textOf(list[0]), list[0].buffer.byteLength]).toEqual(['in a list', 9]);
    expect([textOf(inMap.get('key')), inMap.get('key').buffer.byteLength]).toEqual(['in a map', 8]);
    expect([set, n]).toEqual([new Set([1]), 1]);
  });

  test('stays one where it was one, and a circle', async () => {
    const { one, other } = await resultOf('shared');
    expect(one).toBe(other);
    const circle = await resultOf('circle');
    expect(circle.self).toBe(circle);
    expect(textOf(circle.part)).toBe('round');
  });

  test('may be moved instead of copied, and is gone in the worker', async () => {
    const { bytes } = await resultOf('moved');
    expect([bytes.byteLength, bytes[4_999_999]]).toEqual([5_000_000, 7]);
    expect((await resultOf('moved itself'))[999]).toBe(7);
    expect(textOf(await resultOf('moved although it cannot be'))).toBe('of the pool');
    const afterMove = new URL('#afterMove', buffers);
    expect(values(await map<unknown>(afterMove, ['move', 'look'], { poolSize: 1 }))).toEqual([1_000, 0]);
  });
});

test('the buffers of items are moved to the worker if they are named', async () => {
  const items = Array.from({ length: 20 }, (_, at) => new Uint8Array(1_000 + at));
  const sizes = items.map(({ byteLength }) => byteLength);
  const results = await map<Uint8Array>(buffers, items, {
    poolSize: 2,
    transfer: ({ buffer }) => [buffer as ArrayBuffer],
  });
  expect(values(results)).toEqual(sizes);
  expect(items.map(({ byteLength }) => byteLength)).toEqual(items.map(() => 0));
});

test('an item brings no more than its own bytes to the worker', async () => {
  const whole = new URL('#wholeBuffer', buffers);
  const items = [
    Buffer.from('small'),
    { deep: [Buffer.from('small')] },
    new Uint8Array(1_000).subarray(1, 3),
  ];
  expect(values(await map<unknown>(whole, items, { poolSize: 1 }))).toEqual([5, 5, 2]);
});

test('items that are not to be moved stay', async () => {
  const item = new Uint8Array(1_000);
  expect(await resultOf(item)).toBe(1_000);
  expect(item.byteLength).toBe(1_000);
});
