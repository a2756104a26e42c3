import type { Chunks } from './list-bytes.ts';
import { type ListLine, looksLikeUrl } from './list-entry.ts';
import { ListError } from './list-error.ts';
import { fieldsOf, noFields } from './list-fields.ts';
import { type Row, rowsOf } from './table-rows.ts';

export async function* readTable(
  chunks: Chunks,
  name: string,
  delimiter: string,
): AsyncGenerator<Iterable<ListLine>, void> {
  const table = new Table(name, delimiter);
  for await (const rows of rowsOf(chunks, delimiter)) yield table.linesOf(rows);
  yield table.rest();
}

/** Interprets the rows of a table, by its header if it has one. */
class Table {
  readonly #name: string;
  readonly #delimiter: string;
  #header: readonly string[] | undefined;
  #urlColumn = 0;
  #place = '';
  /** Whether the table has a header. */
  #isNamed = false;
  /** The first row, as long as it may still prove to be a header without a column of URLs. */
  #first: { readonly line: ListLine; readonly record: readonly string[] } | undefined;

  constructor(name: string, delimiter: string) {
    this.#name = name;
    this.#delimiter = delimiter;
  }

  /** @throws ListError if the URLs are in a column with another name. */
  *linesOf(rows: readonly Row[]): Generator<ListLine, void> {
    for (const row of rows) {
      const { record } = row;
      const isFirst = this.#header === undefined;
      if (isFirst && (isExcelSeparator(record) || this.#takeHeader(record))) continue;
      // Before the header, too: comments have one cell, or nothing in the place of a URL.
      if (record[this.#urlColumn]?.startsWith('#')) {
        if (isFirst) this.#header = undefined;
        continue;
      }
      const line = this.#lineOf(row);
      if (!line) continue;
      if (isFirst && !looksLikeUrl(line.text)) {
        this.#first = { line, record };
        continue;
      }
      if (this.#first) {
        if (!looksLikeUrl(line.text) && record.some(looksLikeUrl)) throw noUrlColumn(this.#first.record);
        yield* this.rest();
      }
      yield line;
    }
  }

  /** Call at the end: yields the first row if nothing came after it. */
  *rest(): Generator<ListLine, void> {
    if (this.#first) yield this.#first.line;
    this.#first = undefined;
  }

  /** @returns whether the row is a header. */
  #takeHeader(record: readonly string[]): boolean {
    const names = record.map((cell) => cell.toLowerCase());
    if (names[0] !== undefined && /^#\s*url$/.test(names[0])) names[0] = 'url';
    const isHeader = names.includes('url');
    this.#header = isHeader ? names : record.map((_, index) => (index === 0 ? 'url' : `column ${index + 1}`));
    this.#isNamed = isHeader;
    this.#urlColumn = Math.max(0, names.indexOf('url'));
    this.#place = isHeader ? ' in the column url' : ' in the first column, as none is named url';
    return isHeader;
  }

  #lineOf({ record: cells, info }: Row): ListLine | undefined {
    if (cells.every((cell) => cell === '')) return undefined;
    const where = `${this.#name} line ${info.lines}`;
    const header = this.#header ?? [];
    const record = this.#hasSplitUrl(cells, header) ? [cells.join(this.#delimiter)] : cells;
    const text = record[this.#urlColumn] ?? '';
    const surplus = record.slice(header.length).filter((cell) => cell !== '');
    if (surplus.length > 0) {
      const fault = `it has ${record.length} cells, but the first line ${header.length}; write a cell that has ${JSON.stringify(this.#delimiter)} in it in quotation marks`;
      return { text: record.join(this.#delimiter), fields: noFields, where, fault };
    }
    const named = header.map((column, index): [string, string] => [column, record[index] ?? '']);
    return { text, fields: fieldsOf(named), where, place: this.#place };
  }

  /**
   * Whether a row is one URL that has the delimiter in it: all that a table of one column can mean, and what a path or a
   * query that goes on behind the delimiter means where no header says otherwise.
   */
  #hasSplitUrl(cells: readonly string[], header: readonly string[]): boolean {
    const [first = '', ...rest] = cells;
    if (rest.length === 0 || this.#delimiter === '\t' || !looksLikeUrl(first)) return false;
    if (header.length === 1) return true;
    const goesOn = rest.some((cell) => cell.includes('/') && !looksLikeUrl(cell)) || first.includes('?');
    return !this.#isNamed && goesOn;
  }
}

/** The line `sep=;` by which Excel is told the delimiter. */
function isExcelSeparator([first, ...rest]: readonly string[]): boolean {
  return first?.toLowerCase() === 'sep=' && rest.every((cell) => cell === '');
}

function noUrlColumn(first: readonly string[]): ListError {
  const names = first.map((cell) => JSON.stringify(cell.slice(0, 40))).join(', ');
  return new ListError(
    `expected a header with a column named url, or URLs in the first column; the first line is ${names}`,
  );
}
