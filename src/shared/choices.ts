import { thumbnailSettings } from './settings/thumbnail-settings.ts';

// What settings choose from, by names: apart from the schemas, so that telling them (`--help`) does not load those.

/** How the image is made to fit the box: sharp's and CSS's terms. `inside` keeps it all, `cover` fills and crops. */
export const fits = thumbnailSettings.fit.choices;
export type Fit = (typeof fits)[number];

/** `same` keeps the input's format where it can be written, else JPEG, or PNG where there may be transparency. */
export const outputFormats = thumbnailSettings.format.choices;
export type OutputFormat = (typeof outputFormats)[number];

/** The formats a thumbnail can be written in: those of the recipe, and what `same` may keep beside them. */
export type WrittenFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

/** Where thumbnails go, beside their originals, where nobody says otherwise. */
export const thumbnailFolder = 'thumbs';

/** Fetches in flight where nobody says otherwise. */
export const defaultFetchPoolSize = 16;
