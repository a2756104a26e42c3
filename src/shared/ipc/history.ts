import { z } from 'zod';
import { fetchRecipeSchema, mapRecipeSchema, thumbnailRecipeSchema } from '../recipe.ts';
import { sessionSettingsSchema } from './access.ts';
import { chosenOutputSchema, registrationSchema } from './inputs.ts';
import { jobKinds } from './job.ts';
import { runCountersSchema, runIdSchema } from './run.ts';

/** The id of a run's journal: of a run of the window, and of one of the command line. */
export const journalIdSchema = z
  .string()
  .regex(/^\d{8}-\d{6}-[0-9a-f]{4}$/)
  .brand<'JournalId'>();
export type JournalId = z.infer<typeof journalIdSchema>;

/** How a former run stands. `unfinished`: the rest of it can be offered. `left`: other machines went on without this window. */
const standings = ['running', 'unfinished', 'left', 'cancelled', 'ended'] as const;

/** A former run as cards and the history show it. */
export const formerRunSchema = z.strictObject({
  id: journalIdSchema,
  /** Of a run of the window: the id that it had. */
  runId: runIdSchema.optional(),
  front: z.enum(['window', 'terminal', 'library']),
  kind: z.enum(jobKinds),
  title: z.string(),
  /** Its settings in a line; may be empty. */
  settings: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  seconds: z.number(),
  standing: z.enum(standings),
  counters: runCountersSchema,
  /** Of a run that other machines did: its id in the queue, and where its results are. */
  handedOut: z.strictObject({ run: z.string(), place: z.string() }).optional(),
  /** How many of its files were removed by an undo. */
  undone: z.int().optional(),
});
export type FormerRun = z.infer<typeof formerRunSchema>;

/** What a former run, or an entry of the queue, was to do, ready to be looked at and changed before it is started. */
export const preparedSchema = z.strictObject({
  title: z.string(),
  kind: z.enum(jobKinds),
  registration: registrationSchema,
  thumbnails: z.optional(thumbnailRecipeSchema),
  fetch: z.optional(fetchRecipeSchema),
  map: z.optional(mapRecipeSchema),
  recursive: z.boolean().optional(),
  force: z.boolean(),
  /** Absent: the usual place. */
  output: chosenOutputSchema.optional(),
  session: sessionSettingsSchema,
  /** It was done by other machines, and is handed out again. `storage`: the place, where that was no folder. */
  handsOut: z.strictObject({ storage: z.string().optional() }).optional(),
  /** What is not kept and has to be given once more. */
  needs: z.array(z.string()),
});
export type Prepared = z.infer<typeof preparedSchema>;

/** How an item ended, as far as runs are compared by it. */
const comparedSchema = z.strictObject({
  status: z.enum(['done', 'skipped', 'failed', 'cancelled']),
  /** Why it failed, in words. */
  cause: z.string().optional(),
  bytes: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
});
export type Compared = z.infer<typeof comparedSchema>;

/** What differs between two runs. */
export const comparisonSchema = z.strictObject({
  a: formerRunSchema,
  b: formerRunSchema,
  /** Absent on one side: the usual. */
  settings: z.array(z.strictObject({ name: z.string(), a: z.string().optional(), b: z.string().optional() })),
  causes: z.array(z.strictObject({ title: z.string(), a: z.int(), b: z.int() })),
  /** How many items ended differently; `items` has the first of them. */
  differ: z.int(),
  items: z.array(
    z.strictObject({ name: z.string(), a: comparedSchema.optional(), b: comparedSchema.optional() }),
  ),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What becomes of the files that a run made. Before it is done, `removable` tells what would be removed. */
export const undoSchema = z.strictObject({
  removable: z.int(),
  removed: z.int(),
  /** Changed since, or a later run counts on them: they stay. */
  changed: z.int(),
  gone: z.int(),
  /** They cannot be removed. */
  kept: z.int(),
  /** How many took the place of other files, which cannot be had back. */
  replaced: z.int(),
  /** The first that would be removed, for display. */
  names: z.array(z.string()),
});
export type Undo = z.infer<typeof undoSchema>;
