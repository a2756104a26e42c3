import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it, vi } from 'vitest';
import { tempFolder } from '../../../test/temp-folder.ts';
import { rowsPageSchema } from '../../shared/ipc/run.ts';
import type { ItemResult } from '../../shared/result.ts';
import type { ResultColumn } from '../../shared/result-columns.ts';
import { RunRecord } from './run-record.ts';
import { writeReport } from './write-report.ts';

// An entry of the table, and nothing else: what is derived from it must know the columns all by itself.
vi.mock(import('../../shared/result-columns.ts'), async (original) => {
  const table = await original();
  const imaginary = [
    {
      key: 'camera',
      kind: 'text',
      of: (result: ItemResult) => (result as { readonly camera?: string }).camera,
      report: 'all',
    },
    {
      key: 'altitude',
      kind: 'number',
      of: (result: ItemResult) => (result as { readonly altitude?: number }).altitude,
      report: 'done',
    },
  ];
  return { ...table, resultColumns: [...table.resultColumns, ...(imaginary as unknown as ResultColumn[])] };
});

function settledRun(): RunRecord {
  const record = new RunRecord(() => undefined);
  const told = [
    { camera: 'Zorki 4, ⅞', altitude: -1234.5 },
    { camera: 'Zorki 4, ⅞', altitude: 0 },
    {},
    { camera: '=1+1' },
  ];
  for (const [index, further] of told.entries()) {
    record.settle({ index, input: `/photos/${index}.jpg`, status: 'done', ms: 1.5, ...further }, 1);
  }
  return record;
}

it('is kept of each item, and sent in its row by the contract', () => {
  const record = settledRun();
  expect([...record.items('all')]).toMatchObject([
    { camera: 'Zorki 4, ⅞', altitude: -1234.5 },
    { camera: 'Zorki 4, ⅞', altitude: 0 },
    {},
    { camera: '=1+1' },
  ]);
  expect(record.item(2)).not.toHaveProperty('camera');
  const page = record.rows({ filter: 'all' }, 0, 10);
  expect(rowsPageSchema.parse(page)).toEqual(page);
  expect(page.rows[0]).toMatchObject({ name: '0.jpg', camera: 'Zorki 4, ⅞', altitude: -1234.5 });
});

it('stands in reports of both kinds, after the columns that are there', async () => {
  const record = settledRun();
  const folder = tempFolder();
  for (const format of ['csv', 'json'] as const) {
    const { counters, listColumns } = record;
    const source = { title: 'photos', elapsedMs: 9, counters, listColumns, items: record.items('all') };
    await writeReport(join(folder, `report.${format}`), format, source);
  }
  const text = readFileSync(join(folder, 'report.csv'), 'utf8');
  expect(text).toContain(',ms,tries,camera,altitude,sha256,');
  const rows = parse(text, { columns: true, bom: true });
  expect(rows).toMatchObject([
    { camera: 'Zorki 4, ⅞', altitude: '-1234.5' },
    { camera: 'Zorki 4, ⅞', altitude: '0' },
    { camera: '', altitude: '' },
    { camera: "'=1+1", altitude: '' },
  ]);
  const { results } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  expect(results).toMatchObject([{ camera: 'Zorki 4, ⅞' }, { altitude: 0 }, {}, { camera: '=1+1' }]);
});
