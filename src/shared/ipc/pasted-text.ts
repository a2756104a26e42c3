import { z } from 'zod';
import { registerTextSchema } from './inputs.ts';

export const countTextSchema = registerTextSchema.pick({ text: true });

/** What a text has in it; not complete where it is longer than is counted while a person types. */
export const urlCountSchema = z.strictObject({
  files: z.int(),
  hosts: z.int(),
  unusable: z.int(),
  isComplete: z.boolean(),
});
export type UrlCount = z.infer<typeof urlCountSchema>;
