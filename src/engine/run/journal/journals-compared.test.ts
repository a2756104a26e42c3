import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { self } from '../../files/parts/owner.ts';
import { compareRuns } from './compare-runs.ts';
import { journalPath } from './journal-folder.ts';
import { mapItemsAgain } from './map-again.ts';
import { type RunOverview, runOverview } from './run-overview.ts';
import { unfinishedItems } from './unfinished-items.ts';

let second = 0;

/** A journal of a run that died, with these lines behind its head. */
function journal(folder: string, lines: readonly object[], head: object = {}): RunOverview {
  const id = `20261128-1502${String(second).padStart(2, '0')}-0000`;
  second += 1;
  const first = {
    type: 'run',
    version: 1,
    id,
    startedAt: '2026-11-28T15:02:03Z',
    owner: { ...self, start: '1' },
    program: '0.1.0',
    front: 'library',
    title: 'a test',
  };
  const all = [{ ...first, folder, request: {}, ...head }, ...lines];
  writeFileSync(journalPath(id, folder), all.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return runOverview(id, folder) as RunOverview;
}

const result = (input: string, status: string, further: object = {}) => ({
  type: 'result',
  input,
  status,
  ms: 1,
  ...further,
});
const failed = (input: string, code = 'HTTP_404') =>
  result(input, 'failed', { error: { code, message: '' } });
const summary = { type: 'summary', total: 3, done: 0, skipped: 0, failed: 3, cancelled: 0, seconds: 1 };

test('runs larger than what is held at once are compared in shares, and tell the same', () => {
  const folder = tempFolder();
  const items = Array.from({ length: 50 }, (_, at) => `item ${at}`);
  const a = journal(
    folder,
    items.map((input, at) => result(input, 'done', { bytesOut: at })),
  );
  const b = journal(
    folder,
    items.slice(1).map((input, at) => result(input, 'done', { bytesOut: at % 7 })),
  );
  const whole = [...compareRuns(a, b, { folder })];
  const shares = [...compareRuns(a, b, { folder, held: 6 })];
  const byInput = (differences: typeof whole) => new Map(differences.map((each) => [each.input, each]));
  expect(whole).toHaveLength(50);
  expect(shares.length).toBe(whole.length);
  expect(byInput(shares)).toEqual(byInput(whole));
  expect([...compareRuns(a, a, { folder, held: 6 })]).toEqual([]);
});

test('an item that occurs several times is compared with itself in order', () => {
  const folder = tempFolder();
  const [a, b, c] = [
    [result('a', 'done'), failed('a'), result('b', 'done')],
    [result('b', 'done'), result('a', 'done'), failed('a')],
    [result('a', 'done'), result('b', 'done'), result('b', 'done')],
  ].map((lines) => journal(folder, lines)) as [RunOverview, RunOverview, RunOverview];
  const standing = (status: string) => expect.objectContaining({ status });
  expect([...compareRuns(a, b, { folder })]).toEqual([]);
  expect([...compareRuns(a, c, { folder })]).toEqual([
    { input: 'b', b: standing('done') },
    { input: 'a', a: standing('failed') },
  ]);
});

test('of a run that ended what failed is left, and of one that died all but what is over', () => {
  const folder = tempFolder();
  const lines = [result('a', 'done'), failed('b'), result('c', 'skipped'), failed('d', 'DNS_FAILED')];
  const chosen = (run: RunOverview, only?: string[]) =>
    ['a', 'b', 'c', 'd', 'e'].filter((item) => unfinishedItems(run, only, folder).has(item)).join('');
  const over = journal(folder, [...lines, summary]);
  const died = journal(folder, lines);
  expect([chosen(over), chosen(over, ['DNS_FAILED']), chosen(died), chosen(died, ['HTTP_404'])]).toEqual([
    'bd',
    'd',
    'bde',
    'b',
  ]);
  expect(unfinishedItems(over, undefined, folder).size).toBe(2);
  expect(unfinishedItems(died, undefined, folder).size).toBe(Number.POSITIVE_INFINITY);
  // A retry that died in its turn does not take up what it was not to do.
  const retry = journal(folder, [result('d', 'done')], { retryOf: { id: over.head.id } });
  expect(chosen(retry)).toBe('b');
  const orphan = journal(folder, [], { retryOf: { id: '20200101-000000-0000' } });
  expect(() => unfinishedItems(orphan, undefined, folder)).toThrow('is gone');
});

test('the items of a function that are left are found by their places', () => {
  const folder = tempFolder();
  const lines = [result('a', 'done'), failed('b', 'TASK_FAILED'), result('xx', 'cancelled', { cut: true })];
  const request = { kind: 'map', module: 'm.mjs', items: ['a', 'b', 'xxx', 'b', 'e'] } as const;
  const run = journal(folder, lines);
  const left = (items: readonly string[] | null, only?: string[]) => [
    ...mapItemsAgain(run, { ...request, items }, only, folder),
  ];
  expect(left(request.items)).toEqual(['b', 'xxx', 'b', 'e']);
  expect(left(request.items, ['TASK_FAILED'])).toEqual(['b']);
  expect(left(null)).toEqual(['b', null]);
});
