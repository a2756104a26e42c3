import { z } from 'zod';
import { errorCodes } from '../error-codes/error-codes.ts';
import { type ByColumn, resultColumns } from '../result-columns.ts';
import { poolSizeSchema } from './job.ts';

export const runIdSchema = z.uuid().brand<'RunId'>();
export type RunId = z.infer<typeof runIdSchema>;

/** An image the page may show as `thumb://shoal/<id>`. */
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

/** What is nought or unknown is left out. */
const columnSchemas = Object.fromEntries(
  resultColumns.map(({ key, kind }) => [key, valueSchemas[kind].optional()]),
) as ByColumn<z.ZodOptional<z.ZodString>, z.ZodOptional<z.ZodNumber>>;

/** One item as the list shows it. `index` is its place in the input and its identity within the run. */
const rowSchema = z.strictObject({
  index: z.int().min(0),
  name: z.string(),
  state: z.enum(rowStates),
  ...columnSchemas,
  thumb: thumbIdSchema.optional(),
  reason: z.string().optional(),
  error: failureSchema.optional(),
});
export type Row = z.infer<typeof rowSchema>;

/** One slot of the pool and what it is busy with; idle slots are there too. */
const laneSchema = z.strictObject({
  slot: z.int().min(0),
  /** Absent while the slot is idle. `since` is in the run's own milliseconds, as `elapsedMs` is. */
  working: z.strictObject({ index: z.int(), name: z.string(), since: z.number() }).optional(),
});
export type Lane = z.infer<typeof laneSchema>;

/** A point of the throughput chart; a change of `poolSize` between two points is a mark on it. */
const sampleSchema = z.strictObject({ atMs: z.number(), perSecond: z.number(), poolSize: z.int() });
export type Sample = z.infer<typeof sampleSchema>;

const countersSchema = z.strictObject({
  total: z.int(),
  /** False while the source is still being walked: `total` will grow. */
  totalKnown: z.boolean(),
  done: z.int(),
  skipped: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  inFlight: z.int(),
  bytesIn: z.int(),
  bytesOut: z.int(),
});
export type Counters = z.infer<typeof countersSchema>;

/** Failures of one cause, with the newest of them as an example. */
const failureGroupSchema = z.strictObject({
  code: z.enum(errorCodes),
  count: z.int(),
  example: z.string(),
});
export type FailureGroup = z.infer<typeof failureGroupSchema>;

const progress = {
  runId: runIdSchema,
  /** Counts up by one a message; the page acknowledges the last it has drawn. */
  sequence: z.int().min(0),
  state: z.enum(runStates),
  counters: countersSchema,
  poolSize: poolSizeSchema,
  elapsedMs: z.number(),
  /** Smoothed, so that neither it nor the estimate jumps. */
  perSecond: z.number(),
  bytesPerSecond: z.number(),
  /** Absent while it cannot be told. */
  secondsLeft: z.number().optional(),
  lanes: z.array(laneSchema),
  failures: z.array(failureGroupSchema),
  /** What the person should know that is not about one item: whole sentences, the first few. */
  warnings: z.array(z.string()).optional(),
  /** Why the run ended early, where it was not cancelled: a whole sentence. */
  problem: z.string().optional(),
};

/** The coalesced message: totals as they stand, and the rows that changed since the last (last write wins). */
export const runUpdateSchema = z.strictObject({
  ...progress,
  rows: z.array(rowSchema),
  /** How many older changed rows had no place in this message: a page that shows them asks for them. */
  rowsLeftOut: z.int().optional(),
  /** Points of the chart that are new. */
  samples: z.array(sampleSchema),
});
export type RunUpdate = z.infer<typeof runUpdateSchema>;

/** All a page needs that was (re)loaded in the middle; rows it asks for by the page. */
export const runSnapshotSchema = z.strictObject({
  ...progress,
  kind: z.enum(['thumbnails', 'fetch']),
  title: z.string(),
  destination: z.string(),
  samples: z.array(sampleSchema),
});
export type RunSnapshot = z.infer<typeof runSnapshotSchema>;

export const rowFilters = ['all', 'done', 'skipped', 'failed', 'cancelled'] as const;
export const rowsRequestSchema = z.strictObject({
  runId: runIdSchema,
  offset: z.int().min(0),
  limit: z.int().min(1).max(500),
  filter: z.enum(rowFilters).default('all'),
});
/** Rows of the filter in the order in which they ended. */
export const rowsPageSchema = z.strictObject({ total: z.int(), rows: z.array(rowSchema) });
export type RowsPage = z.infer<typeof rowsPageSchema>;

export const recentRunSchema = z.strictObject({
  runId: runIdSchema,
  kind: z.enum(['thumbnails', 'fetch']),
  title: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  /** Absent where it did not end: the rest of it can be offered. */
  finishedAt: z.number().optional(),
  counters: countersSchema,
});
export type RecentRun = z.infer<typeof recentRunSchema>;
