import { encodePng } from '../../../codecs/png/encode-png.ts';
import type { PngRequest } from '../../../codecs/png/png-codec.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { encodeRasters } from './encode-rasters.ts';
import { assertAllFit } from './output-limit.ts';
import { pixelCodec } from './pixel-codec.ts';
import type { Rendition } from './rendering.ts';
import { watch } from './watch.ts';

/**
 * Makes thumbnails of the scanlines that the codec holds: of PNG at once, of other formats as soon as they are encoded.
 * @returns `undefined` if the image has to go to sharp.
 * @throws ItemError if they are larger than the format can hold.
 */
export function thumbnailsOfPixels(
  request: PngRequest,
  format: WrittenFormat,
  quality: number,
): readonly Rendition[] | Promise<readonly Rendition[]> | undefined {
  assertAllFit(request.image, request.orientation, request.boxes, request.fit, format);
  if (format !== 'png') return encodedThumbnails(request, format, quality);
  const made = pixelCodec.thumbnails(request);
  if (made.status === 'refused') return undefined;
  watch.lap('resize');
  const encoded = made.outputs.map((output) => ({
    data: encodePng(output),
    width: output.width,
    height: output.height,
    colour: output.colour,
  }));
  watch.lap('encode');
  return encoded;
}

function encodedThumbnails(
  request: PngRequest,
  format: WrittenFormat,
  quality: number,
): Promise<readonly Rendition[]> | undefined {
  const made = pixelCodec.rasters(request);
  if (made.status === 'refused') return undefined;
  // Copies: while one is encoded, the codec may be given another image.
  const rasters = made.outputs.map((raster) => ({ ...raster, pixels: raster.pixels.slice() }));
  watch.lap('resize');
  return encodeRasters(rasters, format, quality);
}
