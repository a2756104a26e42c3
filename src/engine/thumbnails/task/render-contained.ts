import type { Raster } from '../../../codecs/common/raster.ts';
import { readJpegHeader } from '../../../codecs/jpeg/jpeg-header.ts';
import { ItemError } from '../../../shared/failure.ts';
import { formatOfExtension } from '../../../shared/image-formats.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import type { ContainedPixels, Picture } from '../formats/picture-reader.ts';
import { encodeRasters } from './encode-rasters.ts';
import { jpeg, renderHeld } from './held-jpeg.ts';
import type { Rendering } from './image/rendering.ts';
import { watch } from './image/watch.ts';

/** What a contained JPEG belongs to: how it is turned, and the profile of pixels that have none themselves. */
type Whole = Pick<Picture, 'orientation' | 'profile'>;

/**
 * Makes the thumbnails of a JPEG that a file contains; where that is damaged, of another one.
 * @throws ItemError that of the first, if all are damaged.
 */
export async function renderContained(
  contained: ContainedPixels,
  whole: Whole,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendering> {
  try {
    return { ...(await renderOne(contained.bytes, whole, name, recipe, format)), via: 'embedded' };
  } catch (error) {
    const other = isDamage(error) ? contained.otherwise?.() : undefined;
    if (!other) throw error;
    return renderContained(other, whole, name, recipe, format).catch((failure) => {
      throw isDamage(failure) ? error : failure;
    });
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof ItemError && (error.code === 'TRUNCATED_IMAGE' || error.code === 'CORRUPT_IMAGE');
}

async function renderOne(
  bytes: Uint8Array,
  { orientation, profile }: Whole,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Omit<Rendering, 'via'>> {
  const missing = readJpegHeader(bytes)?.profile === 'none' ? profile : undefined;
  if (jpeg.holdBytes(bytes)) {
    const made = missing
      ? inItsColours(missing, orientation, name, recipe, format)
      : renderHeld(name, recipe, format, orientation);
    if (made) return made;
  }
  const { sharpThumbnailsOfRaster } = await import('./sharp-parts.ts');
  const raster = await rasterOfJpeg(bytes, name, recipe);
  const renditions = await sharpThumbnailsOfRaster(raster, { orientation, profile: missing }, recipe, format);
  return { renditions };
}

/** By our codec, which knows no profiles: the few pixels of the thumbnails are converted. */
function inItsColours(
  profile: Uint8Array,
  orientation: Whole['orientation'],
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Omit<Rendering, 'via'>> | undefined {
  const made = jpeg.rasters(name, recipe, format, orientation);
  watch.lap('decode');
  if (!made) return undefined;
  const { rasters, ...told } = made;
  return import('./sharp-parts.ts')
    .then(({ inSrgb }) => Promise.all(rasters.map((raster) => inSrgb(raster, profile))))
    .then((converted) => encodeRasters(converted, format, recipe))
    .then((renditions) => ({ renditions, ...told }));
}

async function rasterOfJpeg(bytes: Uint8Array, name: string, recipe: ThumbnailRecipe): Promise<Raster> {
  const { rasterOf, failureOfDecoding } = await import('./sharp-parts.ts');
  try {
    return await rasterOf(bytes);
  } catch (error) {
    throw await failureOfDecoding(error, bytes, formatOfExtension('jpg'), name, recipe);
  }
}
