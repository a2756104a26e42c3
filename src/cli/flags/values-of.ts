import type { Setting, Settings, ValueOf } from '../../shared/settings/setting.ts';

type Values<Table extends Settings> = { -readonly [Key in keyof Table]: ValueOf<Table[Key]> | undefined };

/**
 * The values of these settings as given by flags, under the settings' own keys. The request's schema checks bounds.
 * @param flags the flags under commander's names.
 */
export function valuesOf<const Table extends Settings>(settings: Table, flags: object): Values<Table> {
  const given = flags as Readonly<Record<string, unknown>>;
  const values = Object.entries(settings).flatMap(([key, setting]) =>
    setting.flag === undefined ? [] : [[key, partFor(setting, given[attributeOf(setting.flag)])]],
  );
  return Object.fromEntries(values) as Values<Table>;
}

/** A flag that may be given several times sets two settings: the first value is apart from the further ones. */
function partFor({ further, partOf }: Setting, given: unknown): unknown {
  if (further !== undefined) return Array.isArray(given) ? given[0] : given;
  if (partOf !== undefined) return Array.isArray(given) ? given.slice(1) : undefined;
  return given;
}

/** Commander's key for a flag: `maxSize` for `--max-size`, `recheck` for `--no-recheck`. */
function attributeOf(flag: string): string {
  return flag.replace(/^--(no-)?/, '').replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
