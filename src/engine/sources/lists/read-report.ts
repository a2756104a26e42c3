import type { Readable } from 'node:stream';
import { inBatches, type ListEntry, toEntry } from './list-entry.ts';
import { fieldsOf } from './read-list.ts';
import { linesOf } from './text-lines.ts';

/** Statuses worth another run. */
const unfinished = new Set<unknown>(['failed', 'cancelled']);

/** What failed or was cancelled in a former run: the `--json` output of `shoal fetch`, as NDJSON. */
export async function* readReport(stream: Readable, name: string): AsyncGenerator<ListEntry[], void> {
  for await (const { first, lines } of linesOf(stream)) {
    const entries: ListEntry[] = [];
    for (const [offset, line] of lines.entries()) {
      const event = parsed(line);
      if (event?.type !== 'result' || !unfinished.has(event.status) || typeof event.input !== 'string')
        continue;
      const columns = event.columns as Record<string, string> | undefined;
      const listed = event.listed as Record<string, string> | undefined;
      const cells = Object.entries({ ...columns, ...listed });
      entries.push(
        toEntry({ text: event.input, fields: fieldsOf(cells), where: `${name} line ${first + offset}` }),
      );
    }
    yield* inBatches(entries);
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
