import { z } from 'zod';
import { poolSizeSchema, startRunSchema } from './job.ts';

/** Times each pool size on the given inputs. The outputs are thrown away. */
export const tuneRequestSchema = startRunSchema.omit({ poolSize: true }).extend({
  sizes: z.array(poolSizeSchema).min(2).max(32).optional(),
});

const tunePointSchema = z.strictObject({
  poolSize: z.int(),
  seconds: z.number(),
  perSecond: z.number(),
  failed: z.int(),
});
export type TunePoint = z.infer<typeof tunePointSchema>;

export const tuneUpdateSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('measuring'),
    sizes: z.array(z.int()),
    points: z.array(tunePointSchema),
    /** The size being timed now. */
    current: z.int(),
  }),
  z.strictObject({
    state: z.literal('finished'),
    sizes: z.array(z.int()),
    points: z.array(tunePointSchema),
    /** The knee: the smallest size beyond which a larger one gains little. */
    knee: z.int(),
  }),
  z.strictObject({
    state: z.literal('cancelled'),
    sizes: z.array(z.int()),
    points: z.array(tunePointSchema),
  }),
  z.strictObject({ state: z.literal('failed'), message: z.string() }),
]);
export type TuneUpdate = z.infer<typeof tuneUpdateSchema>;
