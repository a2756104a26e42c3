import { t, told } from '../../../../languages/translate.ts';
import type { ChosenFile } from '../../../../shared/ipc/access.ts';
import type { Setting } from '../../../../shared/settings/setting.ts';
import { middleCut } from '../../../lib/format.ts';
import { writtenSetting } from '../../../lib/typed-setting.ts';

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
  const { choices = {}, hidden, ...words } = setting.field ?? { label: '' };
  const label = told(words.label);
  const nameOf = (choice: string) => told(choices[choice] ?? choice);
  const short = (text: string) => middleCut(text.replaceAll('\n', ', '), 40);
  switch (setting.type) {
    case 'switch':
      return value === true ? label : t('Off: {{label}}', { label });
    case 'choice':
      return `${label}: ${nameOf(String(value))}`;
    case 'choices':
      return `${label}: ${(value as readonly string[]).map(nameOf).join(', ')}`;
    case 'file':
      return `${label}: ${short((value as ChosenFile).name)}`;
    case 'headers':
      return `${label}: ${short(Object.keys(value as object).join(', '))}`;
    case 'json':
    case 'bytes':
    case 'text':
    case 'texts':
      return hidden || setting.of === 'access' ? label : `${label} ${short(writtenSetting(setting, value))}`;
    case 'milliseconds':
      return `${label} ${writtenSetting(setting, value)} ${told(words.suffix ?? '')}`;
    default:
      return `${label} ${String(value)} ${told(words.suffix ?? '')}`.trimEnd();
  }
}
