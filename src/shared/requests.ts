import * as z from 'zod/mini';
import { fetchRecipeSchema, thumbnailRecipeSchema } from './recipe.ts';

const someText = z.string().check(z.minLength(1));

/** Whether each file is forced to the disk before it gets its name, so that a power cut loses none that was told done. */
const durableSchema = z._default(z.boolean(), false);

/** Thumbnails of folders and files: plain data that the command line and the window build alike. */
export const thumbnailRequestSchema = z.strictObject({
  kind: z.literal('thumbnails'),
  /** Folders and image files, absolute or from the working directory. */
  paths: z.array(someText).check(z.minLength(1)),
  recipe: thumbnailRecipeSchema,
  /** Default: `thumbs/` inside each folder given, or beside each file given. */
  outputFolder: z.optional(someText),
  /** A glob that images must match; without a slash it is held against their names. */
  match: z.optional(someText),
  recursive: z._default(z.boolean(), true),
  durable: durableSchema,
});
export type ThumbnailRequest = z.infer<typeof thumbnailRequestSchema>;

/** What a fetch run may know and no result, report or ledger may tell. */
export const fetchAccessSchema = z.strictObject({
  /** HTTP basic authentication, for the origins in the list only. */
  user: z.optional(z.string()),
  password: z.optional(z.string()),
  /** A cookie file in the Netscape format. */
  cookieFile: z.optional(someText),
  /** Further certificate authorities, PEM. */
  caFile: z.optional(someText),
});
export type FetchAccess = z.infer<typeof fetchAccessSchema>;

/** Where URLs come from: an URL (with ranges) or a list file as a person names it, `-` for standard input, or text pasted. */
export const urlInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('argument'), value: someText }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  /** The results (NDJSON) of a former run: what failed or was cancelled in it. */
  z.strictObject({ kind: z.literal('report'), path: someText }),
]);
export type UrlInput = z.infer<typeof urlInputSchema>;

/** Files from URLs: plain data that the command line and the window build alike. */
export const fetchRequestSchema = z.strictObject({
  kind: z.literal('fetch'),
  inputs: z.array(urlInputSchema).check(z.minLength(1)),
  recipe: fetchRecipeSchema,
  /** Default: `downloads/` in the working directory. */
  outputFolder: z._default(someText, 'downloads'),
  access: z._default(fetchAccessSchema, {}),
  durable: durableSchema,
});
export type FetchRequest = z.infer<typeof fetchRequestSchema>;
