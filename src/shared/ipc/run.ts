import { z } from 'zod';
import { errorCodes } from '../error-codes/error-codes.ts';
import { machineSchema } from '../machines/machine-messages.ts';
import { skipReasons } from '../result.ts';
import { type ByColumn, resultColumns } from '../result-columns.ts';
import { setKinds } from '../settings/set-kinds.ts';
import { stages } from '../stages.ts';
import { hostsStandingSchema } from './hosts.ts';
import { jobKinds, poolSizeSchema } from './job.ts';
import { limitSchema } from './limit.ts';

export const runIdSchema = z.uuid().brand<'RunId'>();
export type RunId = z.infer<typeof runIdSchema>;

/** The id of an image that the page may show as `thumb://shoal/<id>`. */
export const thumbIdSchema = z.uuid().brand<'ThumbId'>();
export type ThumbId = z.infer<typeof thumbIdSchema>;

const runStates = ['scanning', 'running', 'paused', 'cancelling', 'finished'] as const;
export type RunState = (typeof runStates)[number];

export const rowStates = ['working', 'done', 'skipped', 'failed', 'cancelled'] as const;
export type RowState = (typeof rowStates)[number];

const failureSchema = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string(),
  tries: z.int().optional(),
});

const valueSchemas = { number: z.number(), bytes: z.int(), milliseconds: z.number(), text: z.string() };

/** Values that are zero or unknown are left out. */
const columnSchemas = Object.fromEntries(
  resultColumns.map(({ key, kind }) => [key, valueSchemas[kind].optional()]),
) as ByColumn<z.ZodOptional<z.ZodString>, z.ZodOptional<z.ZodNumber>>;

/** One item as the list shows it. `index` is its position in the input and identifies it within the run. */
export const rowSchema = z.strictObject({
  index: z.int().min(0),
  /** That of the file that was made of it, or else its own. */
  name: z.string(),
  /** Its host, or the last folders above it. */
  place: z.string().optional(),
  state: z.enum(rowStates),
  ...columnSchemas,
  thumb: thumbIdSchema.optional(),
  /** The mean colour of what was made, as 0xRRGGBB. */
  colour: z.int().min(0).max(0xff_ff_ff).optional(),
  /** The parts of its time, in 254ths. */
  stages: z.partialRecord(z.enum(stages), z.int()).optional(),
  reason: z.enum(skipReasons).optional(),
  error: failureSchema.optional(),
});
export type Row = z.infer<typeof rowSchema>;

/** One slot of the pool and what it is busy with; idle slots are included. */
const laneSchema = z.strictObject({
  slot: z.int().min(0),
  /** Absent while the slot is idle. `since` is in the run's own milliseconds, as `elapsedMs` is. */
  working: z.strictObject({ index: z.int(), name: z.string(), since: z.number() }).optional(),
  /** What the item took that ended last in it, in milliseconds by stage. */
  last: z.strictObject({ name: z.string(), stages: z.partialRecord(z.enum(stages), z.number()) }).optional(),
});
export type Lane = z.infer<typeof laneSchema>;

/** The hosts that idle slots wait for, and how many requests at once each of them gets, if that is the same. */
const idleForSchema = z.strictObject({ hosts: z.array(z.string()), atOnce: z.int().optional() });
export type IdleFor = z.infer<typeof idleForSchema>;

/** A point of the throughput chart; a change of `poolSize` between two points is a mark on it. */
const sampleSchema = z.strictObject({ atMs: z.number(), perSecond: z.number(), poolSize: z.int() });
export type Sample = z.infer<typeof sampleSchema>;

/** A pool size that the run has had for a while, and what it did then. */
const sizeTriedSchema = z.strictObject({ size: z.int(), perSecond: z.number() });
export type SizeTried = z.infer<typeof sizeTriedSchema>;

export const runCountersSchema = z.strictObject({
  total: z.int(),
  /** False while the source is still being read: `total` will grow. */
  totalKnown: z.boolean(),
  done: z.int(),
  skipped: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  inFlight: z.int(),
  bytesIn: z.int(),
  bytesOut: z.int(),
});
export type Counters = z.infer<typeof runCountersSchema>;

const listedSchema = runCountersSchema.pick({ done: true, skipped: true, failed: true, cancelled: true });
export type Listed = z.infer<typeof listedSchema>;

/** Failures with the same cause, with the newest as an example. */
const failureGroupSchema = z.strictObject({
  code: z.enum(errorCodes),
  count: z.int(),
  example: z.string(),
});
export type FailureGroup = z.infer<typeof failureGroupSchema>;

const progress = {
  runId: runIdSchema,
  /** Nobody has started it: it keeps a watched folder up to date. */
  isWatched: z.literal(true).optional(),
  /** Workers of a queue have it: the window follows it. */
  handedOut: z
    .strictObject({
      run: z.string(),
      /** The queue is not reached now, and is waited for. */
      isLost: z.boolean(),
      /** Absent until the workers were heard of. */
      buckets: z.strictObject({ all: z.int(), ended: z.int(), broken: z.int(), atWork: z.int() }).optional(),
      /** Those that work on it, and how many there are besides. */
      workers: z.array(machineSchema).optional(),
      others: z.int().optional(),
    })
    .optional(),
  /** Counts up by one with each message; the page acknowledges the last that it has drawn. */
  sequence: z.int().min(0),
  state: z.enum(runStates),
  counters: runCountersSchema,
  /** How many items have results, where workers elsewhere tell ahead of these how far they are. */
  listed: listedSchema.optional(),
  poolSize: poolSizeSchema,
  /** Whether the run finds the pool size itself. */
  poolAutomatic: z.boolean(),
  elapsedMs: z.number(),
  /** Items ended a second, smoothed so that neither the rate nor the estimate jumps. */
  perSecond: z.number(),
  bytesPerSecond: z.number(),
  /** Absent while there is no estimate. */
  secondsLeft: z.number().optional(),
  /** The host that will take longest, where that decides how long the run will. */
  slowestHost: z.string().optional(),
  sizes: z.array(sizeTriedSchema),
  lanes: z.array(laneSchema),
  /** Present only while something waits that idle slots would take, were its host not asked enough at once already. */
  idleFor: idleForSchema.optional(),
  /** Of a run that fetches, while it is on. */
  hosts: hostsStandingSchema.optional(),
  /** The limit of what comes in, in bytes a second; absent where there is none. */
  bandwidth: z.number().optional(),
  failures: z.array(failureGroupSchema),
  /** Warnings that are not about one item: whole sentences, the first few only. */
  warnings: z.array(z.string()).optional(),
  /** What limits the run of late, or limited it as a whole once it has ended; absent while nothing shows. */
  limit: limitSchema.optional(),
  /** What was made of all thumbnails together; absent until then. */
  sets: z.array(z.strictObject({ kind: z.enum(setKinds), pictures: z.int() })).optional(),
  /** How many thumbnails of deleted originals were removed; absent if none. */
  removed: z.int().optional(),
  /** Why the run ended early without being cancelled: a whole sentence. */
  problem: z.string().optional(),
};

/** The combined update: current totals, and the rows that changed since the last update (last write wins). */
export const runUpdateSchema = z.strictObject({
  ...progress,
  rows: z.array(rowSchema),
  /** How many older changed rows were left out of this message: a page that shows them asks for them. */
  rowsLeftOut: z.int().optional(),
  /** The new points of the chart. */
  samples: z.array(sampleSchema),
});
export type RunUpdate = z.infer<typeof runUpdateSchema>;

/** Everything a page needs that was (re)loaded during a run, except rows, which it asks for in pages. */
export const runSnapshotSchema = z.strictObject({
  ...progress,
  kind: z.enum(jobKinds),
  title: z.string(),
  destination: z.string(),
  samples: z.array(sampleSchema),
});
export type RunSnapshot = z.infer<typeof runSnapshotSchema>;

export const rowFilters = ['all', 'done', 'skipped', 'failed', 'cancelled'] as const;
/** In which order rows come: as they ended, by name, outcome or place, or with the most of something first. */
export const rowOrders = ['ended', 'name', 'place', 'state', 'size', 'pixels', 'time', 'tries'] as const;
export type RowOrder = (typeof rowOrders)[number];
export const rowsRequestSchema = z.strictObject({
  runId: runIdSchema,
  offset: z.int().min(0),
  limit: z.int().min(1).max(500),
  filter: z.enum(rowFilters).default('all'),
  /** Part of a name or of a host. */
  search: z.string().max(200).default(''),
  order: z.enum(rowOrders).default('ended'),
  cause: z.enum(errorCodes).optional(),
});
/** Whether a list has other rows than its filter, or in another order than that in which they ended. */
export function isNarrowed({
  search = '',
  order = 'ended',
  cause,
}: Partial<Pick<z.infer<typeof rowsRequestSchema>, 'search' | 'order' | 'cause'>>): boolean {
  return search !== '' || order !== 'ended' || cause !== undefined;
}

/** Rows that pass the filter and the search, in the order asked for. */
export const rowsPageSchema = z.strictObject({ total: z.int(), rows: z.array(rowSchema) });
export type RowsPage = z.infer<typeof rowsPageSchema>;
