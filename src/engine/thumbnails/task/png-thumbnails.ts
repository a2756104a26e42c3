import { inflateSync } from 'node:zlib';
import { choosePngPath, inflatedLength } from '../../../codecs/png/choose-png-path.ts';
import { coloursOf } from '../../../codecs/png/colours.ts';
import { readPngHeader } from '../../../codecs/png/png-header.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { boxesOf } from '../../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { pixelCodec } from './pixel-codec.ts';
import { assertPixels } from './pixel-limit.ts';
import type { Rendition } from './rendering.ts';
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
  format: 'png',
): readonly Rendition[] | undefined;
export function pngThumbnails(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): readonly Rendition[] | Promise<readonly Rendition[]> | undefined;
export function pngThumbnails(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): readonly Rendition[] | Promise<readonly Rendition[]> | undefined {
  const header = readPngHeader(bytes);
  const image = header?.image;
  if (!image || choosePngPath(header).via === 'sharp') return undefined;
  assertPixels(image, name, recipe.maxPixels);
  const scanlines = inflate(header.imageData, inflatedLength(image));
  if (!scanlines) return undefined;
  const place = pixelCodec.input(scanlines.length);
  if (!place) return undefined;
  place.set(scanlines);
  return thumbnailsOfPixels(
    {
      image,
      colours: coloursOf(image, header),
      orientation: header.orientation,
      boxes: boxesOf(recipe),
      fit: recipe.fit,
    },
    format,
    recipe.quality,
  );
}

/** The filtered scanlines (10.2), or `undefined` if their length does not match the image. */
function inflate(parts: readonly Uint8Array[], length: number): Uint8Array | undefined {
  try {
    // One byte more, to notice data that is too long; with a chunk that is exactly full, zlib would ask for another.
    const most = length + 1;
    const scanlines = inflateSync(parts.length === 1 ? (parts[0] ?? empty) : Buffer.concat(parts), {
      chunkSize: Math.max(most, 64),
      maxOutputLength: most,
    });
    return scanlines.length === length ? scanlines : undefined;
  } catch {
    // Damaged: sharp finds out how.
    return undefined;
  }
}

const empty = new Uint8Array();
