import { allSettings } from '../../shared/settings/all-settings.ts';

/** What the flag of a setting says of itself, for who needs it to mend a mistake: `--out <dir>: where results go`. */
export function flagHint(setting: string | undefined): string | undefined {
  const { flag, value, help } = allSettings[setting ?? ''] ?? {};
  return flag === undefined ? undefined : `(${[flag, value].filter(Boolean).join(' ')}: ${help})`;
}
