import { choosePngPath, inflatedLength } from '../../../codecs/png/choose-png-path.ts';
import { coloursOf } from '../../../codecs/png/colours.ts';
import { encodePng } from '../../../codecs/png/encode-png.ts';
import { PngCodec } from '../../../codecs/png/png-codec.ts';
import { readPngHeader } from '../../../codecs/png/png-header.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { assertPixels } from './pixel-limit.ts';
import type { Rendition } from './rendering.ts';

/** One per worker thread. */
const codec = new PngCodec();

/**
 * Makes thumbnails of a PNG file.
 * @returns `undefined` if the image has to go to sharp, as all damaged images do.
 * @throws ItemError if it has too many pixels, before anything is inflated.
 */
export function pngThumbnails(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): readonly Rendition[] | undefined {
  const header = readPngHeader(bytes);
  const image = header?.image;
  if (!image || choosePngPath(header, format).via === 'sharp') return undefined;
  assertPixels(image, name, recipe.maxPixels);
  // Damaged: sharp finds out how.
  if (codec.inflate(header.imageData, inflatedLength(image)).status === 'refused') return undefined;
  const result = codec.thumbnails({
    image,
    colours: coloursOf(image, header),
    orientation: header.orientation,
    boxes: boxesOf(recipe),
    fit: recipe.fit,
  });
  if (result.status === 'refused') return undefined;
  return result.outputs.map((output) => ({
    data: encodePng(output),
    width: output.width,
    height: output.height,
  }));
}
