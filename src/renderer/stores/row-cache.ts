import type { ErrorCode } from '../../shared/error-codes/error-codes.ts';
import type { Row, RowOrder, RunUpdate, rowFilters } from '../../shared/ipc/run.ts';

export type RowFilter = (typeof rowFilters)[number];

/** What is searched for, and the order; a list without it has the rows of its filter as they ended. */
export interface Narrowing {
  readonly search: string;
  readonly order: RowOrder;
  readonly cause?: ErrorCode | undefined;
}

/** Rows are sent and kept in chunks of this many: the page never holds the whole list of a million items. */
export const chunkSize = 200;
/** At most this many chunks of 200 rows are kept; others are asked for again when they are scrolled to. */
const mostChunks = 60;

/**
 * The part of the ended rows that the page holds, in the order in which they ended. `length` is that of the whole list,
 * so that the scroll bar is right about the rows that are not here.
 */
export interface RowCache {
  readonly filter: RowFilter;
  readonly narrowing?: Narrowing | undefined;
  readonly length: number;
  readonly chunks: ReadonlyMap<number, readonly Row[]>;
}

type Counts = Pick<RunUpdate['counters'], 'done' | 'skipped' | 'failed' | 'cancelled'>;

export function emptyCache(filter: RowFilter, length = 0, narrowing?: Narrowing): RowCache {
  return { filter, narrowing, length, chunks: new Map() };
}

export function isSameList(one: RowCache, other: RowCache): boolean {
  return one.filter === other.filter && one.narrowing === other.narrowing;
}

/** Adds a page of a narrowed list, whose length only main knows: where it has changed, all else is asked for again. */
export function withNarrowPage(
  cache: RowCache,
  offset: number,
  rows: readonly Row[],
  total: number,
): RowCache {
  const kept = total === cache.length ? cache : { ...cache, length: total, chunks: new Map() };
  return withPage(kept, offset, rows);
}

/** How many rows a filter has, by the counters, which are always right. */
export function rowsOf(filter: RowFilter, counts: Counts): number {
  if (filter === 'all') return counts.done + counts.skipped + counts.failed + counts.cancelled;
  return counts[filter];
}

export function rowAt(cache: RowCache, position: number): Row | undefined {
  return cache.chunks.get(Math.floor(position / chunkSize))?.[position % chunkSize];
}

/** Adds a page of rows that main sent at its offset. */
export function withPage(cache: RowCache, offset: number, rows: readonly Row[]): RowCache {
  const chunks = new Map(cache.chunks);
  chunks.delete(offset / chunkSize);
  chunks.set(offset / chunkSize, rows);
  return { ...cache, chunks: bounded(chunks) };
}

/**
 * Adds changed rows: rows already here are replaced (last write wins), newly ended ones are appended. If the result
 * disagrees with the counters (a message was missed, or rows were left out), the end of the list is dropped, to be
 * asked for again.
 */
export function withChanges(cache: RowCache, rows: readonly Row[], counts: Counts): RowCache {
  // Where a row belongs in a narrowed list, only main knows.
  if (cache.narrowing !== undefined) return cache;
  const expected = rowsOf(cache.filter, counts);
  if (rows.length === 0 && cache.length === expected) return cache;
  const positions = positionsOf(cache);
  const chunks = new Map(cache.chunks);
  const copied = new Set<number>();
  let length = cache.length;
  for (const row of rows) {
    if (row.state === 'working') continue;
    if (cache.filter !== 'all' && row.state !== cache.filter) continue;
    const position = positions.get(row.index) ?? length;
    const number = Math.floor(position / chunkSize);
    const held = chunks.get(number) ?? [];
    // Without the chunk's earlier rows there would be a gap: drop it, and ask for it when it comes in sight.
    if (held.length < position % chunkSize) {
      chunks.delete(number);
      copied.delete(number);
    } else {
      const own = copied.has(number) ? (held as Row[]) : [...held];
      own[position % chunkSize] = row;
      copied.add(number);
      chunks.set(number, own);
    }
    if (position === length) {
      positions.set(row.index, position);
      length += 1;
    }
  }
  if (length !== expected) forgetFrom(chunks, Math.min(cache.length, expected));
  return { ...cache, length: expected, chunks: bounded(chunks) };
}

/** The numbers of the chunks that are missing between two positions. */
export function missingChunks(cache: RowCache, first: number, last: number): number[] {
  const missing: number[] = [];
  const end = Math.min(last, cache.length - 1);
  for (let number = Math.floor(first / chunkSize); number * chunkSize <= end; number += 1) {
    const held = cache.chunks.get(number)?.length ?? 0;
    if (held < Math.min(chunkSize, cache.length - number * chunkSize)) missing.push(number);
  }
  return missing;
}

function positionsOf(cache: RowCache): Map<number, number> {
  const positions = new Map<number, number>();
  for (const [number, rows] of cache.chunks) {
    for (const [at, row] of rows.entries()) positions.set(row.index, number * chunkSize + at);
  }
  return positions;
}

function forgetFrom(chunks: Map<number, readonly Row[]>, position: number): void {
  const first = Math.floor(position / chunkSize);
  for (const number of [...chunks.keys()]) if (number >= first) chunks.delete(number);
}

/** Drops the oldest chunks beyond the bound. A map keeps its entries in the order of insertion. */
function bounded(chunks: Map<number, readonly Row[]>): Map<number, readonly Row[]> {
  for (const number of chunks.keys()) {
    if (chunks.size <= mostChunks) break;
    chunks.delete(number);
  }
  return chunks;
}
