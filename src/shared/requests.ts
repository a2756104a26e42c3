import * as z from 'zod/mini';
import { fetchRecipeSchema, mapRecipeSchema, thumbnailRecipeSchema } from './recipe.ts';
import { fetchAccessSettings } from './settings/fetch-settings.ts';
import { runSettings, setSettings, walkSettings } from './settings/run-settings.ts';
import { schemaOf, shapeOf } from './settings/schema-of.ts';

const someText = z.string().check(z.minLength(1));

/** A list of paths, one a line: standard input, or the journal of a run that had read it from there. */
const pathListSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('input'), null: z._default(z.boolean(), false) }),
  z.strictObject({ kind: z.literal('journal'), path: someText }),
]);

/** A request for thumbnails of folders and files. The command line and the window build the same plain data. */
export const thumbnailRequestSchema = z
  .strictObject({
    kind: z.literal('thumbnails'),
    /** Folders and image files, absolute or relative to the working directory. */
    paths: z.array(someText),
    /** Further ones. */
    list: z.optional(pathListSchema),
    recipe: thumbnailRecipeSchema,
    /** Default: `thumbs/` inside each folder given, or beside each file given. */
    outputFolder: z.optional(someText),
    /** Which files of the folders are taken. */
    ...shapeOf(walkSettings, {}),
    /** The files that are made of all thumbnails together. */
    ...shapeOf(setSettings, {}),
    durable: schemaOf(runSettings.durable),
    mirror: schemaOf(runSettings.mirror),
    shard: schemaOf(runSettings.shard),
  })
  .check(({ value: { paths, list }, issues }) => {
    if (paths.length > 0 || list !== undefined) return;
    issues.push({ code: 'too_small', origin: 'array', minimum: 1, input: paths, path: ['paths'] });
  });
/** What thumbnails are to be made, as plain data. */
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
  shard: schemaOf(runSettings.shard),
});
/** What is to be fetched, as plain data. */
export type FetchRequest = z.infer<typeof fetchRequestSchema>;

/** Where the items of a person's own function come from: lines of a text or a file, the files of a folder, or as they are. */
const itemInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('list'), path: someText }),
  z.strictObject({ kind: z.literal('folder'), path: someText }),
  z.strictObject({ kind: z.literal('items'), items: z.array(z.string()) }),
  /** The journal of a former run: those that it had. */
  z.strictObject({ kind: z.literal('journal'), id: someText }),
]);
export type ItemInput = z.infer<typeof itemInputSchema>;

/** A request to apply the person's own function to items. */
export const mapRequestSchema = z.strictObject({
  kind: z.literal('map'),
  /** The file of the module whose default export is the function. */
  module: someText,
  /** How it is applied. */
  recipe: z._default(mapRecipeSchema, {}),
  inputs: z.array(itemInputSchema).check(z.minLength(1)),
  recursive: schemaOf(walkSettings.recursive),
  shard: schemaOf(runSettings.shard),
});
/** Which module is to be applied to which items, as plain data. */
export type MapRequest = z.infer<typeof mapRequestSchema>;
