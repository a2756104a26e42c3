import { closeSync, openSync, readSync } from 'node:fs';
import type { ListEntry, ListLine } from './list-entry.ts';
import { ListError } from './list-error.ts';
import { fieldsOf } from './list-fields.ts';
import { ParquetFault } from './parquet/parquet-fault.ts';
import type { ParquetTable } from './parquet/parquet-table.ts';
import { type ReadOptions, readLines } from './read-list.ts';

/** How many rows of a row group are passed on at a time. */
const rowsAtOnce = 1_000;

/** Streams the URLs of a Parquet file, whose rows are as those of a table with a header. Like `readList`. */
export function readParquet(
  path: string,
  name: string,
  options: ReadOptions = {},
): AsyncGenerator<ListEntry[], void> {
  return readLines(linesOfParquet(path, name), name, options);
}

/** @throws ListError if nothing can be read, or no column has URLs. */
export async function checkParquet(path: string): Promise<void> {
  await using table = await opened(path);
  urlColumnOf(table);
}

/** Whether a file is, by its beginning, Parquet. */
export function isParquetFile(path: string): boolean {
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    const magic = head.toString('latin1', 0, readSync(file, head));
    return magic === 'PAR1' || magic === 'PARE';
  } finally {
    closeSync(file);
  }
}

async function* linesOfParquet(path: string, name: string): AsyncGenerator<Iterable<ListLine>, void> {
  await using table = await opened(path);
  const at = urlColumnOf(table);
  const header = table.columns.map((column, index) => (index === at ? 'url' : column.name));
  const isNamed = table.columns[at]?.name.toLowerCase() === 'url';
  const place = isNamed ? ' in the column url' : ' in the first column, as none is named url';
  let number = 0;
  const lineOf = (row: readonly string[]): ListLine => {
    number += 1;
    const cells = header.map((column, index): [string, string] => [column, row[index] ?? '']);
    return { text: row[at] ?? '', fields: fieldsOf(cells), where: `${name} row ${number}`, place };
  };
  try {
    for await (const rows of table.rows()) {
      let lines: ListLine[] = [];
      for (const row of rows) {
        lines.push(lineOf(row));
        if (lines.length < rowsAtOnce) continue;
        yield lines;
        lines = [];
      }
      yield lines;
    }
  } catch (error) {
    throw listErrorOf(error);
  }
}

async function opened(path: string): Promise<ParquetTable> {
  // Loaded only where it is needed: few lists are Parquet.
  const { ParquetTable } = await import('./parquet/parquet-table.ts');
  try {
    return await ParquetTable.open(path);
  } catch (error) {
    throw listErrorOf(error);
  }
}

function listErrorOf(error: unknown): unknown {
  return error instanceof ParquetFault ? new ListError(error.message, { cause: error }) : error;
}

/** The place of the column with the URLs. */
function urlColumnOf({ columns }: ParquetTable): number {
  const named = columns.findIndex(({ name }) => name.toLowerCase() === 'url');
  if (named >= 0) return named;
  if (columns[0]?.isText) return 0;
  const names = columns.map(({ name }) => JSON.stringify(name.slice(0, 40))).join(', ');
  throw new ListError(
    `expected a column named url, or texts in the first column; it has ${names || 'no column of single values'}`,
  );
}
