import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { self } from '../../files/parts/owner.ts';
import { headOf, journalLines, linesOf } from './read-journal.ts';
import { runOverview } from './run-overview.ts';

const id = '20261128-150203-7f3a';
const head = {
  type: 'run',
  version: 1,
  id,
  program: '0.1.0',
  startedAt: '2026-11-28T15:02:03.000Z',
  owner: { ...self, start: '1' },
  folder: '/tmp',
  front: 'terminal',
  title: 'thumbs photos',
  request: { kind: 'thumbnails', paths: ['photos'], recipe: {} },
};
const progress = (done: number) => ({
  type: 'progress',
  atMs: 1_000 * done,
  total: 4,
  done,
  skipped: 0,
  failed: 0,
  cancelled: 0,
  bytesIn: 0,
  bytesOut: 0,
});
const result = (input: string) => ({ type: 'result', input, status: 'done', ms: 1 });
const summary = { type: 'summary', total: 4, done: 4, skipped: 0, failed: 0, cancelled: 0, seconds: 4 };
const lines = [
  head,
  result('a.jpg'),
  progress(1),
  result('ü.jpg'),
  result('c.jpg'),
  progress(3),
  result('d.jpg'),
  progress(4),
  summary,
];
const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

test('a journal that is torn at any byte tells of the lines that are whole, and counts them', () => {
  const folder = tempFolder();
  const path = join(folder, `${id}.ndjson`);
  const headBytes = bytes.indexOf('\n') + 1;
  for (let length = bytes.length; length >= 0; length -= 1) {
    writeFileSync(path, bytes);
    truncateSync(path, length);
    const whole = bytes.subarray(0, length).toString().split('\n').length - 1;
    expect([...journalLines(path)]).toEqual(lines.slice(0, whole));
    const overview = runOverview(id, folder);
    if (length < headBytes) {
      expect(overview).toBeUndefined();
      continue;
    }
    const done = lines.slice(0, whole).filter(({ type }) => type === 'result').length;
    expect(overview).toMatchObject({
      state: whole === lines.length ? 'ended' : 'died',
      counts: { done, failed: 0 },
    });
  }
});

test('a journal of a newer version is read as far as it goes', () => {
  const folder = tempFolder();
  const path = join(folder, `${id}.ndjson`);
  const newer = [
    { ...head, version: 2, mood: 'good' },
    { type: 'weather', degrees: 20 },
    { ...result('a.jpg'), colour: 'red' },
    progress(1),
    { type: 'weather', degrees: 21 },
    { ...summary, weather: 'fine' },
  ];
  const others = ['not JSON', '5', 'null', '[]', '{"no":"type"}', ''];
  writeFileSync(path, `${[...newer.map((line) => JSON.stringify(line)), ...others].join('\n')}\n`);
  expect([...journalLines(path)]).toEqual(newer);
  expect(headOf(path)).toMatchObject({ version: 2, title: 'thumbs photos' });
  expect(runOverview(id, folder)).toMatchObject({ state: 'ended', counts: { done: 4 } });
});

test.each([
  ...Object.keys(head)
    .filter((key) => key !== 'type' && key !== 'version')
    .flatMap((key) => [{ [key]: undefined }, { [key]: 5 }]),
  { version: '1' },
  { id: '../20261128-150203-7f3a' },
  { startedAt: 'this morning' },
  { owner: { ...self, pid: '1' } },
  { withheld: 'headers' },
  { retryOf: { id, only: 'HTTP_404' } },
])('a first line that is no head makes no journal: %j', (wrong) => {
  const folder = tempFolder();
  writeFileSync(join(folder, `${id}.ndjson`), `${JSON.stringify({ ...head, ...wrong })}\n`);
  expect(runOverview(id, folder)).toBeUndefined();
});

test('lines are the same however the file is cut into pieces', () => {
  const texts = fc.array(
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', '')),
    { maxLength: 8 },
  );
  const cuts = fc.array(fc.nat(90), { maxLength: 8 });
  fc.assert(
    fc.property(texts, cuts, fc.string(), (wanted, at, torn) => {
      const whole = Buffer.from(wanted.map((text) => `${text}\n`).join('') + torn.replaceAll('\n', ''));
      const ends = [...new Set(at.filter((cut) => cut < whole.length))].sort((a, b) => a - b);
      const pieces = [...ends, whole.length].map((end, index) => whole.subarray(ends[index - 1] ?? 0, end));
      const read = [...linesOf(pieces)].map((line) => line.toString());
      expect(read).toEqual(wanted.map((text) => Buffer.from(text).toString()));
    }),
  );
});
