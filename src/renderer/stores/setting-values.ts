import { type AccessFile, accessFiles, type SessionSettings } from '../../shared/ipc/access.ts';
import { fetchRecipeSchema, mapRecipeSchema, thumbnailRecipeSchema } from '../../shared/recipe.ts';
import { fetchAccessSettings } from '../../shared/settings/fetch-settings.ts';
import { appStore, changeSettings } from './app.ts';
import type { JobKind } from './inputs.ts';
import { changeSession, jobStore, setForce } from './job.ts';
import { useStore } from './use-store.ts';

export type SettingValues = Readonly<Record<string, unknown>>;

const ofSession: ReadonlySet<string> = new Set([
  ...['match', 'exclude', 'durable', 'headers', 'sets'],
  ...Object.keys(fetchAccessSettings),
]);

/** The values of all settings of a kind of run by their keys, wherever they are kept. */
export function useSettingValues(kind: JobKind): SettingValues {
  const recipe = useStore(appStore, ({ settings }) => settings[kind]);
  const recursive = useStore(appStore, ({ settings }) => settings.recursive);
  const session = useStore(jobStore, (state) => state.session[kind]);
  const force = useStore(jobStore, (state) => state.force);
  return { ...recipe, recursive, force, ...session };
}

/** Changes a setting where it is kept. Undefined goes back to the default. */
export function changeSetting(kind: JobKind, key: string, value: unknown): void {
  if (key === 'force') setForce(value === true);
  else if (key === 'recursive') changeSettings({ recursive: value !== false });
  else if (ofSession.has(key)) {
    const name = key as keyof SessionSettings;
    changeSession(kind, name, value as SessionSettings[typeof name]);
  } else changeRecipe(kind, key, value);
}

function changeRecipe(kind: JobKind, key: string, value: unknown): void {
  const { settings } = appStore.getState();
  const { [key]: _, ...others } = settings[kind] as SettingValues;
  const changed = value === undefined ? others : { ...others, [key]: value };
  // The fields have checked each value; only what belongs together may still not fit, which its field says.
  if (kind === 'fetch') {
    const { data: fetch } = fetchRecipeSchema.safeParse(changed);
    if (fetch) changeSettings({ fetch });
    return;
  }
  if (kind === 'map') {
    const { data: map } = mapRecipeSchema.safeParse(changed);
    if (map) changeSettings({ map });
    return;
  }
  const { data: thumbnails } = thumbnailRecipeSchema.safeParse(changed);
  if (thumbnails) changeSettings({ thumbnails });
}

/** Takes over all of these settings at once; others stay as they are. */
export function takeSettings(kind: JobKind, values: SettingValues): void {
  const { recursive, ...further } = values;
  const held = Object.entries(further);
  const recipe = Object.fromEntries(held.filter(([key]) => !ofSession.has(key)));
  changeSettings({
    ...(typeof recursive === 'boolean' && { recursive }),
    ...(kind === 'fetch' && { fetch: fetchRecipeSchema.parse(recipe) }),
    ...(kind === 'map' && { map: mapRecipeSchema.parse(recipe) }),
    ...(kind === 'thumbnails' && { thumbnails: thumbnailRecipeSchema.parse(recipe) }),
  });
  if (kind === 'map') return;
  for (const key of ['match', 'exclude', 'durable']) changeSetting(kind, key, values[key]);
}

export function isAccessFile(key: string): key is AccessFile {
  return accessFiles.some((name) => name === key);
}
