import { z } from 'zod';
import { jobKinds } from './job.ts';

export const queueIdSchema = z.uuid().brand<'QueueId'>();
export type QueueId = z.infer<typeof queueIdSchema>;

const queueEntrySchema = z.strictObject({
  id: queueIdSchema,
  kind: z.enum(jobKinds),
  title: z.string(),
  /** Its settings in a line; may be empty. */
  settings: z.string(),
  /** Where its results go, as text for display. */
  destination: z.string(),
  /** What is not kept on the disk and has to be given again before it can be started. */
  needs: z.array(z.string()),
  /** Why it could not be started: a sentence. */
  problem: z.string().optional(),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export const queueSchema = z.strictObject({
  entries: z.array(queueEntrySchema),
  /** Why the next entry does not start by itself: it waits from the last time, or a run was cancelled. */
  held: z.enum(['last-time', 'cancelled']).optional(),
});
export type Queue = z.infer<typeof queueSchema>;

export const moveInQueueSchema = z.strictObject({ id: queueIdSchema, to: z.int().min(0).max(1_000) });
