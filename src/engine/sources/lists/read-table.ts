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
  for await (const rows of rowsOf(chunks, delimiter)) yield rows.flatMap((row) => [...table.linesOf(row)]);
  yield table.rest();
}

/** What the rows of a table mean, by its header where it has one. */
class Table {
  readonly #name: string;
  #header: readonly string[] | undefined;
  #urlColumn = 0;
  #place = '';
  /** The first row, while it may still turn out to be a header without a column of URLs. */
  #first: ListLine | undefined;
  #firstRecord: readonly string[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws ListError where the URLs stand in a column that is not named so. */
  *linesOf({ record, info }: Row): Generator<ListLine, void> {
    const isFirst = this.#header === undefined;
    if (this.#header === undefined) {
      const names = record.map((cell) => cell.toLowerCase());
      this.#header = names.includes('url') ? names : [];
      this.#urlColumn = Math.max(0, this.#header.indexOf('url'));
      this.#place =
        this.#header.length > 0 ? ' in the column url' : ' in the first column, as none is named url';
      this.#firstRecord = record;
      if (this.#header.length > 0) return;
    }
    const text = record[this.#urlColumn] ?? '';
    if (text === '' && record.every((cell) => cell === '')) return;
    const cells = this.#header.map((column, index): [string, string] => [column, record[index] ?? '']);
    const where = `${this.#name} line ${info.lines}`;
    const line = { text, fields: fieldsOf(cells), where, place: this.#place };
    const isElsewhere = this.#header.length === 0 && !looksLikeUrl(text) && record.some(looksLikeUrl);
    if (isElsewhere && this.#first) throw this.#noUrlColumn();
    if (isFirst && this.#header.length === 0 && !looksLikeUrl(text)) {
      this.#first = line;
      return;
    }
    yield* this.rest();
    yield line;
  }

  *rest(): Generator<ListLine, void> {
    if (this.#first) yield this.#first;
    this.#first = undefined;
  }

  #noUrlColumn(): ListError {
    const names = this.#firstRecord.map((cell) => JSON.stringify(cell.slice(0, 40))).join(', ');
    return new ListError(
      `expected a header with a column named url, or URLs in the first column; the first line is ${names}`,
    );
  }
}
