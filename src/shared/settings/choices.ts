/** What settings choose from: apart from the schemas, so that telling them (`--help`) does not load those. */

/** How the image is made to fit the box: sharp's and CSS's terms. `inside` keeps it all, `cover` fills and crops. */
export const fits = ['inside', 'cover', 'contain', 'fill', 'outside'] as const;
export type Fit = (typeof fits)[number];

/** `same` keeps the input's format where it can be written, else JPEG, or PNG where there may be transparency. */
export const outputFormats = ['same', 'jpeg', 'png', 'webp', 'avif'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** The formats a thumbnail can be written in: those of the recipe, and what `same` may keep beside them. */
export type WrittenFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

/** What a site may ask for, and is heeded on request: its robots.txt, its `X-Robots-Tag: noai`. */
export const respects = ['robots', 'noai'] as const;

/** Where thumbnails go, beside their originals, where nobody says otherwise. */
export const thumbnailFolder = 'thumbs';

/** Fetches in flight where nobody says otherwise. */
export const defaultFetchPoolSize = 16;
