import { z } from 'zod';

/** What has ended: all of the app, with an error or without a word, or the window's process alone. */
const ends = ['error', 'gone', 'window'] as const;

/** A report that the person has not seen yet. */
export const crashOfferSchema = z.strictObject({
  end: z.enum(ends),
  /** Where it lies, as words. */
  place: z.string(),
  /** Its lines: on the way to the page a line break in a text would become visible. */
  lines: z.array(z.string()),
});
export type CrashOffer = z.infer<typeof crashOfferSchema>;
