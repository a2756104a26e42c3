import { expect, test } from 'vitest';
import { ChunkSize } from './chunk-size.ts';

/** Lets chunks of the size found take so long an item, some times. */
function after(msAnItem: number, chunks: number, size = new ChunkSize(undefined)): ChunkSize {
  for (let chunk = 0; chunk < chunks; chunk += 1) size.took(size.size, size.size * msAnItem);
  return size;
}

test('chunks begin with one item, and grow to a few milliseconds while items are short', () => {
  expect(new ChunkSize(undefined).size).toBe(1);
  expect(after(0.01, 1).size).toBe(4);
  expect(after(0.01, 20).size).toBe(400);
  expect(after(0.00001, 20).size).toBe(1_024);
});

test('slow items go one by one, and none waits at a worker for another', () => {
  expect(after(2, 10).size).toBe(1);
  expect(after(60_000, 10)).toMatchObject({ size: 1, waitsAhead: false });
  expect(after(0.1, 10)).toMatchObject({ size: 40, waitsAhead: true });
});

test('items that become slow make chunks shrink, and one that is slow by chance does not', () => {
  const size = after(0.01, 20);
  size.took(1, 1_000);
  expect(size.size).toBe(200);
  after(10, 12, size);
  expect(size.size).toBe(1);
  after(0.01, 20, size);
  expect(size.size).toBeGreaterThan(390);
});

test('a size that is asked for stays', () => {
  const size = new ChunkSize(7);
  after(10_000, 5, size);
  expect(size.size).toBe(7);
});
