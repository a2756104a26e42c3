import { encodePng } from '../../../codecs/png/encode-png.ts';
import type { PngRequest } from '../../../codecs/png/png-codec.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormats } from '../../../shared/settings/choices.ts';
import { encodeRasters } from './encode-rasters.ts';
import { assertAllFit } from './image/output-limit.ts';
import type { Rendition } from './image/rendering.ts';
import { watch } from './image/watch.ts';
import { pixelCodec } from './pixel-codec.ts';
import { drawnFit, isFinishedLater } from './pixels/drawn-fit.ts';

/**
 * Makes thumbnails of the scanlines that the codec holds: of PNG at once, of other formats as soon as they are encoded.
 * @param profile what tells the colours of the pixels; absent: they are as the recipe wants them.
 * @returns `undefined` if the image has to go to sharp.
 * @throws ItemError if they are larger than the format can hold.
 */
export function thumbnailsOfPixels(
  pixels: Omit<PngRequest, 'boxes' | 'fit' | 'position'>,
  formats: WrittenFormats,
  recipe: ThumbnailRecipe,
  profile?: Uint8Array,
): readonly Rendition[] | Promise<readonly Rendition[]> | undefined {
  const request = { ...pixels, boxes: boxesOf(recipe), fit: drawnFit(recipe), position: recipe.position };
  assertAllFit(request.whole ?? request.image, request.orientation, request.boxes, recipe.fit, formats);
  const isPng = formats.length === 1 && formats[0] === 'png';
  if (!isPng || profile || isFinishedLater(recipe))
    return encodedThumbnails(request, formats, recipe, profile);
  const made = pixelCodec.thumbnails(request);
  if (made.status === 'refused') return undefined;
  watch.lap('resize');
  const encoded = made.outputs.map((output) => ({
    data: encodePng(output),
    width: output.width,
    height: output.height,
    format: 'png' as const,
    colour: output.colour,
  }));
  watch.lap('encode');
  return encoded;
}

function encodedThumbnails(
  request: PngRequest,
  formats: WrittenFormats,
  recipe: ThumbnailRecipe,
  profile?: Uint8Array,
): Promise<readonly Rendition[]> | undefined {
  const made = pixelCodec.rasters(request);
  if (made.status === 'refused') return undefined;
  // Copies: while one is encoded, the codec may be given another image.
  const rasters = made.outputs.map((raster) => ({ ...raster, pixels: raster.pixels.slice() }));
  watch.lap('resize');
  if (!profile) return encodeRasters(rasters, formats, recipe);
  return import('./sharp-parts.ts')
    .then(({ inColours }) => Promise.all(rasters.map((raster) => inColours(raster, profile, recipe.colour))))
    .then((converted) => encodeRasters(converted, formats, recipe));
}
