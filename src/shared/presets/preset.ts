// zod's functions without its methods: loading the methods takes longer than a small run.
import * as z from 'zod/mini';
import { checkedSettings } from '../checked-settings.ts';
import { UsageError } from '../failure.ts';
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

const fileSchema = z.strictObject({
  $schema: z.optional(z.string()),
  task: z.enum(presetTasks),
  settings: z.record(z.string(), z.unknown()),
});

/**
 * The preset that a file's text holds.
 * @throws UsageError with a sentence for each thing that is wrong.
 */
export function parsePreset(text: string): Preset {
  const { task, settings } = checkedSettings(fileSchema, objectOf(text) as z.input<typeof fileSchema>);
  const withheld = Object.keys(settings).filter(
    (key) => Object.hasOwn(allSettings, key) && !Object.hasOwn(presetSettingsSchemas[task].shape, key),
  );
  if (withheld.length > 0) throw new UsageError(`A preset for ${task} cannot hold ${withheld.join(', ')}.`);
  const checked = checkedSettings(presetSettingsSchemas[task] as z.ZodMiniType<object, object>, settings);
  return sparePreset(task, checked);
}

function objectOf(text: string): unknown {
  let value: unknown;
  try {
    // Editors on Windows put a byte order mark in front.
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new UsageError('It is not JSON.', { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError('Expected an object with "task" and "settings".');
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
