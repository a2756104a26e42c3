import { z } from 'zod';

/** How the image is made to fit the box: sharp's and CSS's terms. `inside` keeps it all, `cover` fills and crops. */
export const fits = ['inside', 'cover', 'contain', 'fill', 'outside'] as const;
/** `same` keeps the input's format where it can be written, else JPEG, or PNG where there may be transparency. */
export const outputFormats = ['same', 'jpeg', 'png', 'webp', 'avif'] as const;

export type Fit = (typeof fits)[number];
export type OutputFormat = (typeof outputFormats)[number];

const side = z.int().min(1).max(16_383);

/** The box a thumbnail is fitted to, in pixels. */
export const boxSchema = z.strictObject({ width: side, height: side });
export type Box = z.infer<typeof boxSchema>;

/** The settings of the task `thumbnail`. The defaults are the article's: inside 75×75, never enlarged. */
export const thumbnailRecipeSchema = z.strictObject({
  box: boxSchema.default({ width: 75, height: 75 }),
  fit: z.enum(fits).default('inside'),
  format: z.enum(outputFormats).default('same'),
  /** 1 to 100, for JPEG, WebP and AVIF. */
  quality: z.int().min(1).max(100).default(80),
  /** Larger inputs are refused before they are decoded (decompression bombs). In pixels, width × height. */
  maxPixels: z.int().min(1).default(268_402_689),
});
export type ThumbnailRecipe = z.infer<typeof thumbnailRecipeSchema>;

/** The settings of the task `fetch`. Times in seconds, sizes in bytes. */
export const fetchRecipeSchema = z.strictObject({
  retries: z.int().min(0).max(100).default(3),
  /** Bound on connecting, on waiting for headers and on a silent body, each. */
  timeout: z.number().positive().max(3600).default(30),
  maxBytes: z.int().min(1).optional(),
  maxRedirects: z.int().min(0).max(50).default(10),
  perHost: z.int().min(1).max(1024).default(6),
  headers: z.record(z.string(), z.string()).default({}),
  /** Also make a thumbnail of each file that arrives. */
  thumbnail: thumbnailRecipeSchema.optional(),
});
export type FetchRecipe = z.infer<typeof fetchRecipeSchema>;

/** What a person writes, before defaults are filled in. */
export type ThumbnailSettings = z.input<typeof thumbnailRecipeSchema>;
export type FetchSettings = z.input<typeof fetchRecipeSchema>;
