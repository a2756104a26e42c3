import { describe, expect, it } from 'vitest';
import type { Row } from '../../shared/ipc/run.ts';
import { chunkSize, emptyCache, missingChunks, rowAt, withChanges, withPage } from './row-cache.ts';

const row = (index: number, state: Row['state'] = 'done'): Row => ({ index, name: `${index}.jpg`, state });
const rows = (from: number, count: number) => Array.from({ length: count }, (_, at) => row(from + at));
const counts = (done: number, failed = 0) => ({ done, skipped: 0, failed, cancelled: 0 });

describe('rows that changed', () => {
  it('come to the end as they end, and not while they are worked on', () => {
    const cache = withChanges(emptyCache('all'), [row(3), row(1, 'working'), row(0, 'failed')], counts(1, 1));
    expect(cache.length).toBe(2);
    expect(rowAt(cache, 0)?.index).toBe(3);
    expect(rowAt(cache, 1)?.index).toBe(0);
  });

  it('replace what is there: the last write wins', () => {
    const first = withChanges(emptyCache('all'), rows(0, 3), counts(3));
    const cache = withChanges(first, [{ ...row(1), name: 'renamed.jpg' }], counts(3));
    expect(cache.length).toBe(3);
    expect(rowAt(cache, 1)?.name).toBe('renamed.jpg');
    expect(rowAt(first, 1)?.name).toBe('1.jpg');
  });

  it('are kept to the filter', () => {
    const cache = withChanges(emptyCache('failed'), [row(0), row(1, 'failed')], counts(1, 1));
    expect(cache.length).toBe(1);
    expect(rowAt(cache, 0)?.index).toBe(1);
  });

  it('fill chunk after chunk', () => {
    const cache = withChanges(emptyCache('all'), rows(0, chunkSize + 5), counts(chunkSize + 5));
    expect(cache.chunks.size).toBe(2);
    expect(missingChunks(cache, 0, cache.length - 1)).toEqual([]);
  });
});

describe('a list that disagrees with the counters', () => {
  it('forgets its end, which is asked for again', () => {
    const first = withChanges(emptyCache('all'), rows(0, 10), counts(10));
    // 90 rows were left out of the message.
    const cache = withChanges(first, rows(100, 5), counts(105));
    expect(cache.length).toBe(105);
    expect(missingChunks(cache, 0, 104)).toEqual([0]);
    const whole = withPage(cache, 0, rows(0, 105));
    expect(missingChunks(whole, 0, 104)).toEqual([]);
    expect(rowAt(whole, 104)?.index).toBe(104);
  });

  it('never has holes: a row beyond a chunk that is short drops the chunk', () => {
    const short = withPage(emptyCache('all', 20), 0, rows(0, 15));
    const cache = withChanges(short, [row(50)], counts(21));
    expect(cache.length).toBe(21);
    expect(missingChunks(cache, 0, 20)).toEqual([0]);
  });
});

it('keeps a bounded part of a list of any length', () => {
  let cache = emptyCache('all', 1_000_000);
  for (let chunk = 0; chunk < 200; chunk += 1)
    cache = withPage(cache, chunk * chunkSize, rows(chunk * chunkSize, chunkSize));
  expect(cache.chunks.size).toBeLessThanOrEqual(60);
  expect(rowAt(cache, 199 * chunkSize)?.index).toBe(199 * chunkSize);
  expect(missingChunks(cache, 0, 10)).toEqual([0]);
});
