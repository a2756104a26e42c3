import type { ListLine } from './list-entry.ts';

type Fields = ListLine['fields'];

/** Columns with a special meaning; all others are kept for the report. */
const known = new Set(['url', 'name', 'sha256', 'md5']);

export const noFields: Fields = {};

/** The fields of a row. Empty cells are left out. */
export function fieldsOf(cells: readonly (readonly [column: string, value: string])[]): Fields {
  const columns: Record<string, string> = {};
  const own: Record<string, string> = {};
  for (const [column, value] of cells) {
    const key = column.toLowerCase();
    if (value === '' || key === 'url') continue;
    if (known.has(key)) own[key] = key === 'name' ? value : value.toLowerCase();
    else columns[column] = value;
  }
  return { ...own, ...(Object.keys(columns).length > 0 && { columns }) };
}
