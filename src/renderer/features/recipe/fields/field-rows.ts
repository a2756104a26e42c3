import type { FieldGroup, Setting, Settings } from '../../../../shared/settings/setting.ts';
import type { NamedSetting } from './changed-settings.ts';

/** Types with a component of their own: it has more than one field, or shows and hides other fields. */
const drawnApart: ReadonlySet<Setting['type']> = new Set(['box', 'boxes', 'further', 'thumbnail']);

/** The order in which they are folded out. */
const groups: readonly FieldGroup[] = [
  ...(['What your function gets', 'When an item fails', 'Workers'] as const),
  ...(['Which images', 'Names', 'Look', 'Colours and metadata', 'Reading'] as const),
  ...(['What is fetched', 'Pace', 'Access', 'Writing'] as const),
];

/** The settings of a table that are always seen. */
export function seenSettings(settings: Settings): NamedSetting[] {
  return shown(settings).filter(([, { field }]) => field?.more === undefined);
}

/** The settings that are folded away, by their headings. */
export function foldedSettings(
  settings: Settings,
): { readonly group: FieldGroup; readonly settings: readonly NamedSetting[] }[] {
  const folded = Map.groupBy(shown(settings), ([, { field }]) => field?.more);
  return groups.flatMap((group) => {
    const ofGroup = folded.get(group);
    return ofGroup === undefined ? [] : [{ group, settings: ofGroup }];
  });
}

/** The rows of a form, one for each setting; two consecutive halves share a row. */
export function fieldRows(settings: readonly NamedSetting[]): NamedSetting[][] {
  const rows: NamedSetting[][] = [];
  for (const named of settings) {
    const last = rows.at(-1);
    const hasRoom = last?.length === 1 && last[0]?.[1].field?.half && named[1].field?.half;
    if (last && hasRoom) last.push(named);
    else rows.push([named]);
  }
  return rows;
}

function shown(settings: Settings): NamedSetting[] {
  return Object.entries(settings).filter(([, { field, type }]) => field && !drawnApart.has(type));
}
