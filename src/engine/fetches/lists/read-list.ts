import type { Readable } from 'node:stream';
import { withoutCredentials } from '../../../shared/without-secrets.ts';
import type { Chunks } from './list-bytes.ts';
import { inBatches, type ListEntry, type ListLine, type RejectedLine, toEntry } from './list-entry.ts';
import { ListError } from './list-error.ts';
import { fieldsOf, noFields } from './list-fields.ts';
import { type OpenList, openList } from './list-stream.ts';
import { readTable } from './read-table.ts';
import { shortcutUrl } from './shortcut.ts';
import { linesOf } from './text-lines.ts';
import { countRange, expandRange } from './url-range.ts';
import { embeddedUrls, urlsInText } from './urls-in-text.ts';

/** In characters. */
const longestShortcut = 64 * 1024;

export interface ReadOptions {
  /** Whether brackets and braces in URLs mean themselves. Default: they are ranges. */
  readonly literal?: boolean;
}

/**
 * Streams the URLs of a list: text, CSV, TSV, JSON lines or a JSON array, a shortcut, Markdown or HTML, each also gzipped.
 * If the list cannot be read to its end, an entry says so, after those that could be read.
 * @param name for messages, and for the format if it has an extension.
 */
export function readList(
  source: Readable,
  name: string,
  options: ReadOptions = {},
): AsyncGenerator<ListEntry[], void> {
  return readLines(linesOfList(source, name), name, options);
}

/** The entries of lines, and at the end one that says so if they could not all be read. */
export async function* readLines(
  batches: AsyncIterable<Iterable<ListLine>>,
  name: string,
  { literal = false }: ReadOptions = {},
): AsyncGenerator<ListEntry[], void> {
  let last: string | undefined;
  try {
    for await (const lines of batches) {
      yield* inBatches(
        entriesOfAll(lines, literal, (line) => {
          last = line.where;
        }),
      );
    }
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    yield [unreadable(error, name, last)];
  }
}

/** The entry for a list that cannot be read any further. @param last the last line that could be read. */
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
  literal: boolean,
  onLine: (line: ListLine) => void,
): Generator<ListEntry, void> {
  for (const line of lines) {
    onLine(line);
    if (!line.text.includes('[') || line.fault !== undefined) yield toEntry(line);
    else yield* entriesOf(line, literal);
  }
}

/** The entries of one line: one, unless it has ranges. */
export function* entriesOf(line: ListLine, literal = false): Generator<ListEntry, void> {
  if (literal || !line.text.includes('[') || countRange(line.text) === 1) {
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

async function* linesOfList(source: Readable, name: string): AsyncGenerator<Iterable<ListLine>, void> {
  yield* linesIn(await openList(source, name), name);
}

function linesIn({ format, chunks }: OpenList, name: string): AsyncGenerator<Iterable<ListLine>, void> {
  switch (format.kind) {
    case 'text':
      return readText(chunks, name);
    case 'document':
      return readDocument(chunks, name);
    case 'shortcut':
      return readShortcut(chunks, name);
    case 'json-lines':
      return readJsonLines(chunks, name);
    case 'json-array':
      return readJsonArray(chunks, name);
    case 'table':
      return readTable(chunks, name, format.delimiter);
  }
}

async function* readText(chunks: Chunks, name: string): AsyncGenerator<Iterable<ListLine>, void> {
  for await (const { first, lines } of linesOf(chunks)) yield textLines(first, lines, name);
}

function* textLines(first: number, lines: readonly string[], name: string): Generator<ListLine, void> {
  let number = first;
  for (const line of lines) {
    const text = line.trim();
    if (text !== '' && !text.startsWith('#')) yield* linesOfText(text, `${name} line ${number}`);
    number += 1;
  }
}

/** A line without a URL stays as it is, and becomes a failure with its number. */
function* linesOfText(text: string, where: string): Generator<ListLine, void> {
  const urls = urlsInText(text);
  if (urls.length === 0) yield { text, fields: noFields, where };
  for (const { url, name } of urls) {
    yield { text: url, fields: name === undefined ? noFields : { name }, where };
  }
}

async function* readDocument(chunks: Chunks, name: string): AsyncGenerator<Iterable<ListLine>, void> {
  for await (const { first, lines } of linesOf(chunks)) {
    yield lines.flatMap((line, offset) =>
      embeddedUrls(line).map((text) => ({ text, fields: noFields, where: `${name} line ${first + offset}` })),
    );
  }
}

async function* readShortcut(chunks: Chunks, name: string): AsyncGenerator<Iterable<ListLine>, void> {
  let text = '';
  for await (const { lines } of linesOf(chunks)) {
    text += `${lines.join('\n')}\n`;
    if (text.length > longestShortcut) throw new ListError('it is too long for a shortcut');
  }
  const url = shortcutUrl(text);
  if (url === undefined) throw new ListError('this shortcut has no URL');
  yield [{ text: url, fields: noFields, where: name }];
}

async function* readJsonArray(chunks: Chunks, name: string): AsyncGenerator<Iterable<ListLine>, void> {
  // Loaded only where it is needed, as few lists are arrays.
  const { arrayElements } = await import('./json-array.ts');
  let number = 0;
  for await (const elements of arrayElements(chunks)) {
    yield elements.map((element) => {
      number += 1;
      return jsonValue(element, `${name} element ${number}`);
    });
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
    // Not JSON: rejected as it is, with its line number.
    return { text: line.trim(), fields: noFields, where };
  }
  return jsonValue(value, where, line.trim());
}

function jsonValue(value: unknown, where: string, line?: string): ListLine {
  if (typeof value === 'string') return { text: value, fields: noFields, where };
  const cells = Object.entries(value ?? {}).map(([key, cell]): [string, string] => [
    key,
    typeof cell === 'string' ? cell : JSON.stringify(cell),
  ]);
  const text = cells.find(([key]) => key.toLowerCase() === 'url')?.[1];
  if (text === undefined)
    return {
      text: line ?? JSON.stringify(value),
      fields: noFields,
      where,
      place: ' in a field named url',
    };
  return { text, fields: fieldsOf(cells), where };
}
