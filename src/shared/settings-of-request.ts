import type { Where } from './limits/limit-sentence.ts';
import { fetchRecipeSchema, thumbnailRecipeSchema } from './recipe.ts';
import { settingOf } from './settings/all-settings.ts';
import type { Setting } from './settings/setting.ts';

/** The settings of a request that differ from the defaults, by their flags, or by their labels in the window where they have one. */
export function settingsOfRequest(request: object | null, where: Where = 'terminal'): Record<string, string> {
  const { kind, recipe, ...further } = (request ?? {}) as Readonly<Record<string, unknown>>;
  const defaults: Readonly<Record<string, unknown>> =
    kind === 'thumbnails'
      ? thumbnailRecipeSchema.parse({})
      : kind === 'fetch'
        ? fetchRecipeSchema.parse({})
        : {};
  const settings: Record<string, string> = {};
  for (const [key, value] of Object.entries({ ...further, ...(recipe as object) })) {
    const setting = settingOf(kind, key);
    const usual =
      key in defaults ? defaults[key] : setting && 'default' in setting ? setting.default : undefined;
    if (setting === undefined || value === undefined || JSON.stringify(value) === JSON.stringify(usual))
      continue;
    const label = where === 'window' && 'field' in setting ? setting.field?.label : undefined;
    const choice = label === undefined ? undefined : setting.field?.choices?.[String(value)];
    settings[label ?? setting.flag ?? key] =
      setting.type === 'switch' && label === undefined ? '' : (choice ?? textOf(setting.type, value));
  }
  return settings;
}

function textOf(type: Setting['type'], value: unknown): string {
  // Its flag says which way a switch is (`--no-recursive`); its label does not.
  if (type === 'switch') return value === false ? 'off' : '';
  // Their values are often secrets, and no help to a reader.
  if (type === 'headers') return Object.keys(value as object).join(', ');
  if (type === 'milliseconds') return String(Number(value) / 1_000);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
