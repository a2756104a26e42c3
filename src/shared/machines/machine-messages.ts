import { z } from 'zod';

/** A queue as a person writes it. `null` is none. */
export const setQueueSchema = z.strictObject({ queue: z.string().trim().min(1).max(2_048).nullable() });

/** Which queue the window uses. What gives access to it is never shown. */
export const queueChoiceSchema = z.strictObject({
  queue: z.string().optional(),
  /** Whether the next start knows it too: one with a password is used while the window is open. */
  isKept: z.boolean(),
  /** The queue of the environment, where another one is used, or none. */
  offered: z.string().optional(),
});
export type QueueChoice = z.infer<typeof queueChoiceSchema>;

/** An object storage, as a place for what a run makes. */
export const storagePlaceSchema = z
  .string()
  .trim()
  .regex(/^s3:\/\/[^/\s]+(\/\S*)?$/)
  .max(2_048);

export const queuedRunIdSchema = z.string().regex(/^[\w.-]{1,100}$/);

const queuedStates = ['splitting', 'not started', 'queued', 'ended', 'cancelled'] as const;

/** A run that workers have, as the queue tells of it. */
const queuedRunSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  place: z.string(),
  /** Milliseconds since 1970. */
  submittedAt: z.number(),
  state: z.enum(queuedStates),
  items: z.int(),
  done: z.int(),
  failed: z.int(),
  buckets: z.int(),
  /** The buckets that workers have now. Their items are counted with those that are done and failed. */
  atWork: z.int(),
  /** The buckets of which every item has ended. */
  ended: z.int(),
  /** The buckets that failed by themselves, and their items with them. */
  broken: z.int(),
});
export type QueuedRun = z.infer<typeof queuedRunSchema>;

/** A worker. A name that is not of our making tells neither process nor version, and an older one nothing of its work. */
export const machineSchema = z.strictObject({
  name: z.string(),
  machine: z.string(),
  process: z.string().optional(),
  program: z.string().optional(),
  /** It was there a short while ago, and is not heard of any more. */
  isLost: z.boolean(),
  /** When it began to take buckets, in milliseconds since 1970. */
  since: z.number().optional(),
  /** How long ago it told of itself, in milliseconds. */
  heardMs: z.int().optional(),
  /** How many items at once it works on at most, and now. */
  places: z.int().optional(),
  busy: z.int().optional(),
  /** Items ended a second of late. */
  perSecond: z.number().optional(),
  buckets: z.array(
    z.strictObject({ run: z.string(), bucket: z.int(), items: z.int(), ended: z.int(), failed: z.int() }),
  ),
});
export type Machine = z.infer<typeof machineSchema>;

export const machinesSchema = z.strictObject({
  /** `lost`: it has answered before, and is waited for; all else is what was known last. */
  connection: z.enum(['connected', 'lost', 'refused']),
  /** Why it could not be reached at all. */
  problem: z.string().optional(),
  workers: z.array(machineSchema),
  /** How many workers speak another version of the protocol, and take nothing. */
  others: z.int(),
  runs: z.array(queuedRunSchema),
});
export type Machines = z.infer<typeof machinesSchema>;
