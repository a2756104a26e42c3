import type { Setting, Settings } from '../../../shared/settings/setting.ts';

type Row = readonly (readonly [key: string, setting: Setting])[];

/** Types with a component of their own: it has more than one field, or shows and hides other fields. */
const drawnApart: ReadonlySet<Setting['type']> = new Set(['box', 'thumbnail']);

/** The rows of the form, one for each setting that has a field; two consecutive halves share a row. */
export function fieldRows(settings: Settings): Row[] {
  const rows: [key: string, setting: Setting][][] = [];
  for (const [key, setting] of Object.entries(settings)) {
    if (!setting.field || drawnApart.has(setting.type)) continue;
    const last = rows.at(-1);
    const hasRoom = last?.length === 1 && last[0]?.[1].field?.half && setting.field.half;
    if (last && hasRoom) last.push([key, setting]);
    else rows.push([[key, setting]]);
  }
  return rows;
}
