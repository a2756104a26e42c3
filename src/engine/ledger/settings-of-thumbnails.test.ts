import { expect, it } from 'vitest';
import { thumbnailRecipeSchema } from '../../shared/recipe.ts';
import { fingerprint } from './fingerprint.ts';
import { settingsOfThumbnails } from './settings-of-thumbnails.ts';

const printOf = (settings: object) =>
  fingerprint(settingsOfThumbnails(thumbnailRecipeSchema.parse(settings)));

/** As the first version recorded them. */
const first = {
  task: 'thumbnail',
  box: { width: 75, height: 75 },
  furtherBoxes: [],
  fit: 'inside',
  format: 'same',
  quality: 80,
  fast: false,
  previews: false,
  tolerant: false,
  maxPixels: 268_402_689,
};

it('what was made before a setting came is not made anew', () => {
  expect(printOf({})).toBe(fingerprint(first));
  expect(
    printOf({ position: 'centre', sharpen: 0, chroma: 'auto', furtherFormats: [], onlyIfSmaller: false }),
  ).toBe(fingerprint(first));
});

it.each([
  { position: 'north' },
  { position: 'attention' },
  { background: 'white' },
  { sharpen: 0.5 },
  { lossless: true },
  { progressive: true },
  { chroma: '444' },
  { furtherFormats: ['webp'] },
  { maxOutputBytes: 9_000 },
  { onlyIfSmaller: true },
])('with %j it is made anew', (settings) => {
  expect(printOf(settings)).not.toBe(fingerprint(first));
});
