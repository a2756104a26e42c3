import { z } from 'zod';
import { thumbnailRecipeSchema } from './recipe.ts';

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
