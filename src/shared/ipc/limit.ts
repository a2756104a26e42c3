import { z } from 'zod';
import type { Limit } from '../limits/limit.ts';

const share = z.number();
const host = z.string();

/** What limits a run, as `../limit.ts` describes it. */
export const limitSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('processor'),
    share,
    cores: z.int(),
    others: share.optional(),
    thread: z.enum(['main', 'transfers']).optional(),
  }),
  z.strictObject({ kind: z.literal('disk'), share }),
  z.strictObject({ kind: z.literal('memory'), share }),
  z.strictObject({
    kind: z.literal('host-limit'),
    host: host.optional(),
    atOnce: z.int(),
    ms: z.number().optional(),
    suggested: z.int(),
    gain: z.number(),
  }),
  z.strictObject({ kind: z.literal('host-answers'), host, ms: z.number(), fastestMs: z.number() }),
  z.strictObject({ kind: z.literal('refusals'), host, refusals: z.int(), perSecond: z.number() }),
  z.strictObject({ kind: z.literal('gap'), host, gapMs: z.number() }),
  z.strictObject({ kind: z.literal('network'), host: host.optional(), share, bytesPerSecond: z.number() }),
  z.strictObject({ kind: z.literal('bandwidth'), bytesPerSecond: z.number(), limit: z.number() }),
  z.strictObject({
    kind: z.literal('pool'),
    poolSize: z.int(),
    ms: z.number().optional(),
    suggested: z.int(),
    gain: z.number(),
    perHost: z.int().optional(),
  }),
  z.strictObject({ kind: z.literal('reader'), share }),
]) satisfies z.ZodType<Limit>;
