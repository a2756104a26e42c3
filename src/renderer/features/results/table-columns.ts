import type { Row } from '../../../shared/ipc/run.ts';
import { type ResultColumn, resultColumns } from '../../../shared/result-columns.ts';
import { bytes, count, duration } from '../../lib/format.ts';

/** What stands in the list after the name and what came of it. */
export const tableColumns = resultColumns.flatMap(({ key, kind, window }) =>
  window === undefined ? [] : [{ key, kind, ...window }],
);

/** Their widths, for the grid of each line. */
export const columnWidths = tableColumns.map(({ width }) => width).join(' ');

const format = { number: count, bytes, milliseconds: duration, text: String } as const;

/** What a cell says; nothing where it is not known. */
export function cellText({ key, kind }: Pick<ResultColumn, 'key' | 'kind'>, row: Row): string | undefined {
  const value: string | number | undefined = row[key];
  // What was skipped was only looked at: how long that took says nothing of the item.
  if (kind === 'milliseconds' && row.state === 'skipped') return undefined;
  return typeof value === 'number' ? format[kind](value) : value;
}
