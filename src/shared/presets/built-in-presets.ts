import type { ThumbnailSettings } from '../recipe.ts';

/** A preset that Shoal has itself. Its name is also how the command line would call it. */
export interface BuiltInPreset {
  readonly name: string;
  readonly task: 'thumbs';
  readonly label: string;
  /** What it makes, in a sentence. */
  readonly about: string;
  readonly settings: ThumbnailSettings;
}

/** In the order in which they are offered. */
export const builtInPresets = [
  {
    name: 'article',
    task: 'thumbs',
    label: 'Article',
    about: 'At most 75 × 75 pixels, in the format of the original: the defaults.',
    settings: {},
  },
  {
    name: 'web',
    task: 'thumbs',
    label: 'Web',
    about: 'Three sizes for srcset, at most 320, 800 and 1600 pixels, as WebP.',
    settings: {
      box: { width: 320, height: 320 },
      furtherBoxes: [
        { width: 800, height: 800 },
        { width: 1600, height: 1600 },
      ],
      format: 'webp',
    },
  },
  {
    name: 'retina',
    task: 'thumbs',
    label: 'Retina',
    about: 'At most 200 pixels, and twice that for screens of double density.',
    settings: { box: { width: 200, height: 200 }, furtherBoxes: [{ width: 400, height: 400 }] },
  },
  {
    name: 'avatar',
    task: 'thumbs',
    label: 'Avatar',
    about: 'A square of 256 pixels that the image fills, cropped at its edges, as WebP.',
    settings: { box: { width: 256, height: 256 }, fit: 'cover', format: 'webp' },
  },
  {
    name: 'contact-sheet',
    task: 'thumbs',
    label: 'Contact sheet',
    about: 'Even squares of 160 pixels with the whole image in each, as small JPEG files.',
    settings: { box: { width: 160, height: 160 }, fit: 'contain', format: 'jpeg', quality: 70 },
  },
] as const satisfies readonly BuiltInPreset[];
