import type { Chunks } from './list-bytes.ts';
import { type ListLine, looksLikeUrl } from './list-entry.ts';
import { ListError } from './list-error.ts';
import { fieldsOf } from './list-fields.ts';
import { type Row, rowsOf } from './table-rows.ts';

export async function* readTable(
  chunks: Chunks,
  name: string,
  delimiter: string,
): AsyncGenerator<Iterable<ListLine>, void> {
  const table = new Table(name);
  for await (const rows of rowsOf(chunks, delimiter)) yield table.linesOf(rows);
  yield table.rest();
}

/** Interprets the rows of a table, by its header if it has one. */
class Table {
  readonly #name: string;
  #header: readonly string[] | undefined;
  #urlColumn = 0;
  #place = '';
  /** The first row, as long as it may still prove to be a header without a column of URLs. */
  #first: { readonly line: ListLine; readonly record: readonly string[] } | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws ListError if the URLs are in a column with another name. */
  *linesOf(rows: readonly Row[]): Generator<ListLine, void> {
    for (const row of rows) {
      const { record } = row;
      const isFirst = this.#header === undefined;
      if (this.#header === undefined && this.#takeHeader(record)) continue;
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
    const isHeader = names.includes('url');
    this.#header = isHeader ? names : [];
    this.#urlColumn = Math.max(0, names.indexOf('url'));
    this.#place = isHeader ? ' in the column url' : ' in the first column, as none is named url';
    return isHeader;
  }

  #lineOf({ record, info }: Row): ListLine | undefined {
    const text = record[this.#urlColumn] ?? '';
    if (text === '' && record.every((cell) => cell === '')) return undefined;
    const header = this.#header ?? [];
    const cells = header.map((column, index): [string, string] => [column, record[index] ?? '']);
    return { text, fields: fieldsOf(cells), where: `${this.#name} line ${info.lines}`, place: this.#place };
  }
}

function noUrlColumn(first: readonly string[]): ListError {
  const names = first.map((cell) => JSON.stringify(cell.slice(0, 40))).join(', ');
  return new ListError(
    `expected a header with a column named url, or URLs in the first column; the first line is ${names}`,
  );
}
