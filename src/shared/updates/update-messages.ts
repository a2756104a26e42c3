import { z } from 'zod';

/**
 * What is done about newer versions: nothing, unless the person asks; look for them once a day and tell; or fetch them too,
 * and install at the next quit.
 */
export const updateChoices = ['off', 'tell', 'install'] as const;
export type UpdateChoice = (typeof updateChoices)[number];

/** Why a copy of the app never looks for newer versions: others keep it up to date. */
const reasonsForNoUpdates = ['unpacked', 'distribution', 'by-hand'] as const;
export type ReasonForNoUpdates = (typeof reasonsForNoUpdates)[number];

const ofVersion = z.strictObject({
  version: z.string(),
  /** Whether the person does not want to be told of it again. */
  isQuiet: z.boolean(),
});

export const updateStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none'), why: z.enum(reasonsForNoUpdates) }),
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({ kind: z.literal('looking') }),
  z.strictObject({ kind: z.literal('newest') }),
  ofVersion.extend({ kind: z.literal('found') }),
  z.strictObject({ kind: z.literal('downloading'), version: z.string(), share: z.number().min(0).max(1) }),
  /** It is installed when the app quits. */
  ofVersion.extend({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('failed'), message: z.string() }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;
