import type * as z from 'zod/mini';
import { checkedSettings } from '../checked-settings.ts';
import { lineOfKey, shownJson, valueOfJsonText, withoutByteOrderMark } from '../checks/json-text.ts';
import { UsageError } from '../failure.ts';
import { meant } from '../naming/nearest.ts';
import { allSettings } from '../settings/all-settings.ts';
import type { Setting } from '../settings/setting.ts';
import { writtenBytes } from '../settings/written-values.ts';
import { folderSettings } from './folder-settings.ts';
import { presetSettingsSchemas } from './preset.ts';

type Values = Readonly<Record<string, unknown>>;

/** The settings that a folder may have, by the names that they have in its file: those of their flags. */
const byName = new Map(
  Object.keys(folderSettings).map((key) => [(allSettings[key]?.flag ?? '').replace(/^--(no-)?/, ''), key]),
);

/**
 * The settings that the shoal.json of a folder names, for whoever has no command line to read it by. Not where results go.
 * @param path the file, with which sentences begin.
 * @throws UsageError with a sentence for each thing that is wrong, or that a folder may not set.
 */
export function parseFolderSettings(text: string, path: string): Values {
  const json = withoutByteOrderMark(text);
  const at = (...keys: readonly string[]) => `${path}:${lineOfKey(json, keys)}: `;
  const { $schema: _ofEditors, thumbs = {}, ...others } = objectOf(valueOfJsonText(json, path), `${path}: `);
  const faults = Object.keys(others).map(
    (section) => `${at(section)}The shoal.json of a folder has settings of thumbs alone.`,
  );
  const values: Record<string, unknown> = {};
  const settings = objectOf(thumbs, at('thumbs'));
  for (const [name, value] of Object.entries(settings)) {
    const key = byName.get(name);
    const fault = key === undefined ? undefined : faultOf(key, name, value);
    if (key === undefined) faults.push(`${at('thumbs', name)}${unknown(name)}`);
    else if (fault !== undefined) faults.push(`${at('thumbs', name)}${fault}`);
    else if (key !== 'outputFolder') Object.assign(values, settingsOf(key, value));
  }
  if (faults.length > 0) throw new UsageError(faults);
  const schema = presetSettingsSchemas.thumbs as z.ZodMiniType<object, object>;
  const nameOf = ([key]: readonly PropertyKey[]) => flagName(String(key));
  checkedSettings(schema, values, nameOf, ([key]) => at('thumbs', flagName(String(key))));
  return values;
}

function unknown(name: string): string {
  const isOther = Object.values(allSettings).some(({ flag }) =>
    [`--${name}`, `--no-${name}`].includes(flag ?? ''),
  );
  if (isOther) return `The shoal.json of a folder cannot set ${name}.`;
  return `There is no setting ${name} of shoal thumbs${meant(name, byName.keys())}.`;
}

function flagName(key: string): string {
  return (allSettings[key]?.flag ?? key).replace(/^--(no-)?/, '');
}

function faultOf(key: string, name: string, json: unknown): string | undefined {
  const setting = allSettings[key];
  const value = setting?.type === 'box' ? listOf(json).map(boxOf) : json;
  if (Array.isArray(value) && value.includes(undefined))
    return `Expected ${name} to be pixels such as 75 or 320x240, got ${shownJson(json)}.`;
  const fault = folderSettings[key]?.(value);
  return fault === undefined ? undefined : `Expected ${name} to be ${fault}, got ${shownJson(json)}.`;
}

/** As the file has it, which is as flags are written: texts for numbers, one for a list of one. */
function settingsOf(key: string, json: unknown): Values {
  const setting = allSettings[key] as Setting;
  if (setting.type === 'box') return withFurther(key, listOf(json).map(boxOf));
  if (setting.further !== undefined) return withFurther(key, listOf(json));
  return { [key]: plainly(setting, json) };
}

function plainly({ type }: Setting, json: unknown): unknown {
  if (type === 'texts') return listOf(json).map(String);
  if (type === 'switch')
    return (
      /^(1|true|yes|on)$/i.test(String(json)) || (/^(0|false|no|off)$/i.test(String(json)) ? false : json)
    );
  if (type === 'bytes') return typeof json === 'string' ? (writtenBytes(json) ?? json) : json;
  const isNumber = ['integer', 'number', 'seconds'].includes(type);
  if (isNumber) return typeof json === 'string' && json.trim() !== '' ? Number(json) : json;
  return typeof json === 'number' ? String(json) : json;
}

/** The first of several is a setting, and those behind it are another one. */
function withFurther(key: string, [first, ...further]: readonly unknown[]): Values {
  const part = Object.keys(allSettings).find((each) => allSettings[each]?.partOf === key) ?? '';
  return { [key]: first, ...(further.length > 0 && { [part]: further }) };
}

function boxOf(json: unknown): { width: number; height: number } | undefined {
  const match = /^(\d+)(?:[x×](\d+))?$/i.exec(String(json));
  return match ? { width: Number(match[1]), height: Number(match[2] ?? match[1]) } : undefined;
}

function listOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [json];
}

function objectOf(value: unknown, where: string): Values {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Values;
  throw new UsageError(`${where}Expected an object in braces, got ${shownJson(value)}.`);
}
