import { allSettings } from '../../shared/settings/all-settings.ts';

/** A setting's flag with its help, for an error message about that setting: `--out <dir>: where results go`. */
export function flagHint(setting: string | undefined): string | undefined {
  const { flag, value, help } = allSettings[setting ?? ''] ?? {};
  return flag === undefined ? undefined : `(${[flag, value].filter(Boolean).join(' ')}: ${help})`;
}
