import { z } from 'zod';

/** Opaque to the page: what it stands for is known to main alone. */
export const inputIdSchema = z.uuid().brand<'InputId'>();
export type InputId = z.infer<typeof inputIdSchema>;

export const outputIdSchema = z.uuid().brand<'OutputId'>();
export type OutputId = z.infer<typeof outputIdSchema>;

/** More than this many files dropped at once are a folder that should have been dropped. */
const maxDroppedPaths = 20_000;
/** 1,000,000 URLs of 128 characters. */
const maxPastedCharacters = 128_000_000;

const registeredSchema = z.strictObject({
  id: inputIdSchema,
  /** The last part of its path, or how the list came: for the eye only. */
  name: z.string(),
});

/** What a person gave us, by what it is. `list` is a file or a text of URLs. */
const registeredInputSchema = z.discriminatedUnion('kind', [
  registeredSchema.extend({ kind: z.literal('folder') }),
  registeredSchema.extend({ kind: z.literal('image') }),
  registeredSchema.extend({ kind: z.literal('list') }),
]);
export type RegisteredInput = z.infer<typeof registeredInputSchema>;
export type InputKind = RegisteredInput['kind'];

/** A thing that was given and cannot be used, with a sentence that says why. */
const refusedInputSchema = z.strictObject({ name: z.string(), message: z.string() });
export type RefusedInput = z.infer<typeof refusedInputSchema>;

export const registrationSchema = z.strictObject({
  inputs: z.array(registeredInputSchema),
  refused: z.array(refusedInputSchema),
});
export type Registration = z.infer<typeof registrationSchema>;

export const registerPathsSchema = z.strictObject({
  paths: z.array(z.string().min(1).max(32_768)).min(1).max(maxDroppedPaths),
});

export const registerTextSchema = z.strictObject({
  text: z.string().min(1).max(maxPastedCharacters),
  /** How it came, which becomes its display name. */
  origin: z.enum(['paste', 'drop']),
});

/** An output folder the person chose. `display` is for reading, `id` for naming it to main. */
export const chosenOutputSchema = z.strictObject({ id: outputIdSchema, display: z.string() });
export type ChosenOutput = z.infer<typeof chosenOutputSchema>;
