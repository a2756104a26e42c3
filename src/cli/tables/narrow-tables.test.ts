import { expect, test } from 'vitest';
import { tableOfRows } from './table-of-rows.ts';
import { timingTable } from './timing-table.ts';

const timing = (poolSize: number) => ({
  poolSize,
  seconds: 1_234.5,
  perSecond: 12_345,
  speedUp: 12.34,
  done: 10_000,
  failed: 1_234,
  sampled: false,
});

const widest = (table: string): number => Math.max(...table.split('\n').map((line) => line.length));

test('timings fit a terminal of 40 columns, each on one line', async () => {
  const timings = [1, 128, 512].map(timing);
  for (const columns of [40, 60, 77, 78, 120]) {
    const table = await timingTable(timings, timings[1], columns);
    expect(widest(table)).toBeLessThanOrEqual(columns);
    for (const size of [1, 128, 512])
      expect(table).toMatch(new RegExp(`^[│ ]*${size} .*12,345/s .*12\\.34×`, 'm'));
    expect(table).toContain('← knee');
  }
});

test('runs fit a terminal of 40 columns, each on one line', async () => {
  const rows = [{ id: '20261129-1750-abcd', title: 'thumbs /a/very/long/path/to/a/folder/of/photographs' }];
  const id = {
    heading: 'id',
    align: 'left',
    width: 18,
    from: 0,
    cell: (row: { id: string }) => row.id,
  } as const;
  const rest = { heading: 'title', from: 0, cell: (row: { title: string }) => row.title };
  const table = await tableOfRows(rows, { before: [id], rest, behind: [] }, 40);
  expect(widest(table)).toBeLessThanOrEqual(40);
  expect(table).toMatch(/^20261129-1750-abcd {2}thumbs .*…$/m);
});
