import { z } from 'zod';
import type { HostsStanding } from '../progress/hosts-standing.ts';

/** How far a run is by host, as `../progress/hosts-standing.ts` describes it. */
export const hostsStandingSchema = z.strictObject({
  hosts: z
    .array(
      z.strictObject({
        host: z.string(),
        left: z.int(),
        failed: z.int(),
        perSecond: z.number().optional(),
        p50: z.number().optional(),
        p95: z.number().optional(),
        atOnce: z.int(),
        isHeld: z.boolean(),
      }),
    )
    .readonly(),
  more: z.strictObject({ hosts: z.int(), left: z.int() }),
  heldLeft: z.int(),
  mostAtOnce: z.int(),
  slowest: z.strictObject({ host: z.string(), seconds: z.number() }).optional(),
}) satisfies z.ZodType<HostsStanding>;
