import { z } from 'zod';
import { errorCodes } from '../error-codes/error-codes.ts';
import { thumbIdSchema } from './run.ts';

/** One of the images that are made before the start, to be looked at. */
const sampleSchema = z.strictObject({
  /** The last part of its path. */
  name: z.string(),
  /** `late`: it was not made in time, and is not waited for. */
  state: z.enum(['waiting', 'made', 'failed', 'late']),
  /** What was made of it. Of several sizes the largest; absent where the page cannot show it. */
  result: thumbIdSchema.optional(),
  original: thumbIdSchema.optional(),
  /** Why the original is not shown, where there is one: a sentence. */
  withoutOriginal: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  bytesIn: z.int().optional(),
  /** Of the picture that is shown, and of all sizes together. */
  bytesOut: z.int().optional(),
  bytesOfAll: z.int().optional(),
  error: z.strictObject({ code: z.enum(errorCodes), message: z.string() }).optional(),
});
export type Sample = z.infer<typeof sampleSchema>;

export const samplesSchema = z.strictObject({
  samples: z.array(sampleSchema),
  /** Whether more is made: whoever asks again hears of it. */
  goesOn: z.boolean(),
});
export type Samples = z.infer<typeof samplesSchema>;
