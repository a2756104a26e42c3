import type { Readable } from 'node:stream';
import type { Chunks } from './list-bytes.ts';
import {
  inBatches,
  type ListEntry,
  type ListLine,
  type RejectedLine,
  toEntry,
  withoutCredentials,
} from './list-entry.ts';
import { ListError } from './list-error.ts';
import { type ListFormat, openList } from './list-stream.ts';
import { type Row, rowsOf } from './table-rows.ts';
import { linesOf } from './text-lines.ts';
import { countRange, expandRange } from './url-range.ts';

type Fields = ListLine['fields'];

/** Columns with a meaning of their own; all others are kept for the report. */
const known = new Set(['url', 'name', 'sha256', 'md5']);
const noFields: Fields = {};

/**
 * The URLs of a list, as a stream: text, CSV, TSV, JSON lines, each also gzipped. What cannot be read to its end is
 * told by an entry, after those that could be read.
 * @param name for messages, and for the format where it has an extension.
 */
export async function* readList(source: Readable, name: string): AsyncGenerator<ListEntry[], void> {
  let last: string | undefined;
  try {
    const { format, chunks } = await openList(source, name);
    for await (const lines of readers[format](chunks, name)) {
      yield* inBatches(
        entriesOfAll(lines, (line) => {
          last = line.where;
        }),
      );
    }
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    yield [unreadable(error, name, last)];
  }
}

/** @param last the last line that could be read. */
export function unreadable(error: ListError, name: string, last: string | undefined): RejectedLine {
  const where = last === undefined ? `${name} cannot be read` : `${last} is the last that can be read`;
  return {
    kind: 'rejected',
    input: name,
    error: { code: 'BAD_LIST_LINE', message: `${where}: ${error.message}.` },
  };
}

function* entriesOfAll(
  lines: Iterable<ListLine>,
  onLine: (line: ListLine) => void,
): Generator<ListEntry, void> {
  for (const line of lines) {
    onLine(line);
    if (line.text.includes('[')) yield* entriesOf(line);
    else yield toEntry(line);
  }
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
    yield {
      kind: 'rejected',
      input: withoutCredentials(line.text),
      error: { code: 'BAD_LIST_LINE', message },
    };
  }
}

const readers: Readonly<
  Record<ListFormat, (chunks: Chunks, name: string) => AsyncGenerator<Iterable<ListLine>, void>>
> = {
  text: readText,
  csv: (chunks, name) => readTable(chunks, name, ','),
  tsv: (chunks, name) => readTable(chunks, name, '\t'),
  'json-lines': readJsonLines,
};

async function* readText(chunks: Chunks, name: string): AsyncGenerator<Iterable<ListLine>, void> {
  for await (const { first, lines } of linesOf(chunks)) yield textLines(first, lines, name);
}

function* textLines(first: number, lines: readonly string[], name: string): Generator<ListLine, void> {
  let number = first;
  for (const line of lines) {
    const text = line.trim();
    if (text !== '' && !text.startsWith('#'))
      yield { text, fields: noFields, where: `${name} line ${number}` };
    number += 1;
  }
}

async function* readTable(
  chunks: Chunks,
  name: string,
  delimiter: string,
): AsyncGenerator<Iterable<ListLine>, void> {
  const skipped: ListLine[] = [];
  const table = new Table(name);
  const rows = rowsOf(chunks, delimiter, (error) => {
    skipped.push({
      text: '',
      fields: noFields,
      where: `${name}: ${error?.message ?? 'a line that is no CSV'}`,
    });
  });
  for await (const some of rows) {
    const lines = some.flatMap((row) => table.lineOf(row) ?? []);
    yield [...skipped.splice(0), ...lines];
  }
}

/** What the rows of a table mean, by its header where it has one. */
class Table {
  readonly #name: string;
  #header: string[] | undefined;
  #urlColumn = 0;

  constructor(name: string) {
    this.#name = name;
  }

  lineOf({ record, info }: Row): ListLine | undefined {
    if (!this.#header) {
      const names = record.map((cell) => cell.toLowerCase());
      this.#header = names.includes('url') ? names : [];
      this.#urlColumn = Math.max(0, this.#header.indexOf('url'));
      if (this.#header.length > 0) return undefined;
    }
    const text = record[this.#urlColumn] ?? '';
    if (text === '' && record.every((cell) => cell === '')) return undefined;
    const cells = this.#header.map((column, index): [string, string] => [column, record[index] ?? '']);
    return { text, fields: fieldsOf(cells), where: `${this.#name} line ${info.lines}` };
  }
}

async function* readJsonLines(chunks: Chunks, name: string): AsyncGenerator<Iterable<ListLine>, void> {
  for await (const { first, lines } of linesOf(chunks)) yield jsonLines(first, lines, name);
}

function* jsonLines(first: number, lines: readonly string[], name: string): Generator<ListLine, void> {
  let number = first;
  for (const line of lines) {
    if (line.trim() !== '') yield jsonLine(line, `${name} line ${number}`);
    number += 1;
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
