import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import type { ItemResult } from '../../shared/result.ts';
import { NumberColumn } from './number-column.ts';
import { PathColumn } from './path-column.ts';
import { rowOf } from './row-of-item.ts';
import { RowStore } from './row-store.ts';
import { StringColumn } from './string-column.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function done(index: number, input = `/photos/${index}.jpg`): ItemResult {
  return {
    index,
    input,
    status: 'done',
    ms: 1.25,
    output: `/photos/thumbs/${index}.jpg`,
    bytesIn: 5e9,
    bytesOut: 900,
  };
}

it('splits only paths and URLs of items that may be anything', () => {
  const rows = new RowStore('map');
  const given = ['12/05/2024', 'and/or', '/logs/deep/a.log', 'https://a.test/b/c.jpg'];
  for (const [index, input] of given.entries()) rows.start(index, input);
  const shown = given.map((_, index) => [rows.name(index), rows.place(index), rows.item(index)?.input]);
  expect(shown).toEqual([
    ['12/05/2024', '', '12/05/2024'],
    ['and/or', '', 'and/or'],
    ['a.log', 'logs/deep', '/logs/deep/a.log'],
    ['c.jpg', 'a.test', 'https://a.test/b/c.jpg'],
  ]);
});

it('gives back texts as they were: empty, with any characters, longer than what is set aside for many', () => {
  const texts = new StringColumn();
  const given = ['', 'a', 'Zürich 🏔.jpg', 'x'.repeat(3_000_000), 'after', 'é'.repeat(700_000), 'last'];
  const filler = Array.from({ length: 5_000 }, (_, index) => `filler ${index} ${'y'.repeat(index % 500)}`);
  const numbers = [...given, ...filler].map((text) => texts.add(text));
  expect(numbers.map((number) => texts.at(number))).toEqual([...given, ...filler]);
});

it.each(['exact', 'seven digits'] as const)(
  'gives back numbers as they were (%s), and none where none was set',
  (precision) => {
    const numbers = new NumberColumn(precision);
    const given = [0, 254, 255, 0.5, 65_534, 65_535, -1, 2 ** 24, 1e-3, 7];
    if (precision === 'exact') given.push(2 ** 32 - 2, 2 ** 32 - 1, 5e12, 0.1 + 0.2);
    // Each for itself, and then all of them among neighbours, the last first.
    const places = given.map((_, at) => at * 10_000);
    for (const [at, value] of given.entries()) numbers.set(places[at] as number, value);
    for (const [at, value] of [...given.entries()].reverse()) numbers.set(1_000 + at * 2, value);
    const expected = given.map((value) => (precision === 'exact' ? value : Math.fround(value)));
    expect(places.map((place) => numbers.at(place))).toEqual(expected);
    expect(given.map((_, at) => numbers.at(1_000 + at * 2))).toEqual(expected);
    expect(given.map((_, at) => numbers.at(1_001 + at * 2)).filter((value) => value !== undefined)).toEqual(
      [],
    );
    expect([numbers.at(10_001), numbers.at(900_000)]).toEqual([undefined, undefined]);
  },
);

it('gives back paths and URLs, and their last part as a name', () => {
  const paths = new PathColumn();
  const given = [
    '/photos/a.jpg',
    'C:\\photos\\b.jpg',
    'https://example.com/c.png?x=1',
    'd',
    'https://example.com/',
  ];
  const numbers = given.map((path) => paths.add(path));
  expect(numbers.map((number) => paths.path(number))).toEqual(given);
  expect(numbers.map((number) => paths.name(number))).toEqual([
    'a.jpg',
    'b.jpg',
    'c.png?x=1',
    'd',
    'https://example.com/',
  ]);
});

it('knows an item from its start, and all that its result said', () => {
  const rows = new RowStore();
  rows.start(7, '/photos/7.jpg');
  expect(rows.item(7)).toMatchObject({ state: 'working', input: '/photos/7.jpg' });
  expect(rows.item(6)).toBeUndefined();
  rows.settle({ ...done(7), width: 75, height: 50, colour: '#0c7489' });
  expect(rows.colour(7)).toBe(0x0c7489);
  expect(rows.colour(6)).toBeUndefined();
  const item = rows.item(7);
  expect(item).toEqual({
    index: 7,
    input: '/photos/7.jpg',
    output: '/photos/thumbs/7.jpg',
    state: 'done',
    ms: 1.25,
    bytesIn: 5e9,
    bytesOut: 900,
    width: 75,
    height: 50,
  });
  expect(item && rowOf(item, { name: rows.name(7) })).toMatchObject({
    index: 7,
    name: '7.jpg',
    state: 'done',
    width: 75,
  });
});

it('keeps why an item failed or was skipped', () => {
  const rows = new RowStore();
  const error = { code: 'HTTP_404', message: 'https://example.com/a is not there.', tries: 3 } as const;
  rows.settle({ index: 0, input: 'https://example.com/a', status: 'failed', ms: 2, error });
  rows.settle({
    index: 1,
    input: '/b.jpg',
    status: 'skipped',
    ms: 0,
    output: '/thumbs/b.jpg',
    reason: 'unchanged',
  });
  expect(rows.item(0)?.error).toEqual(error);
  expect(rows.item(1)).toMatchObject({ reason: 'unchanged', output: '/thumbs/b.jpg' });
});

it('keeps a fetched file and its thumbnail apart', () => {
  const rows = new RowStore();
  const thumbnail = { output: '/downloads/thumbs/a.jpg', width: 75, height: 50, bytesOut: 900 };
  rows.settle({ ...done(0), output: '/downloads/a.jpg', bytesOut: 40_000, thumbnail });
  expect(rows.item(0)).toMatchObject({
    output: '/downloads/a.jpg',
    bytesOut: 40_000,
    thumbnail: '/downloads/thumbs/a.jpg',
  });
});

it('keeps what a report tells of fetched items: digests, tries, and what their list said', () => {
  const rows = new RowStore();
  const said = { sha256: 'ab'.repeat(32), listed: { name: 'b.jpg' }, columns: { id: '7' } };
  rows.settle(done(0));
  rows.settle({ ...done(5_000), ...said, tries: 2 });
  rows.settle({ ...done(2), columns: { title: 'é' } });
  expect(rows.details(5_000)).toEqual(said);
  expect(rows.item(5_000)).toMatchObject({ tries: 2 });
  expect([rows.details(0), rows.details(2), rows.details(9_999)]).toEqual([
    {},
    { columns: { title: 'é' } },
    {},
  ]);
  expect(rows.listColumns).toEqual(['name', 'id', 'title']);
});

it('pages through each list in the order in which its items ended', () => {
  const rows = new RowStore();
  for (const index of [3, 1, 2]) rows.settle(done(index));
  rows.settle({
    index: 0,
    input: '/bad.jpg',
    status: 'failed',
    ms: 1,
    error: { code: 'EMPTY_FILE', message: 'x' },
  });
  expect(rows.indexes('all', 0, 10)).toEqual([3, 1, 2, 0]);
  expect(rows.indexes('all', 1, 2)).toEqual([1, 2]);
  expect(rows.indexes('failed', 0, 10)).toEqual([0]);
  expect(rows.indexes('done', 99, 10)).toEqual([]);
  expect([rows.count('all'), rows.count('done'), rows.count('skipped')]).toEqual([4, 3, 0]);
});

it('holds 200,000 items in less than 110 bytes each, with their names', async () => {
  const rows = new RowStore();
  const count = 200_000;
  collectGarbage();
  const before = process.memoryUsage();
  for (let index = 0; index < count; index += 1) rows.settle(done(index));
  // The columns are array buffers; rows hardly use the heap. Outgrown buffers are counted until they are collected,
  // which V8 finishes in a thread of its own.
  await vi.waitFor(
    () => {
      collectGarbage();
      expect((process.memoryUsage().arrayBuffers - before.arrayBuffers) / count).toBeLessThan(110);
    },
    { timeout: 10_000 },
  );
  expect(rows.item(count - 1)?.input).toBe(`/photos/${count - 1}.jpg`);
});

it('tells of a row the name of what was made, its host or folders, and how its time is divided', () => {
  const store = new RowStore();
  const url = 'https://user@Images.example.com:8080/deep/pic.jpg?n=10';
  const saved = '/downloads/pic-0d31.jpg';
  store.settle({ index: 0, input: url, output: saved, status: 'done', ms: 4, stages: { body: 3, write: 1 } });
  store.settle({ index: 1, input: '/home/me/2024/photos/a.tif', status: 'cancelled', ms: 0 });
  expect([store.shownName(0), store.place(0)]).toEqual(['pic-0d31.jpg', 'images.example.com:8080']);
  expect(store.stages(0)).toEqual({ body: 191, write: 64 });
  // Never a whole path.
  expect([store.shownName(1), store.place(1), store.stages(1)]).toEqual(['a.tif', '2024/photos', undefined]);
  // The name that it had is found as well.
  expect([...store.list({ filter: 'all', search: 'n=10' })]).toEqual([0]);
  expect([...store.list({ filter: 'all', order: 'state' })]).toEqual([1, 0]);
  expect([...store.list({ filter: 'all', order: 'place' })]).toEqual([1, 0]);
});

it('tells the page why an item failed without its path', () => {
  const rows = new RowStore();
  const input = '/home/me/photos/a.jpg';
  const error = { code: 'NOT_AN_IMAGE', message: `${input} is not an image.` } as const;
  rows.settle({ index: 0, input, status: 'failed', ms: 2, error });
  const item = rows.item(0);
  expect(item && rowOf(item, { name: rows.name(0) }).error?.message).toBe('a.jpg is not an image.');
});
