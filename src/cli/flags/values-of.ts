import type { Settings, ValueOf } from '../../shared/settings/setting.ts';

type Values<Table extends Settings> = { -readonly [Key in keyof Table]: ValueOf<Table[Key]> | undefined };

/**
 * What the flags say of these settings, by the settings' own names. Bounds are checked by the request's schema.
 * @param flags as commander names them.
 */
export function valuesOf<const Table extends Settings>(settings: Table, flags: object): Values<Table> {
  const given = flags as Readonly<Record<string, unknown>>;
  const values = Object.entries(settings).flatMap(([key, { flag }]) =>
    flag === undefined ? [] : [[key, given[attributeOf(flag)]]],
  );
  return Object.fromEntries(values) as Values<Table>;
}

/** What commander calls a flag's value: `maxSize` for `--max-size`, `recheck` for `--no-recheck`. */
function attributeOf(flag: string): string {
  return flag.replace(/^--(no-)?/, '').replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
