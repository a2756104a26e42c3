import { z } from 'zod';
import { fetchRecipeSchema, thumbnailRecipeSchema } from './recipe.ts';

/** Thumbnails of folders and files: plain data that the command line and the window build alike. */
export const thumbnailRequestSchema = z.strictObject({
  kind: z.literal('thumbnails'),
  /** Folders and image files, absolute or from the working directory. */
  paths: z.array(z.string().min(1)).min(1),
  recipe: thumbnailRecipeSchema,
  /** Default: `thumbs/` inside each folder given, or beside each file given. */
  outputFolder: z.string().min(1).optional(),
  /** A glob that images must match; without a slash it is held against their names. */
  match: z.string().min(1).optional(),
  recursive: z.boolean().default(true),
});
export type ThumbnailRequest = z.infer<typeof thumbnailRequestSchema>;

/** What a fetch run may know and no result, report or ledger may tell. */
export const fetchAccessSchema = z.strictObject({
  /** HTTP basic authentication, for the origins in the list only. */
  user: z.string().optional(),
  password: z.string().optional(),
  /** A cookie file in the Netscape format. */
  cookieFile: z.string().min(1).optional(),
  /** Further certificate authorities, PEM. */
  caFile: z.string().min(1).optional(),
});
export type FetchAccess = z.infer<typeof fetchAccessSchema>;

/** Where URLs come from: an URL (with ranges) or a list file as a person names it, `-` for standard input, or text pasted. */
export const urlInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('argument'), value: z.string().min(1) }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  /** The results (NDJSON) of a former run: what failed or was cancelled in it. */
  z.strictObject({ kind: z.literal('report'), path: z.string().min(1) }),
]);
export type UrlInput = z.infer<typeof urlInputSchema>;

/** Files from URLs: plain data that the command line and the window build alike. */
export const fetchRequestSchema = z.strictObject({
  kind: z.literal('fetch'),
  inputs: z.array(urlInputSchema).min(1),
  recipe: fetchRecipeSchema,
  /** Default: `downloads/` in the working directory. */
  outputFolder: z.string().min(1).default('downloads'),
  access: fetchAccessSchema.default({}),
});
export type FetchRequest = z.infer<typeof fetchRequestSchema>;
