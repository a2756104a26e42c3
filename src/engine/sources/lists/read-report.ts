import type { Readable } from 'node:stream';
import { openText } from './list-bytes.ts';
import { inBatches, type ListEntry, toEntry } from './list-entry.ts';
import { ListError } from './list-error.ts';
import { fieldsOf, unreadable } from './read-list.ts';
import { linesOf } from './text-lines.ts';

/** Statuses worth another run. */
const unfinished = new Set<unknown>(['failed', 'cancelled']);

/** What failed or was cancelled in a former run: the `--json` output of `shoal fetch`, as NDJSON. */
export async function* readReport(stream: Readable, name: string): AsyncGenerator<ListEntry[], void> {
  let last: string | undefined;
  try {
    const { chunks } = await openText(stream);
    for await (const { first, lines } of linesOf(chunks)) {
      yield* inBatches(entriesOf(lines, first, name));
      last = `${name} line ${first + lines.length - 1}`;
    }
  } catch (error) {
    if (!(error instanceof ListError)) throw error;
    yield [unreadable(error, name, last)];
  }
}

function* entriesOf(lines: readonly string[], first: number, name: string): Generator<ListEntry, void> {
  for (const [offset, line] of lines.entries()) {
    const event = parsed(line);
    if (event?.type !== 'result' || !unfinished.has(event.status) || typeof event.input !== 'string')
      continue;
    const columns = event.columns as Record<string, string> | undefined;
    const listed = event.listed as Record<string, string> | undefined;
    const cells = Object.entries({ ...columns, ...listed });
    yield toEntry({ text: event.input, fields: fieldsOf(cells), where: `${name} line ${first + offset}` });
  }
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
