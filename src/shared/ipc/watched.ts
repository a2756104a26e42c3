import { z } from 'zod';
import { formerRunSchema } from './history.ts';

export const watchedIdSchema = z.uuid().brand<'WatchedId'>();
export type WatchedId = z.infer<typeof watchedIdSchema>;

/**
 * How a watched folder stands. `looking`: what there is to do is being found out; `waiting`: something may be, once the run
 * that is on has ended; `gone`: the folder is not there, and its return is waited for.
 */
const watchedStates = ['looking', 'up-to-date', 'waiting', 'working', 'paused', 'gone', 'failed'] as const;

/** A folder that is kept up to date, as its card shows it. */
const watchedFolderSchema = z.strictObject({
  id: watchedIdSchema,
  title: z.string(),
  /** Its settings in a line. */
  settings: z.string(),
  /** Where its results go, as text for display. */
  destination: z.string(),
  state: z.enum(watchedStates),
  /** Whether what comes in is left for later. What is on all the same, as by hand, is told by the state. */
  paused: z.boolean(),
  /** Why it cannot be kept up to date: whole sentences. */
  problem: z.string().optional(),
  /** The last run that had something to do. */
  last: formerRunSchema.optional(),
});
export type WatchedFolder = z.infer<typeof watchedFolderSchema>;

export const watchedSchema = z.strictObject({
  folders: z.array(watchedFolderSchema),
  /** What a person should know of the list as a whole: a sentence. */
  problem: z.string().optional(),
});
export type Watched = z.infer<typeof watchedSchema>;

/** Whether the folder of a run can be kept up to date, or is so with the same settings. */
export const watchOfferSchema = z.strictObject({ offer: z.enum(['none', 'keep', 'kept']) });
export type WatchOffer = z.infer<typeof watchOfferSchema>;
