import { expect, it } from 'vitest';
import type { ItemResult } from '../../shared/result.ts';
import { RowStore } from './row-store.ts';

const made = (index: number, input: string, bytesOut: number, ms: number): ItemResult =>
  ({ index, input, status: 'done', bytesOut, ms }) as ItemResult;

function storeOf(results: readonly ItemResult[]): RowStore {
  const store = new RowStore();
  for (const result of results) store.settle(result);
  return store;
}

const plain = { filter: 'all', search: '', order: 'ended' } as const;

it('sorts by name as a person counts, by size and by time with the largest first', () => {
  const store = storeOf([
    made(0, '/a/IMG_10.jpg', 5, 30),
    made(1, '/a/img_2.jpg', 7, 10),
    made(2, '/a/IMG_1.jpg', 6, 20),
  ]);
  const order = (by: 'ended' | 'name' | 'size' | 'time') => [...store.list({ ...plain, order: by })];
  expect(order('ended')).toEqual([0, 1, 2]);
  expect(order('name')).toEqual([2, 1, 0]);
  expect(order('size')).toEqual([1, 2, 0]);
  expect(order('time')).toEqual([0, 2, 1]);
});

it('finds by a part of the name or of the host, and not by what else stands in a URL', () => {
  const store = storeOf([
    made(0, 'https://Images.example.com/deep/Rose.jpg', 1, 1),
    made(1, 'https://other.test/deep/tulip.jpg', 1, 1),
  ]);
  const found = (search: string) => [...store.list({ ...plain, search })];
  expect(found('rose')).toEqual([0]);
  expect(found('EXAMPLE.com')).toEqual([0]);
  expect(found('jpg')).toEqual([0, 1]);
  expect(found('deep')).toEqual([]);
});

it('keeps the failures of one cause, and sees what ended since it was asked last', () => {
  const failed = (index: number, code: 'EMPTY_FILE' | 'HTTP_404') =>
    ({
      index,
      input: `/a/${index}.jpg`,
      status: 'failed',
      ms: 1,
      error: { code, message: '' },
    }) as ItemResult;
  const store = storeOf([failed(0, 'EMPTY_FILE'), failed(1, 'HTTP_404')]);
  const empty = () => [...store.list({ ...plain, filter: 'failed', cause: 'EMPTY_FILE' })];
  expect(empty()).toEqual([0]);
  store.settle(failed(2, 'EMPTY_FILE'));
  expect(empty()).toEqual([0, 2]);
});

it('sorts and searches 100,000 items', () => {
  const store = storeOf(
    Array.from({ length: 100_000 }, (_, at) => made(at, `/a/IMG_${(at * 7_919) % 100_000}.jpg`, at, at)),
  );
  const names = store.list({ ...plain, order: 'name' });
  const found = store.list({ ...plain, search: '_9999' });
  expect(store.name(names[0] ?? -1)).toBe('IMG_0.jpg');
  expect(found).toHaveLength(11);
});
