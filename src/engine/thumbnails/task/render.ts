import { readSync } from 'node:fs';
import { extname } from 'node:path';
import { isJpeg } from '../../../codecs/jpeg/jpeg-header.ts';
import { isPng } from '../../../codecs/png/chunks.ts';
import { formatOfExtension, headBytes, sniffImage } from '../../../shared/image-formats.ts';
import { isWebp } from '../../../shared/image-signatures.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormats } from '../../../shared/settings/choices.ts';
import { formatOf } from '../formats/known-format.ts';
import { jpeg, renderHeld } from './held-jpeg.ts';
import type { ImageFile } from './image/image-file.ts';
import type { Rendering, Source } from './image/rendering.ts';
import { watch } from './image/watch.ts';
import { besidePixels, isPlain } from './metadata/beside.ts';
import { renderBySharp } from './render-by-sharp.ts';

/** The PNG codec, loaded by the first PNG. */
let pngParts: typeof import('./png-thumbnails.ts') | undefined;
const loadPngParts = async (): Promise<void> => {
  pngParts = await import('./png-thumbnails.ts');
};

/** libwebp, loaded by the first WebP. */
const webpParts = () => import('./webp-thumbnails.ts');

/** What hands pictures to the readers of their formats, loaded by the first that has one. */
const pictureParts = () => import('./render-picture.ts');

/**
 * Makes the thumbnails of an image that exists only in memory.
 * @param name the person's name for the image, for messages.
 */
export function renderBytes(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Rendering | Promise<Rendering> {
  return besidePixels(bytes, name, recipe, formats, (planned, of) => renderPixels(bytes, name, planned, of));
}

function renderPixels(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Rendering | Promise<Rendering> {
  const made = isJpeg(bytes) && jpeg.holdBytes(bytes) && renderHeld(name, recipe, formats);
  return made || renderOther(bytes, name, recipe, formats);
}

/**
 * Makes the thumbnails of a file. Synchronous if a codec makes them and has been loaded.
 * @param name the person's name for the image, for messages.
 * @param tryJpeg whether it is worth reading the file into the JPEG codec's memory.
 */
export function renderFile(
  file: ImageFile,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
  tryJpeg: boolean,
): Rendering | Promise<Rendering> {
  if (!tryJpeg && isForReader(file, name)) return renderOther(file.path, name, recipe, formats);
  const isHeld =
    tryJpeg && isPlain(recipe) && file.read((descriptor) => jpeg.holdFile(descriptor, file.size));
  if (isHeld) watch.lap('read');
  else {
    const source = file.source();
    watch.lap('read');
    if (typeof source !== 'string') return renderBytes(source, name, recipe, formats);
    return besidePixels(source, name, recipe, formats, (planned, of) =>
      renderOther(source, name, planned, of),
    );
  }
  return (
    renderHeld(name, recipe, formats) ??
    // A copy, because sharp works on after this call, when the codec may hold another image.
    renderOther(jpeg.copy() ?? file.source(), name, recipe, formats)
  );
}

/**
 * Whether a format's reader takes what it needs of a file: a raw photo of 50 MB is not read for a preview of 1 MB.
 * Asked first is the name, so that other files are not read twice.
 */
function isForReader(file: ImageFile, name: string): boolean {
  const extension = extname(name).slice(1).toLowerCase();
  if (!formatOfExtension(extension)?.reader) return false;
  const head = Buffer.alloc(Math.min(headBytes, file.size));
  file.read((descriptor) => readSync(descriptor, head, 0, head.length, 0));
  return sniffImage(head, extension)?.reader !== undefined;
}

/**
 * Handles all that the JPEG codec does not: PNG and WebP by their own codecs if possible, formats that have a reader by
 * that, everything else by sharp. Synchronous if a codec makes the thumbnails and has been loaded.
 */
function renderOther(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
): Rendering | Promise<Rendering> {
  const bySharp = () => renderBySharp(source, name, recipe, formats);
  if (typeof source !== 'string' && isWebp(source)) {
    return webpParts().then(async ({ webpThumbnails }) => {
      const renditions = await webpThumbnails(source, name, recipe, formats);
      return renditions ? { renditions, via: 'kernel' } : bySharp();
    });
  }
  if (typeof source === 'string' || !isPng(source)) {
    if (source.length === 0 || !formatOf(source, name)?.reader) return bySharp();
    return pictureParts().then(({ renderPicture }) =>
      renderPicture(source, name, recipe, formats, renderBytes),
    );
  }
  if (!pngParts) return loadPngParts().then(() => renderOther(source, name, recipe, formats));
  const made = pngParts.pngThumbnails(source, name, recipe, formats);
  if (made === undefined) return bySharp();
  return made instanceof Promise
    ? made.then((renditions) => ({ renditions, via: 'kernel' }))
    : { renditions: made, via: 'kernel' };
}
