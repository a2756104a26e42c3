import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PartFile } from '../../engine/files/parts/part-file.ts';
import type { Counters } from '../../shared/ipc/run.ts';
import { type ColumnValues, resultColumns } from '../../shared/result-columns.ts';
import { asText } from '../../shared/spreadsheet-cell.ts';
import type { StoredDetails, StoredItem } from './row-store.ts';

export type ReportFormat = 'csv' | 'json';

export interface ReportSource {
  readonly title: string;
  readonly elapsedMs: number;
  readonly counters: Counters;
  /** The columns of the list that the items came from. CSV needs them first: its header is written before all items. */
  readonly listColumns: readonly string[];
  readonly items: Iterable<ReportedItem>;
  /** Whether the items have values, as those of a function of the person's own: no others get a column of them. */
  readonly hasValues?: boolean;
}

type ReportedItem = StoredItem & StoredDetails;

/** How many items are written at once; in between, main can answer other calls. */
const atOnce = 1_000;

/** Writes a run's report to a temporary file and renames it, so that no half-written report is ever left. */
export async function writeReport(path: string, format: ReportFormat, source: ReportSource): Promise<void> {
  const part = PartFile.create(dirname(path));
  part.keepFresh();
  try {
    for (const text of format === 'csv' ? csv(source) : json(source)) {
      part.append(Buffer.from(text));
      await nextTurn();
    }
    part.replace(path);
  } catch (error) {
    part.discard();
    throw error;
  }
}

const columns = [
  'input',
  'status',
  'output',
  'thumbnail',
  ...resultColumns.map(({ key }) => key),
  'sha256',
  'reason',
  'errorCode',
  'errorMessage',
] as const;

/**
 * CSV by RFC 4180, with a byte order mark, without which spreadsheets do not read UTF-8. The list's columns come last
 * and are named `list.name` and so on, so that none can be mistaken for ours. Text that a spreadsheet would compute as
 * a formula is marked as text.
 */
function* csv({ items, listColumns, hasValues = false }: ReportSource): Generator<string> {
  const ownColumns = columns.filter((column) => column !== 'value' || hasValues);
  const header = [...ownColumns, ...listColumns.map((column) => `list.${column}`)];
  yield `\uFEFF${header.map(cell).join(',')}\r\n`;
  yield* inChunks(items, (item) => {
    const { error, thumbnail, listed, columns: further, ...row } = reported(item);
    const own = {
      ...row,
      thumbnail: thumbnail?.output,
      errorCode: error?.code,
      errorMessage: error?.message,
    };
    const said: Readonly<Record<string, string>> = { ...further, ...listed };
    const cells = [...ownColumns.map((column) => own[column]), ...listColumns.map((column) => said[column])];
    return `${cells.map(cell).join(',')}\r\n`;
  });
}

function cell(value: string | number | undefined): string {
  const text = typeof value === 'string' ? asText(value) : String(value ?? '');
  // Quoted too if another program would split the text, or drop a space at its edge.
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The command line's summary and results, as one document. */
function* json({ title, elapsedMs, counters, items }: ReportSource): Generator<string> {
  const { totalKnown: _known, inFlight: _inFlight, ...totals } = counters;
  const summary = { ...totals, seconds: Math.round(elapsedMs) / 1000 };
  yield `{"title":${JSON.stringify(title)},"summary":${JSON.stringify(summary)},"results":[`;
  let first = true;
  yield* inChunks(items, (item) => {
    const separator = first ? '\n' : ',\n';
    first = false;
    return separator + JSON.stringify(reported(item));
  });
  yield '\n]}\n';
}

/** An item as the command line reports it. */
function reported(item: ReportedItem) {
  const { input, state, output, thumbnail, sha256, reason, listed, columns: further, error } = item;
  return {
    input,
    status: state,
    output,
    thumbnail: thumbnail === undefined ? undefined : { output: thumbnail },
    ...valuesOf(item),
    sha256,
    reason,
    listed,
    columns: further,
    error,
  };
}

function valuesOf(item: ReportedItem): ColumnValues {
  const values: Record<string, string | number> = {};
  for (const { key, kind, report } of resultColumns) {
    const value = item[key];
    if (value === undefined || (report === 'done' && item.state !== 'done')) continue;
    const isTime = typeof value === 'number' && kind === 'milliseconds';
    values[key] = isTime ? Math.round(value * 1000) / 1000 : value;
  }
  return values;
}

function* inChunks(items: Iterable<ReportedItem>, write: (item: ReportedItem) => string): Generator<string> {
  let chunk = '';
  let count = 0;
  for (const item of items) {
    chunk += write(item);
    count += 1;
    if (count % atOnce > 0) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
