import { basename } from 'node:path';
import type { Row } from '../../shared/ipc/run.ts';
import { resultColumns } from '../../shared/result-columns.ts';
import type { StoredItem } from './row-store.ts';

/** So many characters of a text the page shows in a row. */
const longestText = 200;

/** A row as the page shows it: values that are zero or unknown are left out of the message. */
export function rowOf(
  item: StoredItem,
  { name, place, stages, colour }: Pick<Row, 'name' | 'place' | 'stages' | 'colour'>,
): Row {
  const { index, input, state, reason, error } = item;
  const values: Record<string, string | number> = {};
  for (const { key, kind } of resultColumns) {
    const value = typeof item[key] === 'string' ? item[key].slice(0, longestText) : item[key];
    if (!value) continue;
    values[key] = typeof value === 'number' && kind === 'milliseconds' ? Math.round(value * 10) / 10 : value;
  }
  return {
    index,
    name,
    ...(place !== '' && { place }),
    state,
    ...values,
    ...(stages !== undefined && { stages }),
    ...(colour !== undefined && { colour }),
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { error: { ...error, message: withoutPath(error.message, input) } }),
  };
}

/**
 * A sentence of the engine on a file or folder, for the page, which learns no path: in place of it the name says enough.
 */
export function withoutPath(message: string, input: string): string {
  return /^https?:/i.test(input) ? message : message.replaceAll(input, basename(input) || input);
}
