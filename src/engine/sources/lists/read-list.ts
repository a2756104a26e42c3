import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { type ListEntry, type ListLine, toEntry } from './list-entry.ts';
import { type ListFormat, openList } from './list-stream.ts';
import { linesOf } from './text-lines.ts';
import { countRange, expandRange } from './url-range.ts';

type Fields = ListLine['fields'];

/** Columns with a meaning of their own; all others are kept for the report. */
const known = new Set(['url', 'name', 'sha256', 'md5']);
const noFields: Fields = {};

/**
 * The URLs of a list, as a stream: text, CSV, TSV, JSON lines, each also gzipped.
 * @param name for messages, and for the format where it has an extension.
 */
export async function* readList(source: Readable, name: string): AsyncGenerator<ListEntry, void> {
  const { format, stream } = await openList(source, name);
  for await (const line of readers[format](stream, name)) yield* entriesOf(line);
}

/** The entries of one line: one, unless it has ranges. */
export function* entriesOf(line: ListLine): Generator<ListEntry, void> {
  if (!line.text.includes('[') || countRange(line.text) === 1) {
    yield toEntry(line);
    return;
  }
  try {
    for (const text of expandRange(line.text)) yield toEntry({ ...line, text });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `${line.where}: ${error.message}.`;
    yield { kind: 'rejected', input: line.text, error: { code: 'BAD_LIST_LINE', message } };
  }
}

const readers: Readonly<
  Record<ListFormat, (stream: Readable, name: string) => AsyncGenerator<ListLine, void>>
> = {
  text: readText,
  csv: (stream, name) => readTable(stream, name, ','),
  tsv: (stream, name) => readTable(stream, name, '\t'),
  'json-lines': readJsonLines,
};

async function* readText(stream: Readable, name: string): AsyncGenerator<ListLine, void> {
  for await (const { first, lines } of linesOf(stream)) {
    for (const [offset, line] of lines.entries()) {
      const text = line.trim();
      if (text === '' || text.startsWith('#')) continue;
      yield { text, fields: noFields, where: `${name} line ${first + offset}` };
    }
  }
}

async function* readTable(stream: Readable, name: string, delimiter: string): AsyncGenerator<ListLine, void> {
  const skipped: ListLine[] = [];
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    comment: '#',
    comment_no_infix: true,
    max_record_size: 1024 * 1024,
    trim: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      skipped.push({
        text: '',
        fields: noFields,
        where: `${name}: ${error?.message ?? 'a line that is no CSV'}`,
      });
    },
  });
  stream.on('error', (error) => parser.destroy(error));
  stream.pipe(parser);
  let header: string[] | undefined;
  let urlColumn = 0;
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[];
    info: { lines: number };
  }>) {
    yield* skipped.splice(0);
    if (!header) {
      const names = record.map((cell) => cell.toLowerCase());
      header = names.includes('url') ? names : [];
      urlColumn = Math.max(0, header.indexOf('url'));
      if (header.length > 0) continue;
    }
    const text = record[urlColumn] ?? '';
    if (text === '' && record.every((cell) => cell === '')) continue;
    const cells = header.map((column, index): [string, string] => [column, record[index] ?? '']);
    yield { text, fields: fieldsOf(cells), where: `${name} line ${info.lines}` };
  }
  yield* skipped;
}

async function* readJsonLines(stream: Readable, name: string): AsyncGenerator<ListLine, void> {
  for await (const { first, lines } of linesOf(stream)) {
    for (const [offset, line] of lines.entries()) {
      if (line.trim() === '') continue;
      yield jsonLine(line, `${name} line ${first + offset}`);
    }
  }
}

function jsonLine(line: string, where: string): ListLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Not JSON: rejected as what it is, with its line number.
    return { text: line.trim(), fields: noFields, where };
  }
  if (typeof value === 'string') return { text: value, fields: noFields, where };
  const cells = Object.entries(value ?? {}).map(([key, cell]): [string, string] => [
    key,
    typeof cell === 'string' ? cell : JSON.stringify(cell),
  ]);
  const text = cells.find(([key]) => key.toLowerCase() === 'url')?.[1] ?? '';
  return { text, fields: fieldsOf(cells), where };
}

/** What a row says of its URL; empty cells say nothing. */
export function fieldsOf(cells: readonly (readonly [column: string, value: string])[]): Fields {
  const columns: Record<string, string> = {};
  const own: Record<string, string> = {};
  for (const [column, value] of cells) {
    const key = column.toLowerCase();
    if (value === '' || key === 'url') continue;
    if (known.has(key)) own[key] = key === 'name' ? value : value.toLowerCase();
    else columns[column] = value;
  }
  return { ...own, ...(Object.keys(columns).length > 0 && { columns }) };
}
