// zod's functions without its methods: loading the methods takes longer than a small run.
import * as z from 'zod/mini';
import { checkedSettings } from '../checked-settings.ts';
import { lineOfKey, valueOfJsonText, withoutByteOrderMark } from '../checks/json-text.ts';
import { UsageError } from '../failure.ts';
import { meant } from '../naming/nearest.ts';
import { fetchRecipeSchema, mapRecipeSchema, thumbnailRecipeSchema } from '../recipe.ts';
import { allSettings } from '../settings/all-settings.ts';
import { runSettings, walkSettings } from '../settings/run-settings.ts';
import { shapeOf } from '../settings/schema-of.ts';

/** The tasks that presets are for, by the names of their commands. */
export const presetTasks = ['thumbs', 'fetch', 'map'] as const;
export type PresetTask = (typeof presetTasks)[number];

const { durable } = runSettings;

/**
 * The settings that a preset of each task can hold: all of the task's recipe and of which items it takes. Not where
 * results go, not what is meant for one run alone, not what suits one machine, and nothing that may be secret.
 */
export const presetSettingsSchemas = {
  thumbs: z.safeExtend(thumbnailRecipeSchema, shapeOf({ ...walkSettings, durable }, {})),
  fetch: z.extend(z.omit(fetchRecipeSchema, { headers: true }), shapeOf({ durable }, {})),
  map: z.extend(mapRecipeSchema, shapeOf({ recursive: walkSettings.recursive }, {})),
};

const preset = <Task extends PresetTask>(task: Task) =>
  z.strictObject({ task: z.literal(task), settings: presetSettingsSchemas[task] });

/** A recipe: which task, and its settings, of which only those that differ from the defaults need to be there. */
export const presetSchema = z.discriminatedUnion('task', [preset('thumbs'), preset('fetch'), preset('map')]);
export type Preset = z.input<typeof presetSchema>;

const keysOfFile = ['task', 'settings', '$schema'];

/**
 * The preset that the text of a file holds.
 * @param path the file, where sentences are to begin with it and the line.
 * @throws UsageError with a sentence for each thing that is wrong.
 */
export function parsePreset(text: string, path?: string): Preset {
  const json = withoutByteOrderMark(text);
  const at = (...keys: readonly PropertyKey[]) =>
    path === undefined ? '' : `${path}:${lineOfKey(json, keys.map(String))}: `;
  const { task, settings, ...others } = objectOf(json, path);
  if (!isPresetTask(task))
    throw new UsageError(`${at('task')}Expected task to be thumbs, fetch or map${got(task)}.`);
  if (!isObject(settings)) throw new UsageError(`${at('settings')}Expected settings to be an object.`);
  const faults = Object.keys(others)
    .filter((key) => key !== '$schema')
    .map((key) => `${at(key)}There is nothing of the name ${key} in a preset${meant(key, keysOfFile)}.`);
  faults.push(
    ...faultsOfKeys(task, presetSettingsSchemas[task].shape, settings, (key) => at('settings', key)),
  );
  const { thumbnail } = settings;
  if (task === 'fetch' && isObject(thumbnail)) {
    const place = (key: string) => at('settings', 'thumbnail', key);
    faults.push(...faultsOfKeys('thumbs', thumbnailRecipeSchema.shape, thumbnail, place));
  }
  if (faults.length > 0) throw new UsageError(faults);
  try {
    const schema = presetSettingsSchemas[task] as z.ZodMiniType<object, object>;
    const place = (keys: readonly PropertyKey[]) => at('settings', ...keys);
    return sparePreset(task, checkedSettings(schema, settings, undefined, place));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UsageError(`${at('settings')}It is nested too deeply.`, { cause });
  }
}

/** What is said of keys that a preset cannot have: the names are enough, as a value may be a password. */
function faultsOfKeys(
  task: PresetTask,
  shape: Readonly<Record<string, unknown>>,
  settings: object,
  place: (key: string) => string,
): string[] {
  const known = Object.keys(shape);
  return Object.keys(settings).flatMap((key) => {
    if (Object.hasOwn(shape, key)) return [];
    if (Object.hasOwn(allSettings, key)) return [`${place(key)}A preset for ${task} cannot hold ${key}.`];
    return [`${place(key)}There is no setting ${key} of ${task}${ofFlag(key, known) ?? meant(key, known)}.`];
  });
}

/** The setting that is meant where its flag stands in its place: `size` for `box`. */
function ofFlag(name: string, known: readonly string[]): string | undefined {
  const key = known.find((each) => [`--${name}`, `--no-${name}`].includes(allSettings[each]?.flag ?? ''));
  return key === undefined ? undefined : `; ${key} is one`;
}

function isPresetTask(task: unknown): task is PresetTask {
  return presetTasks.some((each) => each === task);
}

function got(value: unknown): string {
  return typeof value === 'string' ? `, got ${JSON.stringify(value.slice(0, 80))}` : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(text: string, path: string | undefined): Readonly<Record<string, unknown>> {
  const value = path === undefined ? plainly(text) : valueOfJsonText(text, path);
  if (isObject(value)) return value;
  const where = path === undefined ? '' : `${path}: `;
  throw new UsageError(`${where}Expected an object with "task" and "settings".`);
}

function plainly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError('It is not JSON.', { cause });
  }
}

/** All settings of a preset, with the defaults of those that it does not name. */
export function settingsOfPreset({ task, settings }: Preset): Readonly<Record<string, unknown>> {
  return z.parse(presetSettingsSchemas[task] as z.ZodMiniType<object, object>, settings) as Record<
    string,
    unknown
  >;
}

/** The preset of these settings, with those alone that differ from the defaults. What a preset cannot hold is left out. */
export function sparePreset(task: PresetTask, values: object): Preset {
  const schema = presetSettingsSchemas[task];
  const held = Object.entries(values).filter(([key]) => Object.hasOwn(schema.shape, key));
  const settings = differing(Object.fromEntries(held), settingsOfPreset({ task, settings: {} }));
  if (task === 'fetch' && typeof settings.thumbnail === 'object' && settings.thumbnail !== null)
    settings.thumbnail = differing(settings.thumbnail, thumbnailRecipeSchema.parse({}));
  return { task, settings } as Preset;
}

function differing(values: object, defaults: object): Record<string, unknown> {
  const usual = new Map(Object.entries(defaults));
  return Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(usual.get(key)),
    ),
  );
}
