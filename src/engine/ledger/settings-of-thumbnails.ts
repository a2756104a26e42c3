import type { ThumbnailRecipe } from '../../shared/recipe.ts';
import { thumbnailSettings } from '../../shared/settings/thumbnail-settings.ts';

/** Settings that came after the first ledgers. */
const later = [
  ...(['position', 'sharpen', 'lossless', 'progressive', 'chroma', 'colour', 'keep'] as const),
  ...(['furtherFormats', 'onlyIfSmaller'] as const),
];

/**
 * The settings by which outputs are recorded. A later one is left out at its default, so that what was made before it
 * came still counts as made.
 */
export function settingsOfThumbnails(recipe: ThumbnailRecipe): object {
  const usual = new Set<string>(
    later.filter((key) => JSON.stringify(recipe[key]) === JSON.stringify(thumbnailSettings[key].default)),
  );
  return {
    task: 'thumbnail',
    ...Object.fromEntries(Object.entries(recipe).filter(([key]) => !usual.has(key))),
  };
}
