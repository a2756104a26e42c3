import { bytesInMemory } from '../../../codecs/headers/file-bytes.ts';
import { readWebpHeader } from '../../../codecs/headers/webp-header.ts';
import { chooseWebpPath } from '../../../codecs/webp/choose-webp-path.ts';
import { imageOnly } from '../../../codecs/webp/image-only.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormats } from '../../../shared/settings/choices.ts';
import { webp } from './encode-rasters.ts';
import { assertPixels } from './image/pixel-limit.ts';
import type { Rendition } from './image/rendering.ts';
import { watch } from './image/watch.ts';
import { putPixels } from './pixel-codec.ts';
import { thumbnailsOfPixels } from './thumbnails-of-pixels.ts';

/**
 * Makes thumbnails of a WebP file.
 * @returns `undefined` if the image has to go to sharp, as all damaged images do.
 * @throws ItemError if it has too many pixels, before anything is decoded, or if the format cannot hold the thumbnails.
 */
export async function webpThumbnails(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Promise<readonly Rendition[] | undefined> {
  const header = readWebpHeader(bytesInMemory(bytes));
  if (!header || chooseWebpPath(header, recipe.colour).via === 'sharp') return undefined;
  assertPixels(header, name, recipe.maxPixels);
  const file = imageOnly(bytes);
  const image = file && (await (await webp()).decode(file));
  // An image of another size than the canvas would have to be placed on it.
  if (image?.width !== header.width || image.height !== header.height) return undefined;
  watch.lap('decode');
  const put = putPixels(image);
  if (!put) return undefined;
  return thumbnailsOfPixels(
    {
      ...put,
      orientation: header.orientation,
      opaque: !header.hasAlpha,
    },
    formats,
    recipe,
  );
}
