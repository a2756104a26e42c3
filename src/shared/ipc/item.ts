import { z } from 'zod';
import { rowSchema, runIdSchema, thumbIdSchema } from './run.ts';

/** One item of a run. The page names it by its number in the run, never by a path. */
export const itemRequestSchema = z.strictObject({
  runId: runIdSchema,
  index: z.int().min(0).max(0x7fff_ffff),
});

/** Everything that the page may know of one item. */
export const itemDetailsSchema = z.strictObject({
  row: rowSchema,
  /** What the person's own function returned for it, where the row has not all of it. */
  value: z.string().optional(),
  /** Of an item that was fetched. */
  url: z.string().optional(),
  host: z.string().optional(),
  /** The pictures that the page may show of it. */
  result: thumbIdSchema.optional(),
  original: thumbIdSchema.optional(),
  /** Why the original is not shown, where there is one: a sentence. */
  withoutOriginal: z.string().optional(),
  /** Why what was made is not shown, where something was: a sentence. */
  withoutResult: z.string().optional(),
  /** The file that can be opened and shown in its folder: what was made, or else what it would be made of. */
  file: z.enum(['result', 'original']).optional(),
});
export type ItemDetails = z.infer<typeof itemDetailsSchema>;
