import { z } from 'zod';
import { fetchRecipeSchema, mapRecipeSchema, thumbnailRecipeSchema } from '../recipe.ts';
import { walkSettings } from '../settings/run-settings.ts';
import { updateChoices } from '../updates/update-messages.ts';
import { wantedPoolSchema } from './job.ts';

const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
/** One that the window does not speak, as an older version, is that of the system. */
const languageSchema = z.string().max(35);
export const gridSizes = { least: 64, most: 512 } as const;

/** The settings that are kept between starts. Every field has a default, so that older files can be read. */
export const settingsSchema = z.object({
  thumbnails: z.prefault(thumbnailRecipeSchema, {}),
  fetch: z.prefault(fetchRecipeSchema, {}),
  map: z.prefault(mapRecipeSchema, {}),
  recursive: z.boolean().default(walkSettings.recursive.default),
  /** Absent: the default for the machine. */
  thumbnailsPoolSize: wantedPoolSchema.optional(),
  fetchPoolSize: wantedPoolSchema.optional(),
  mapPoolSize: wantedPoolSchema.optional(),
  /** Which colours the window has. */
  theme: z.enum(themes).default('system'),
  /** A BCP 47 tag that the window speaks. */
  language: languageSchema.default('system'),
  notifyWhenDone: z.boolean().default(true),
  /** Whether the output folder is opened when a run ends. */
  openWhenDone: z.boolean().default(false),
  /** Whether dropped or pasted inputs start at once, without the preview. */
  startAtOnce: z.boolean().default(false),
  /** What is done about newer versions of the app. */
  updates: z.enum(updateChoices).default('tell'),
  /** The queue for runs on several machines; one with a password is not kept. */
  queue: z.string().optional(),
  /** How wide a picture of the grid is at least, in pixels. */
  gridSize: z.int().min(gridSizes.least).max(gridSizes.most).default(108),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A change has only the settings that change; a recipe is replaced as a whole. */
export const settingsChangeSchema = z
  .strictObject({
    thumbnails: thumbnailRecipeSchema,
    fetch: fetchRecipeSchema,
    map: mapRecipeSchema,
    recursive: z.boolean(),
    /** `null` returns to the machine's default. */
    thumbnailsPoolSize: wantedPoolSchema.nullable(),
    fetchPoolSize: wantedPoolSchema.nullable(),
    mapPoolSize: wantedPoolSchema.nullable(),
    theme: z.enum(themes),
    language: languageSchema,
    notifyWhenDone: z.boolean(),
    openWhenDone: z.boolean(),
    startAtOnce: z.boolean(),
    updates: z.enum(updateChoices),
    gridSize: z.int().min(gridSizes.least).max(gridSizes.most),
  })
  .partial();
export type SettingsChange = z.input<typeof settingsChangeSchema>;
