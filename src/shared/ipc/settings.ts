import { z } from 'zod';
import { fetchRecipeSchema, thumbnailRecipeSchema } from '../recipe.ts';
import { walkSettings } from '../settings/run-settings.ts';
import { poolSizeSchema } from './job.ts';

/** What persists between starts. Every field has a default, so that an older file still reads. */
export const settingsSchema = z.object({
  thumbnails: z.prefault(thumbnailRecipeSchema, {}),
  fetch: z.prefault(fetchRecipeSchema, {}),
  recursive: z.boolean().default(walkSettings.recursive.default),
  /** Absent: what suits the machine. */
  thumbnailsPoolSize: poolSizeSchema.optional(),
  fetchPoolSize: poolSizeSchema.optional(),
  notifyWhenDone: z.boolean().default(true),
  /** What is dropped or pasted starts at once, without the preview. */
  startAtOnce: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Only what changes; a recipe is replaced whole. */
export const settingsChangeSchema = z
  .strictObject({
    thumbnails: thumbnailRecipeSchema,
    fetch: fetchRecipeSchema,
    recursive: z.boolean(),
    /** `null` goes back to what suits the machine. */
    thumbnailsPoolSize: poolSizeSchema.nullable(),
    fetchPoolSize: poolSizeSchema.nullable(),
    notifyWhenDone: z.boolean(),
    startAtOnce: z.boolean(),
  })
  .partial();
export type SettingsChange = z.input<typeof settingsChangeSchema>;
