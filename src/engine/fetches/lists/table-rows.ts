import { type CsvError, type CsvErrorCode, parse } from 'csv-parse';
import type { Chunks } from './list-bytes.ts';
import { ListError } from './list-error.ts';

export interface Row {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** How much is parsed at once: its rows, of many strings each, are in memory together, so only a few hundred. */
const pieceBytes = 8 * 1024;

/**
 * The rows of a table, several at a time: an async step for each row would cost more than the row.
 * @throws ListError after the last row that could be read.
 */
export async function* rowsOf(chunks: Chunks, delimiter: string): AsyncGenerator<Row[], void> {
  let skipped: CsvError | undefined;
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 1024 * 1024,
    trim: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      skipped = error;
      return undefined;
    },
  });
  // Written to, not piped into: with a pipe, a chunk that waits for the parser would be lost if its source then fails.
  parser.on('error', () => {
    // The failing write reports it.
  });
  for await (const chunk of inPieces(chunks)) {
    const parsed = Promise.withResolvers<void>();
    parser.write(chunk, (cause) => {
      if (cause) parsed.reject(new ListError(cause.message, { cause }));
      else parsed.resolve();
    });
    yield taken();
    await parsed.promise;
    if (skipped) throw listErrorOf(skipped);
  }
  parser.end();
  const last: Row[] = [];
  for await (const row of parser as AsyncIterable<Row>) last.push(row);
  yield last;
  if (skipped) throw listErrorOf(skipped);

  /** The rows parsed so far. Parsing is synchronous: a chunk's rows are there once it is written. */
  function taken(): Row[] {
    const rows: Row[] = [];
    for (let row = parser.read() as Row | null; row; row = parser.read() as Row | null) rows.push(row);
    return rows;
  }
}

async function* inPieces(chunks: Chunks): Chunks {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes);
  }
}

/** After any of these errors the parser cannot tell where the next row begins. */
function listErrorOf(cause: CsvError): ListError {
  const sentences: Partial<Record<CsvErrorCode, string>> = {
    CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened and never closed',
    CSV_MAX_RECORD_SIZE: 'a row is longer than 1 MiB; is a quotation mark not closed?',
  };
  return new ListError(sentences[cause.code] ?? cause.message, { cause });
}
