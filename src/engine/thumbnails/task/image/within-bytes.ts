import { ItemError } from '../../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import type { Rendering, Rendition } from './rendering.ts';
import { watch } from './watch.ts';

/**
 * Keeps renditions within the recipe's bytes: each that has more is encoded anew in lower qualities, from the same pixels.
 * @throws ItemError `TOO_MANY_BYTES` where no quality is low enough, or the format has none.
 */
export async function withinBytes(
  rendering: Rendering,
  name: string,
  { maxOutputBytes = Number.POSITIVE_INFINITY, quality }: ThumbnailRecipe,
): Promise<Rendering> {
  const renditions: Rendition[] = [];
  for (const each of rendering.renditions) {
    if (each.data.length <= maxOutputBytes) renditions.push(each);
    else renditions.push(await lowered(each, name, maxOutputBytes, quality));
  }
  watch.lap('encode');
  return { ...rendering, renditions };
}

async function lowered(
  rendition: Rendition,
  name: string,
  most: number,
  quality: number,
): Promise<Rendition> {
  const { atQuality, ...made } = rendition;
  const { data, format } = made;
  const than = `more than the ${most} that are allowed`;
  if (!atQuality) {
    throw new ItemError(
      'TOO_MANY_BYTES',
      `The ${format} of ${name} has ${data.length} bytes, ${than}, and there is no quality to lower.`,
    );
  }
  const found = await highestFitting(atQuality, most, { quality, bytes: data.length });
  if ('data' in found) return { ...made, ...found };
  throw new ItemError(
    'TOO_MANY_BYTES',
    `The ${format} of ${name} has ${found.bytes} bytes in the lowest quality, ${than}.`,
  );
}

interface Tried {
  readonly quality: number;
  readonly bytes: number;
}

/** How much the logarithm of the bytes changes with the quality, about: where only one quality has been tried. */
const usualSlope = 0.025;

/**
 * Finds a quality that fits although the next higher one does not. Sizes mostly grow exponentially with the quality, so
 * that few have to be tried; where they do not, the interval is halved.
 * @param above a quality that does not fit.
 * @returns the size in the lowest quality, if even that does not fit.
 */
async function highestFitting(
  encode: NonNullable<Rendition['atQuality']>,
  most: number,
  above: Tried,
): Promise<Pick<Rendition, 'data' | 'quality'> | Tried> {
  let low: (Tried & { readonly data: Uint8Array }) | undefined;
  let high: Tried = above;
  for (let halves = false; high.quality - (low?.quality ?? 0) > 1; ) {
    const room = high.quality - (low?.quality ?? 0);
    const quality: number = halves ? (low?.quality ?? 0) + Math.floor(room / 2) : guessed(low, high, most);
    const encoded = await encode(quality);
    const tried: Tried = { quality, bytes: encoded.length };
    // A copy: a codec writes the next one to the same place.
    if (encoded.length <= most) low = { ...tried, data: encoded.slice() };
    else high = tried;
    halves = 2 * (high.quality - (low?.quality ?? 0)) > room;
  }
  return low ? { data: low.data, quality: low.quality } : high;
}

/** A quality between those that have been tried, of about the bytes wanted. */
function guessed(low: Tried | undefined, high: Tried, most: number): number {
  const slope = low ? Math.log(high.bytes / low.bytes) / (high.quality - low.quality) : usualSlope;
  const guess = Math.floor(high.quality + Math.log(most / high.bytes) / slope);
  const least = (low?.quality ?? 0) + 1;
  return Number.isFinite(guess) ? Math.min(Math.max(guess, least), high.quality - 1) : least;
}
