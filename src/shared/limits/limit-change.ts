import { z } from 'zod';
import { fetchSettings } from '../settings/fetch-settings.ts';

const { min, max } = fetchSettings.perHost;
/** The name of a host with its port. */
const hostSchema = z.string().min(1).max(300);

/** A limit that is changed by hand while the run is on. */
export const limitChangeSchema = z.discriminatedUnion('kind', [
  /** So many requests at once for a host, or for each host that has no number of its own. */
  z.strictObject({
    kind: z.literal('per-host'),
    host: hostSchema.optional(),
    atOnce: z.int().min(min).max(max),
  }),
  /** Nothing is asked of the host until it is let go. */
  z.strictObject({ kind: z.literal('hold'), host: hostSchema }),
  z.strictObject({ kind: z.literal('let-go'), host: hostSchema }),
  /** For the whole run; without a number there is no limit any more. */
  z.strictObject({
    kind: z.literal('bandwidth'),
    bytesPerSecond: z.int().min(fetchSettings.bandwidth.min).max(Number.MAX_SAFE_INTEGER).optional(),
  }),
]);
export type LimitChange = z.infer<typeof limitChangeSchema>;

/** What was changed, in a few words. */
export function limitChangeWords(change: LimitChange): string {
  switch (change.kind) {
    case 'per-host':
      return `${change.host ?? 'each host'}: ${change.atOnce} at once`;
    case 'hold':
      return `${change.host}: held`;
    case 'let-go':
      return `${change.host}: let go`;
    case 'bandwidth':
      return change.bytesPerSecond === undefined
        ? 'bandwidth: no limit'
        : `bandwidth: ${Math.round(change.bytesPerSecond / 1_000)} kB a second`;
  }
}
