import { z } from 'zod';

const counts = z.array(z.strictObject({ name: z.string(), count: z.int() }));

/** What is in the inputs of a job, as far as it has been looked at. */
export const contentsSchema = z.strictObject({
  /** The images by format, the most frequent first. */
  formats: counts,
  /** The images that nobody here reads, by format; `unreadNames` has the first of them. */
  unread: counts,
  unreadNames: z.array(z.string()),
  /** How many URLs were listed before. */
  twice: z.int(),
  /** The hosts with the most URLs to fetch, and what further hosts there are. */
  hosts: z.array(z.strictObject({ host: z.string(), count: z.int() })),
  furtherHosts: z.int(),
  furtherUrls: z.int(),
  /** Files that the run would replace: made with other settings, or of what has changed since. */
  otherSettings: z.int(),
  earlier: z.int(),
});
export type Contents = z.infer<typeof contentsSchema>;
