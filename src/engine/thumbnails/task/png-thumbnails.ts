import { choosePngPath, inflatedLength } from '../../../codecs/png/choose-png-path.ts';
import { coloursOf } from '../../../codecs/png/colours.ts';
import { readPngHeader } from '../../../codecs/png/png-header.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormats } from '../../../shared/settings/choices.ts';
import { assertPixels } from './image/pixel-limit.ts';
import type { Rendition } from './image/rendering.ts';
import { watch } from './image/watch.ts';
import { pixelCodec } from './pixel-codec.ts';
import { thumbnailsOfPixels } from './thumbnails-of-pixels.ts';

/**
 * Makes thumbnails of a PNG file: those in PNG synchronously.
 * @returns `undefined` if the image has to go to sharp, as all damaged images do.
 * @throws ItemError if it has too many pixels, before anything is inflated.
 */
export function pngThumbnails(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  formats: readonly ['png'],
): readonly Rendition[] | undefined;
export function pngThumbnails(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): readonly Rendition[] | Promise<readonly Rendition[]> | undefined;
export function pngThumbnails(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): readonly Rendition[] | Promise<readonly Rendition[]> | undefined {
  const header = readPngHeader(bytes);
  const image = header?.image;
  if (!image || choosePngPath(header, recipe.colour).via === 'sharp') return undefined;
  assertPixels(image, name, recipe.maxPixels);
  // Damaged: sharp finds out how.
  if (pixelCodec.inflate(header.imageData, inflatedLength(image)).status === 'refused') return undefined;
  watch.lap('decode');
  return thumbnailsOfPixels(
    {
      image,
      colours: coloursOf(image, header),
      orientation: header.orientation,
    },
    formats,
    recipe,
  );
}
