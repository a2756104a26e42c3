// zod's functions without its methods: loading the methods takes longer than a small run.
import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { isOfFetched, nameTemplateFault, tellsSizesApart } from './naming/name-template.ts';
import { type Box, boxesOf, distinctBoxes } from './settings/boxes.ts';
import { formatsOf } from './settings/choices.ts';
import {
  fetchRecipeSettings,
  headerBesideFraming,
  headerName,
  headerValue,
} from './settings/fetch-settings.ts';
import { mapRecipeSettings } from './settings/map-settings.ts';
import { integer, shapeOf } from './settings/schema-of.ts';
import { thumbnailSettings } from './settings/thumbnail-settings.ts';

// The entry point with methods does this by itself: error messages that say what was expected.
z.config(en());

const { box, furtherBoxes } = thumbnailSettings;
const side = integer(box.min, box.max);

const boxSchema = z.strictObject({ width: side, height: side }) satisfies z.ZodMiniType<Box>;

/** The settings of the task `thumbnail`. */
export const thumbnailRecipeSchema = z
  .strictObject(
    shapeOf(thumbnailSettings, {
      box: z._default(boxSchema, box.default),
      furtherBoxes: z._default(z.array(boxSchema).check(z.maxLength(furtherBoxes.most)), []),
      nameTemplate: z.optional(
        z.string().check(
          z.refine((template) => nameTemplateFault(template) === undefined, {
            error: ({ input }) => nameTemplateFault(String(input)),
          }),
        ),
      ),
    }),
  )
  .check(
    z.refine((recipe) => distinctBoxes(boxesOf(recipe)) === boxesOf(recipe).length, {
      path: ['furtherBoxes'],
      message: 'Expected each size once',
    }),
    z.refine((recipe) => new Set(formatsOf(recipe)).size === formatsOf(recipe).length, {
      path: ['furtherFormats'],
      message: 'Expected each format once',
    }),
    z.refine((recipe) => tellsSizesApart(recipe.nameTemplate, boxesOf(recipe)), {
      path: ['nameTemplate'],
      message: 'Expected {width} or {height} in the file name, to tell the sizes apart,',
    }),
  );
/** How thumbnails are made: every setting, with defaults filled in. docs/settings.md has their meanings. */
export type ThumbnailRecipe = z.infer<typeof thumbnailRecipeSchema>;

/** Headers that say where a message ends or how the connection continues: only the transport sets them (RFC 9112). */
const framing = new Set(
  'connection content-length expect keep-alive te trailer transfer-encoding upgrade'.split(' '),
);

/** Headers of requests, by name. */
export const headersSchema = z.record(
  z.string().check(
    z.regex(headerName.pattern, `Expected ${headerName.expected}`),
    z.refine((name) => !framing.has(name.toLowerCase()), `Expected ${headerBesideFraming.expected}`),
  ),
  z.string().check(z.regex(headerValue.pattern, `Expected ${headerValue.expected}`)),
);

/** The settings of the task `fetch`. Times in seconds, sizes in bytes, speeds in bytes a second. */
export const fetchRecipeSchema = z.strictObject(
  shapeOf(fetchRecipeSettings, {
    headers: z._default(headersSchema, {}),
    /** Also make a thumbnail of each file that arrives. */
    thumbnail: z.optional(
      thumbnailRecipeSchema.check(
        z.refine((recipe) => recipe.nameTemplate === undefined || isOfFetched(recipe.nameTemplate), {
          path: ['nameTemplate'],
          message: 'Expected {name}, {ext}, {width}, {height} and {format} alone for files that are fetched,',
        }),
      ),
    ),
  }),
);
/** How URLs are fetched: every setting, with defaults filled in. docs/settings.md has their meanings. */
export type FetchRecipe = z.infer<typeof fetchRecipeSchema>;

/**
 * How a person's own function is applied. Nothing is filled in: what is not there was not asked for, so that journals and
 * queues of former versions have it, too.
 */
export const mapRecipeSchema = z.strictObject(shapeOf(mapRecipeSettings, {}));
/** How a person's own function is applied: the settings that were asked for. docs/settings.md has their meanings. */
export type MapRecipe = z.infer<typeof mapRecipeSchema>;

/** Settings of thumbnails as a person writes them: each may be left out. */
export type ThumbnailSettings = z.input<typeof thumbnailRecipeSchema>;
/** Settings of fetches as a person writes them: each may be left out. */
export type FetchSettings = z.input<typeof fetchRecipeSchema>;
