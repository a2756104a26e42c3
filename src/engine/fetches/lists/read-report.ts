import type { Readable } from 'node:stream';
import { UsageError } from '../../../shared/failure.ts';
import { fromText } from '../../../shared/spreadsheet-cell.ts';
import { queryIsHidden } from '../../../shared/without-secrets.ts';
import { type Chunks, openText } from './list-bytes.ts';
import { inBatches, type ListEntry, looksLikeUrl, toEntry } from './list-entry.ts';
import { ListError } from './list-error.ts';
import { fieldsOf } from './list-fields.ts';
import { delimiterOf } from './list-stream.ts';
import { unreadable } from './read-list.ts';
import { rowsOf } from './table-rows.ts';
import { linesOf } from './text-lines.ts';

/** Statuses that are fetched again. */
const unfinished = new Set<unknown>(['failed', 'cancelled']);

/** The prefix that the window's CSV puts before the names of the list's own columns. */
const listPrefix = 'list.';

/** One item of a former run, as read from its report. */
interface ReportedItem {
  readonly input: string;
  readonly status: string;
  /** The cells that its list had for it, including further columns. */
  readonly cells: readonly (readonly [column: string, value: string])[];
  readonly where: string;
}

/** A run without items has an empty report: that is no error. */
const emptyRun = 'empty run';
type Told = ReportedItem | typeof emptyRun;

/**
 * The items of a former fetch that failed or were cancelled, read from results that a front end has written.
 * @throws UsageError, at the end, if this is not such a report.
 */
export async function* readReport(stream: Readable, name: string): AsyncGenerator<ListEntry[], void> {
  let last: string | undefined;
  let isReport = false;
  try {
    for await (const told of toldBy(stream, name)) {
      isReport ||= told.some(isOfFetch);
      const items = told.filter((each) => each !== emptyRun);
      yield* inBatches(items.filter(({ status }) => unfinished.has(status)).map(entryOf));
      last = items.at(-1)?.where ?? last;
    }
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    yield [unreadable(error, name, last)];
    return;
  }
  if (!isReport) throw noReport(name);
}

/**
 * Reads as far as the first item that was fetched.
 * @throws UsageError if there is none.
 */
export async function checkReport(stream: Readable, name: string): Promise<void> {
  try {
    for await (const told of toldBy(stream, name)) if (told.some(isOfFetch)) return;
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    throw new UsageError(unreadable(error, name, undefined).error.message, { cause: error });
  }
  throw noReport(name);
}

function noReport(name: string): UsageError {
  return new UsageError(`Expected a report of a former fetch, got ${name}, which tells of no URL.`, {
    setting: 'report',
  });
}

function isOfFetch(told: Told): boolean {
  return told === emptyRun || looksLikeUrl(told.input);
}

function entryOf({ input, cells, where }: ReportedItem): ListEntry {
  if (queryIsHidden(input)) {
    const why =
      'the values of its query were left out of the report (***), so that nobody can ask for it again';
    const message = `${where}: ${why}: fetch the list that it comes from.`;
    return { kind: 'rejected', input, error: { code: 'BAD_LIST_LINE', message } };
  }
  return toEntry({ text: input, fields: fieldsOf(cells), where });
}

async function* toldBy(stream: Readable, name: string): AsyncGenerator<Told[], void> {
  const { head, chunks } = await openText(stream);
  yield* /^\ufeff?\s*[{[]/.test(head) ? toldByJson(chunks, name) : toldByTable(chunks, name, head);
}

/** Reads the command line's NDJSON, and the window's JSON document, which also has one item on each line. */
async function* toldByJson(chunks: Chunks, name: string): AsyncGenerator<Told[], void> {
  for await (const { first, lines } of linesOf(chunks)) {
    yield lines.flatMap((line, offset): Told[] => {
      const { type = 'result', status, input, listed, columns, total } = parsed(line);
      if (type === 'summary' && total === 0) return [emptyRun];
      if (type !== 'result' || typeof status !== 'string' || typeof input !== 'string') return [];
      const said = Object.entries({ ...(columns as object), ...(listed as object) });
      const cells = said.map(([column, value]): [string, string] => [column, String(value)]);
      return [{ input, status, cells, where: `${name} line ${first + offset}` }];
    });
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line.trim().replace(/,$/, ''));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Reads the window's CSV, even after a spreadsheet has saved it again. */
async function* toldByTable(chunks: Chunks, name: string, head: string): AsyncGenerator<Told[], void> {
  let header: readonly string[] | undefined;
  for await (const rows of rowsOf(chunks, delimiterOf(head, 'input') ?? ',')) {
    const told: Told[] = [];
    for (const { record, info } of rows) {
      if (!header) {
        header = record.map(fromText);
        continue;
      }
      const cells = header.map((column, index): [string, string] => [column, fromText(record[index] ?? '')]);
      const { input, status } = Object.fromEntries(cells);
      if (!input || !status) continue;
      const listed = cells.filter(([column]) => column.startsWith(listPrefix));
      told.push({
        input,
        status,
        cells: listed.map(([column, value]) => [column.slice(listPrefix.length), value]),
        where: `${name} line ${info.lines}`,
      });
    }
    yield told;
  }
}
