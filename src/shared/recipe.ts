import { z } from 'zod';
import { type Box, boxesOf } from './boxes.ts';
import { fits, outputFormats, respects } from './choices.ts';
import { nameTemplatePattern, tellsSizesApart } from './name-template.ts';

const side = z.int().min(1).max(16_383);

export const boxSchema = z.strictObject({ width: side, height: side }) satisfies z.ZodType<Box>;

/** The settings of the task `thumbnail`. The defaults are the article's: inside 75×75, never enlarged. */
export const thumbnailRecipeSchema = z
  .strictObject({
    box: boxSchema.default({ width: 75, height: 75 }),
    /** Further sizes, made of the same decode. */
    furtherBoxes: z.array(boxSchema).max(7).default([]),
    fit: z.enum(fits).default('inside'),
    format: z.enum(outputFormats).default('same'),
    /** 1 to 100, for JPEG, WebP and AVIF. */
    quality: z.int().min(1).max(100).default(80),
    /** Names outputs: see `nameParts`. Default: the input's name, with the size where there are several. */
    nameTemplate: z.string().regex(nameTemplatePattern, 'Expected a file name with {name} in it').optional(),
    /** Decodes JPEG at no less than the target instead of no less than twice it: quicker, and less sharp. */
    fast: z.boolean().default(false),
    /** Uses the preview that a camera put into the file, where it is at least as large as the target. */
    previews: z.boolean().default(false),
    /** A damaged image is done as far as it can be read, with a warning, instead of failed. */
    tolerant: z.boolean().default(false),
    /** Larger inputs are refused before they are decoded (decompression bombs). In pixels, width × height. */
    maxPixels: z.int().min(1).default(268_402_689),
  })
  .refine((recipe) => tellsSizesApart(recipe.nameTemplate, boxesOf(recipe)), {
    path: ['nameTemplate'],
    message: 'Expected {width} or {height} in the name, to tell the sizes apart',
  });
export type ThumbnailRecipe = z.infer<typeof thumbnailRecipeSchema>;

/** What says where a message ends and how the connection goes on: the transport's to say (RFC 9112, 6 and 9). */
const framing = new Set(
  'connection content-length expect keep-alive te trailer transfer-encoding upgrade'.split(' '),
);

/** A header's name is an RFC 9110 token; its value holds no line break, so that nothing can be smuggled in. */
const headersSchema = z.record(
  z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'Expected a header name')
    .refine((name) => !framing.has(name.toLowerCase()), 'Expected a header that is not about the connection'),
  z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'Expected a header value without line breaks'),
);

/** The settings of the task `fetch`. Times in seconds, sizes in bytes, speeds in bytes a second. */
export const fetchRecipeSchema = z.strictObject({
  retries: z.int().min(0).max(100).default(3),
  /** Bound on connecting, on waiting for headers and on a silent body, each. */
  timeout: z.number().positive().max(3600).default(30),
  /** A body that stays slower than this for `timeout` seconds is given up. 0 waits for ever. */
  minSpeed: z.int().min(0).default(100),
  maxBytes: z.int().min(1).optional(),
  maxRedirects: z.int().min(0).max(50).default(10),
  perHost: z.int().min(1).max(1024).default(6),
  /** The least time between the starts of two requests to one host. */
  minGap: z.number().min(0).max(3600).default(0),
  /** For the whole run. */
  bandwidth: z.int().min(1024).optional(),
  respect: z.array(z.enum(respects)).default([]),
  headers: headersSchema.default({}),
  userAgent: z.string().min(1).optional(),
  /** Loopback, private and other addresses that are not on the public network: only where typed, or never. */
  privateAddresses: z.enum(['typed', 'deny']).default('typed'),
  /** What to do with bytes that another URL gave already: link or leave out the second file. */
  dedupe: z.enum(['off', 'link', 'skip']).default('off'),
  /** Whether a file that is there from an earlier run is asked for again with its validators, or left alone. */
  recheck: z.boolean().default(true),
  /** Also make a thumbnail of each file that arrives. */
  thumbnail: thumbnailRecipeSchema.optional(),
  /** With a thumbnail: whether the file itself is kept. */
  originals: z.boolean().default(true),
});
export type FetchRecipe = z.infer<typeof fetchRecipeSchema>;

/** What a person writes, before defaults are filled in. */
export type ThumbnailSettings = z.input<typeof thumbnailRecipeSchema>;
export type FetchSettings = z.input<typeof fetchRecipeSchema>;
