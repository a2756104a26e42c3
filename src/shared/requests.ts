import * as z from 'zod/mini';
import { fetchRecipeSchema, thumbnailRecipeSchema } from './recipe.ts';
import { fetchAccessSettings } from './settings/fetch-settings.ts';
import { runSettings, walkSettings } from './settings/run-settings.ts';
import { schemaOf, shapeOf } from './settings/schema-of.ts';

const someText = z.string().check(z.minLength(1));

/** A request for thumbnails of folders and files. The command line and the window build the same plain data. */
export const thumbnailRequestSchema = z.strictObject({
  kind: z.literal('thumbnails'),
  /** Folders and image files, absolute or relative to the working directory. */
  paths: z.array(someText).check(z.minLength(1)),
  recipe: thumbnailRecipeSchema,
  /** Default: `thumbs/` inside each folder given, or beside each file given. */
  outputFolder: z.optional(someText),
  /** Which files of the folders are taken. */
  ...shapeOf(walkSettings, {}),
  durable: schemaOf(runSettings.durable),
});
export type ThumbnailRequest = z.infer<typeof thumbnailRequestSchema>;

/** Settings that a fetch run may use but that no result, report or ledger may contain. */
const fetchAccessSchema = z.strictObject(shapeOf(fetchAccessSettings, {}));
export type FetchAccess = z.infer<typeof fetchAccessSchema>;

/**
 * Where URLs come from: a URL (with ranges) or list file as a person names it, `-` for standard input, or pasted text.
 */
const urlInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('argument'), value: someText }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  /** The results (NDJSON) of a former run: fetches the items that failed or were cancelled in it. */
  z.strictObject({ kind: z.literal('report'), path: someText }),
]);
export type UrlInput = z.infer<typeof urlInputSchema>;

/** A request for files from URLs. The command line and the window build the same plain data. */
export const fetchRequestSchema = z.strictObject({
  kind: z.literal('fetch'),
  inputs: z.array(urlInputSchema).check(z.minLength(1)),
  recipe: fetchRecipeSchema,
  /** Default: `downloads/` in the working directory. */
  outputFolder: z._default(someText, 'downloads'),
  access: z._default(fetchAccessSchema, {}),
  durable: schemaOf(runSettings.durable),
});
export type FetchRequest = z.infer<typeof fetchRequestSchema>;
