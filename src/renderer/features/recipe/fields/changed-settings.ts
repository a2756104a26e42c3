import type { ChosenFile } from '../../../../shared/ipc/access.ts';
import type { Setting } from '../../../../shared/settings/setting.ts';
import { middleCut } from '../../../lib/format.ts';
import { writtenSetting } from './read-setting.ts';

type Values = Readonly<Record<string, unknown>>;
export type NamedSetting = readonly [key: string, setting: Setting];

/** Whether a setting has the value that it has where nobody chooses one. */
export function isUsual(setting: Setting, value: unknown): boolean {
  if (value === undefined) return true;
  const usual = 'default' in setting ? setting.default : undefined;
  return JSON.stringify(value) === JSON.stringify(usual);
}

/** `Leave out *.png · Quicker JPEG, less sharp`; empty where nothing differs from the defaults. */
export function changedWords(settings: readonly NamedSetting[], values: Values): string {
  return settings
    .flatMap(([key, setting]) => (isUsual(setting, values[key]) ? [] : [wordsOf(setting, values[key])]))
    .join(' · ');
}

function wordsOf(setting: Setting, value: unknown): string {
  const { label = '', suffix = '', choices, hidden } = setting.field ?? {};
  const short = (text: string) => middleCut(text.replaceAll('\n', ', '), 40);
  switch (setting.type) {
    case 'switch':
      return value === true ? label : `Off: ${label}`;
    case 'choice':
      return `${label}: ${choices?.[String(value)] ?? String(value)}`;
    case 'choices':
      return `${label}: ${(value as readonly string[]).map((choice) => choices?.[choice] ?? choice).join(', ')}`;
    case 'file':
      return `${label}: ${short((value as ChosenFile).name)}`;
    case 'headers':
      return `${label}: ${short(Object.keys(value as object).join(', '))}`;
    case 'bytes':
    case 'text':
    case 'texts':
      return hidden || setting.of === 'access' ? label : `${label} ${short(writtenSetting(setting, value))}`;
    default:
      return `${label} ${String(value)} ${suffix}`.trimEnd();
  }
}
