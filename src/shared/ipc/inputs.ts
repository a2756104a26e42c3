import { z } from 'zod';

/** An opaque id: only main knows the input behind it. */
export const inputIdSchema = z.uuid().brand<'InputId'>();
export type InputId = z.infer<typeof inputIdSchema>;

export const outputIdSchema = z.uuid().brand<'OutputId'>();
export type OutputId = z.infer<typeof outputIdSchema>;

export const moduleIdSchema = z.uuid().brand<'ModuleId'>();
export type ModuleId = z.infer<typeof moduleIdSchema>;

/** A module with a function of the person's own. Only main knows its path. */
const chosenModuleSchema = z.strictObject({
  id: moduleIdSchema,
  name: z.string(),
  /** The last parts of the path above it. Only for display. */
  place: z.string(),
});
export type ChosenModule = z.infer<typeof chosenModuleSchema>;

/** Whoever drops more files than this at once should drop their folder. */
const maxDroppedPaths = 20_000;
/** Enough for 1,000,000 URLs of 128 characters. */
const maxPastedCharacters = 128_000_000;

const registeredSchema = z.strictObject({
  id: inputIdSchema,
  /** The last part of its path, or how the list was given. Only for display. */
  name: z.string(),
  /** The last parts of the path above it, to tell inputs of the same name apart. Only for display. */
  place: z.string().optional(),
});

/** An input by its kind. `list` is a file or a text of URLs. */
const registeredInputSchema = z.discriminatedUnion('kind', [
  registeredSchema.extend({ kind: z.literal('folder') }),
  registeredSchema.extend({ kind: z.literal('image') }),
  registeredSchema.extend({ kind: z.literal('list') }),
]);
export type RegisteredInput = z.infer<typeof registeredInputSchema>;
export type InputKind = RegisteredInput['kind'];

/** An input that cannot be used, with a sentence that says why. */
const refusedInputSchema = z.strictObject({ name: z.string(), message: z.string() });
export type RefusedInput = z.infer<typeof refusedInputSchema>;

export const registrationSchema = z.strictObject({
  inputs: z.array(registeredInputSchema),
  refused: z.array(refusedInputSchema),
  /** The module that was among what was given. */
  module: chosenModuleSchema.optional(),
});
export type Registration = z.infer<typeof registrationSchema>;

export const registerPathsSchema = z.strictObject({
  paths: z.array(z.string().min(1).max(32_768)).min(1).max(maxDroppedPaths),
});

export const registerTextSchema = z.strictObject({
  text: z.string().min(1).max(maxPastedCharacters),
  /** How the text was given: the source of its display name. */
  origin: z.enum(['paste', 'drop']),
});

/** An output folder that the person chose. `display` is its text for display, `id` names it to main. */
export const chosenOutputSchema = z.strictObject({ id: outputIdSchema, display: z.string() });
export type ChosenOutput = z.infer<typeof chosenOutputSchema>;
