// The functions of zod without its methods: loading those takes longer than a small run has.
import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { type Box, boxesOf, distinctBoxes } from './boxes.ts';
import { fits, outputFormats, respects } from './choices.ts';
import { nameTemplateFault, tellsSizesApart } from './name-template.ts';

// What the methods' door does by itself: messages that say what was expected.
z.config(en());

const integer = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z.int().check(z.minimum(least), z.maximum(most));
const side = integer(1, 16_383);

export const boxSchema = z.strictObject({ width: side, height: side }) satisfies z.ZodMiniType<Box>;

/** The settings of the task `thumbnail`. The defaults are the article's: inside 75×75, never enlarged. */
export const thumbnailRecipeSchema = z
  .strictObject({
    box: z._default(boxSchema, { width: 75, height: 75 }),
    /** Further sizes, made of the same decode. */
    furtherBoxes: z._default(z.array(boxSchema).check(z.maxLength(7)), []),
    fit: z._default(z.enum(fits), 'inside'),
    format: z._default(z.enum(outputFormats), 'same'),
    /** 1 to 100, for JPEG, WebP and AVIF. */
    quality: z._default(integer(1, 100), 80),
    /** Names outputs: see `nameParts`. Default: the input's name, with the size where there are several. */
    nameTemplate: z.optional(
      z.string().check(
        z.refine((template) => nameTemplateFault(template) === undefined, {
          error: ({ input }) => nameTemplateFault(String(input)),
        }),
      ),
    ),
    /** Decodes JPEG at no less than the target instead of no less than twice it: quicker, and less sharp. */
    fast: z._default(z.boolean(), false),
    /** Uses the preview that a camera put into the file, where it is at least as large as the target. */
    previews: z._default(z.boolean(), false),
    /** A damaged image is done as far as it can be read, with a warning, instead of failed. */
    tolerant: z._default(z.boolean(), false),
    /** Larger inputs are refused before they are decoded (decompression bombs). In pixels, width × height. */
    maxPixels: z._default(integer(1), 268_402_689),
  })
  .check(
    z.refine((recipe) => distinctBoxes(boxesOf(recipe)) === boxesOf(recipe).length, {
      path: ['furtherBoxes'],
      message: 'Expected each size once',
    }),
    z.refine((recipe) => tellsSizesApart(recipe.nameTemplate, boxesOf(recipe)), {
      path: ['nameTemplate'],
      message: 'Expected {width} or {height} in the file name, to tell the sizes apart,',
    }),
  );
export type ThumbnailRecipe = z.infer<typeof thumbnailRecipeSchema>;

/** What says where a message ends and how the connection goes on: the transport's to say (RFC 9112, 6 and 9). */
const framing = new Set(
  'connection content-length expect keep-alive te trailer transfer-encoding upgrade'.split(' '),
);

/** No line break, so that nothing can be smuggled in, and nothing that HTTP has no bytes for. */
const headerValue = z.regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'Expected one line of Latin-1 characters (up to ÿ)');

/** A header's name is an RFC 9110 token. */
const headersSchema = z.record(
  z.string().check(
    z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'Expected a header name'),
    z.refine(
      (name) => !framing.has(name.toLowerCase()),
      'Expected a header that says nothing of the connection or where the message ends',
    ),
  ),
  z.string().check(headerValue),
);

/** The settings of the task `fetch`. Times in seconds, sizes in bytes, speeds in bytes a second. */
export const fetchRecipeSchema = z.strictObject({
  retries: z._default(integer(0, 100), 3),
  /** Bound on connecting, on waiting for headers and on a silent body, each. */
  timeout: z._default(z.number().check(z.positive(), z.maximum(3600)), 30),
  /** A body that stays slower than this for `timeout` seconds is given up. 0 waits for ever. */
  minSpeed: z._default(integer(0), 100),
  maxBytes: z.optional(integer(1)),
  maxRedirects: z._default(integer(0, 50), 10),
  perHost: z._default(integer(1, 1024), 6),
  /** The least time between the starts of two requests to one host. */
  minGap: z._default(z.number().check(z.minimum(0), z.maximum(3600)), 0),
  /** For the whole run. */
  bandwidth: z.optional(integer(1024)),
  respect: z._default(z.array(z.enum(respects)), []),
  headers: z._default(headersSchema, {}),
  userAgent: z.optional(z.string().check(z.minLength(1), headerValue)),
  /** Loopback, private and other addresses that are not on the public network: only where typed, or never. */
  privateAddresses: z._default(z.enum(['typed', 'deny']), 'typed'),
  /** What to do with bytes that another URL gave already: link or leave out the second file. */
  dedupe: z._default(z.enum(['off', 'link', 'skip']), 'off'),
  /** Whether a file that is there from an earlier run is asked for again with its validators, or left alone. */
  recheck: z._default(z.boolean(), true),
  /** Tell and report no values of URLs' queries (`?key=***`): they may be secrets. */
  redact: z._default(z.boolean(), false),
  /** Also make a thumbnail of each file that arrives. */
  thumbnail: z.optional(thumbnailRecipeSchema),
  /** With a thumbnail: whether the file itself is kept. */
  originals: z._default(z.boolean(), true),
});
export type FetchRecipe = z.infer<typeof fetchRecipeSchema>;

/** What a person writes, before defaults are filled in. */
export type ThumbnailSettings = z.input<typeof thumbnailRecipeSchema>;
export type FetchSettings = z.input<typeof fetchRecipeSchema>;
