import { type CsvError, parse } from 'csv-parse';
import type { Chunks } from './list-bytes.ts';
import { ListError } from './list-error.ts';

export interface Row {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** The rows of a table, those of a chunk at a time: an async step a row would cost more than the row. */
export async function* rowsOf(
  chunks: Chunks,
  delimiter: string,
  onSkip: (error: CsvError | undefined) => void,
): AsyncGenerator<Row[], void> {
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
      onSkip(error);
      return undefined;
    },
  });
  // Not piped: a chunk that waits to be parsed would be lost when its source fails after it.
  parser.on('error', () => {
    // Told by the write that failed.
  });
  for await (const chunk of chunks) {
    const parsed = Promise.withResolvers<void>();
    parser.write(chunk, (cause) => {
      if (cause) parsed.reject(new ListError(cause.message, { cause }));
      else parsed.resolve();
    });
    yield taken();
    await parsed.promise;
  }
  parser.end();
  const last: Row[] = [];
  for await (const row of parser as AsyncIterable<Row>) last.push(row);
  yield last;

  /** Parsing is synchronous: what a chunk holds is there once it is written. */
  function taken(): Row[] {
    const rows: Row[] = [];
    for (let row = parser.read() as Row | null; row; row = parser.read() as Row | null) rows.push(row);
    return rows;
  }
}
