/** The values of choice settings. Kept apart from the schemas, so that `--help` does not have to load these. */

/** How the image is made to fit the box: sharp's and CSS's terms. `inside` keeps it all, `cover` fills and crops. */
export const fits = ['inside', 'cover', 'contain', 'fill', 'outside'] as const;
/** How an image fits its box; docs/thumbnails.md shows each. */
export type Fit = (typeof fits)[number];

/** Where the image lies in the box, as on a map: nine places. */
export const places = [
  'centre',
  'north',
  'northeast',
  'east',
  'southeast',
  'south',
  'southwest',
  'west',
  'northwest',
] as const;
export type Place = (typeof places)[number];

/** Besides, the part that the picture itself makes out: what draws the eye, or where most is to be seen. sharp's terms. */
export const strategies = ['attention', 'entropy'] as const;
export type Strategy = (typeof strategies)[number];

export const positions = [...places, ...strategies] as const;
export type Position = (typeof positions)[number];

/** How much of the colours JPEG and AVIF keep: `auto` is what is usual for the format, 4:2:0 and 4:4:4. */
export const chromas = ['auto', '420', '444'] as const;

/** `same` keeps the input's format where it can be written, else JPEG, or PNG where there may be transparency. */
export const outputFormats = ['same', 'jpeg', 'png', 'webp', 'avif'] as const;
/** The format of thumbnails; `same` is that of the original, as far as it can be written. */
export type OutputFormat = (typeof outputFormats)[number];

/**
 * All formats of a recipe, in the order in which they were asked for. `same` may turn out to be one of the others.
 * Kept apart from the recipe's schema, because workers need it, and each worker would have to load zod.
 */
export function formatsOf({
  format,
  furtherFormats,
}: {
  readonly format: OutputFormat;
  readonly furtherFormats: readonly OutputFormat[];
}): OutputFormat[] {
  return [format, ...furtherFormats];
}

/** The formats a thumbnail can be written in: those of the recipe, and what `same` may keep beside them. */
export type WrittenFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

/** The formats that an image is written in, each once, in the order in which they were asked for. */
export type WrittenFormats = readonly [WrittenFormat, ...WrittenFormat[]];

/** What becomes of the colours: `keep` leaves the pixels as they are, and says by the picture's profile what they mean. */
export const colourChoices = ['srgb', 'p3', 'keep'] as const;
export type ColourChoice = (typeof colourChoices)[number];

/** What a thumbnail keeps of what its picture's file says beside the pixels. */
export const keepChoices = ['none', 'icc', 'exif', 'exif,no-gps', 'all', 'all,no-gps'] as const;
export type KeepChoice = (typeof keepChoices)[number];

/** Wishes of a site that are respected on request: its robots.txt, its `X-Robots-Tag: noai`. */
export const respects = ['robots', 'noai'] as const;

/** The default folder for thumbnails, beside their originals. */
export const thumbnailFolder = 'thumbs';

/** The default number of fetches in flight. */
export const defaultFetchPoolSize = 16;
