import { z } from 'zod';
import { presetSchema, presetTasks } from './preset.ts';
import { presetName, presetNameFault, presetNameFaults } from './preset-name.ts';

/** In the form in which it is kept. */
const nameSchema = z
  .string()
  .max(1_000)
  .transform(presetName)
  .refine((name) => presetNameFault(name) === undefined, {
    error: ({ input }) => presetNameFaults[presetNameFault(String(input)) ?? 'characters'],
  });

const ownPresetSchema = z.strictObject({
  name: z.string(),
  task: z.enum(presetTasks),
  /** All that a preset of the task can hold. */
  settings: z.record(z.string(), z.unknown()),
});

export const presetListSchema = z.strictObject({
  presets: z.array(ownPresetSchema),
  /** Files that are no presets, by their names, and why. */
  faults: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
});
export type PresetList = z.infer<typeof presetListSchema>;

export const savePresetSchema = z.strictObject({
  name: nameSchema,
  preset: presetSchema,
  /** Whether what has this name may go. */
  replace: z.boolean(),
});

/** `taken`: something has the name, and nothing was written. */
export const savedPresetSchema = z.strictObject({
  outcome: z.enum(['saved', 'taken']),
  list: presetListSchema,
});

/** What the shoal.json of a folder says: the settings that it names, or why it cannot be used. */
export const folderSettingsSchema = z.union([
  z.strictObject({ settings: z.record(z.string(), z.unknown()) }),
  z.strictObject({ fault: z.string() }),
]);
export type FolderSettings = z.infer<typeof folderSettingsSchema>;

export const removePresetSchema = z.strictObject({ name: nameSchema });
