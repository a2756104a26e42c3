import { z } from 'zod';
import { storagePlaceSchema } from '../machines/machine-messages.ts';
import { fetchRecipeSchema, mapRecipeSchema, thumbnailRecipeSchema } from '../recipe.ts';
import { poolCeilings } from '../settings/pool-sizes.ts';
import { runSettings, walkSettings } from '../settings/run-settings.ts';
import { setKinds } from '../settings/set-kinds.ts';
import { accessSchema } from './access.ts';
import { contentsSchema } from './contents.ts';
import { inputIdSchema, moduleIdSchema, outputIdSchema } from './inputs.ts';

/** What a run does with its items. */
export const jobKinds = ['thumbnails', 'fetch', 'map'] as const;
export type JobKind = (typeof jobKinds)[number];

/** Main clamps it to the machine's ceiling, which `app:info` returns. */
export const poolSizeSchema = z.int().min(1).max(poolCeilings.message);

const where = {
  /** Absent: the default place, `thumbs/` in each folder or `downloads/`. */
  output: outputIdSchema.optional(),
  /** Redo outputs that exist already and are newer than their inputs. */
  force: z.boolean().default(runSettings.force.default),
  durable: z.boolean().default(runSettings.durable.default),
};

/** A pool size, or `auto`: the run finds it. */
export const wantedPoolSchema = z.union([poolSizeSchema, z.literal('auto')]);
export type WantedPool = z.infer<typeof wantedPoolSchema>;

/** The task for the inputs, with its recipe. */
export const jobSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('thumbnails'),
    recipe: thumbnailRecipeSchema,
    recursive: z.boolean().default(walkSettings.recursive.default),
    match: z.string().min(1).max(4096).optional(),
    exclude: z.array(z.string().min(1).max(4096)).max(100).optional(),
    mirror: z.boolean().default(runSettings.mirror.default),
    /** What else is made, in the output folder. */
    sets: z.array(z.enum(setKinds)).max(setKinds.length).optional(),
    ...where,
  }),
  z.strictObject({
    kind: z.literal('fetch'),
    recipe: fetchRecipeSchema,
    access: accessSchema.optional(),
    ...where,
  }),
  /** Applies the function of a module, which writes what it wants where it wants. */
  z.strictObject({
    kind: z.literal('map'),
    module: moduleIdSchema,
    recipe: z.prefault(mapRecipeSchema, {}),
    recursive: z.boolean().default(walkSettings.recursive.default),
  }),
]);
export type Job = z.infer<typeof jobSchema>;
/** As the page writes it, before defaults. */
export type JobSettings = z.input<typeof jobSchema>;

export const startRunSchema = z.strictObject({
  inputs: z.array(inputIdSchema).min(1).max(20_000),
  job: jobSchema,
  /** Absent: the default for the machine and the task. */
  poolSize: wantedPoolSchema.optional(),
});
export type StartRun = z.infer<typeof startRunSchema>;

/** A run for other machines: all of them see the folder that was chosen, or the object storage. */
export const handOutSchema = startRunSchema.extend({
  place: z.union([
    z.strictObject({ folder: outputIdSchema }),
    z.strictObject({ storage: storagePlaceSchema }),
  ]),
});

/** What a run would do, before it starts. */
export const previewSchema = z.strictObject({
  /** The items found by now, of which `seen` have been looked at. */
  total: z.int(),
  seen: z.int(),
  /** Items whose output exists already, made by the same recipe and newer than the input. */
  skipped: z.int(),
  /** Thumbnails of deleted originals that would be removed; absent if none, or if that is not asked for. */
  removals: z.int().optional(),
  /** Where results go, as text for display. */
  destination: z.string(),
  /** The number of lines or files that cannot be used; `unusableExamples` has the first few with their reasons. */
  unusable: z.int(),
  unusableExamples: z.array(z.strictObject({ subject: z.string(), message: z.string() })),
  /** What a person should know of the inputs, in sentences: above all what was passed over, by format. */
  warnings: z.array(z.string()),
  contents: contentsSchema,
  /** Whether not all has been looked at: the figures are then those so far. */
  partial: z.boolean(),
  /** Whether counting goes on: whoever asks again hears more. */
  goesOn: z.boolean(),
});
export type Preview = z.infer<typeof previewSchema>;

/** What a run is expected to come to, before it starts. */
export const jobForecastSchema = z.strictObject({
  /** The pool size that it is for. */
  poolSize: z.int(),
  items: z.int(),
  seconds: z.number(),
  bytesIn: z.number(),
  bytesOut: z.number(),
  failures: z.int(),
});
export type JobForecast = z.infer<typeof jobForecastSchema>;
