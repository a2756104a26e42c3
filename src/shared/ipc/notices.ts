import { z } from 'zod';

/** A package that the app contains, and under which terms. */
export const noticeSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** An SPDX expression, as the package gives it. */
  license: z.string(),
  /** The texts of its licence and notice files; empty where the package brings none. */
  text: z.string(),
});
export type Notice = z.infer<typeof noticeSchema>;
