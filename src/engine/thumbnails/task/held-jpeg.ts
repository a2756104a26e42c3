import type { Orientation } from '../../../codecs/common/geometry.ts';
import { ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormat, WrittenFormats } from '../../../shared/settings/choices.ts';
import type { EmbeddedPreview } from './embedded-preview.ts';
import type { ImageFile } from './image/image-file.ts';
import { inOrderOf, type Rendering } from './image/rendering.ts';
import { watch } from './image/watch.ts';
import { JpegThumbnailer } from './jpeg-thumbnailer.ts';
import { isPlainJpeg } from './pixels/drawn-fit.ts';

/** Encoders for pixels, which come with the PNG codec: loaded by the first JPEG that becomes another format. */
const rasterParts = () => import('./encode-rasters.ts');

/** One per thread: JPEG files are read into its memory. */
export const jpeg = new JpegThumbnailer();

/** JPEG thumbnails of a file, synchronously, or `undefined` if the JPEG codec cannot make them. */
export function renderJpegFile(
  file: ImageFile,
  name: string,
  recipe: ThumbnailRecipe,
): Rendering | undefined {
  const isHeld = file.read((descriptor) => jpeg.holdFile(descriptor, file.size));
  watch.lap('read');
  return isHeld ? renderHeldAsJpeg(name, recipe) : undefined;
}

/** The same from bytes. */
export function renderJpegBytes(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
): Rendering | undefined {
  return jpeg.holdBytes(bytes) ? renderHeldAsJpeg(name, recipe) : undefined;
}

/**
 * Thumbnails of the JPEG that the codec holds; `undefined` if it cannot make them.
 * @param turned the orientation, if the bytes do not contain it.
 */
export function renderHeld(
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
  turned?: Orientation,
): Rendering | Promise<Rendering> | undefined {
  const isForCodec = (format: WrittenFormat) => format === 'jpeg' && isPlainJpeg(recipe);
  const [first, ...others] = formats.filter((format) => !isForCodec(format));
  if (first === undefined) return renderHeldAsJpeg(name, recipe, turned);
  const made = formats.some(isForCodec)
    ? jpeg.rastersAndFiles(name, recipe, formats, turned)
    : jpeg.rasters(name, recipe, formats, turned);
  if (!made) return undefined;
  const { rasters, renditions = [], ...told } = made;
  // A copy: what the codec holds is not seen through the same view once its memory has grown.
  const own = renditions.map((each) => ({ ...each, data: each.data.slice() }));
  watch.lap('decode');
  return rasterParts()
    .then(({ encodeRasters }) => encodeRasters(rasters, [first, ...others], recipe))
    .then((encoded) => ({ renditions: inOrderOf(formats, [...own, ...encoded]), via: 'kernel', ...told }));
}

function renderHeldAsJpeg(
  name: string,
  recipe: ThumbnailRecipe,
  turned?: Orientation,
): Rendering | undefined {
  const made = jpeg.render(name, recipe, turned);
  watch.lap('decode');
  return made && { ...made, via: 'kernel' };
}

/** Thumbnails of the embedded preview; `undefined` if it cannot be used after all. */
export async function renderPreview(
  { bytes, orientation }: EmbeddedPreview,
  name: string,
  recipe: ThumbnailRecipe,
): Promise<Rendering | undefined> {
  if (!jpeg.holdBytes(bytes)) return undefined;
  try {
    const made = await renderHeld(name, recipe, ['jpeg'], orientation);
    return made && { ...made, via: 'embedded' };
  } catch (error) {
    // A damaged preview says nothing about the image itself.
    if (error instanceof ItemError) return undefined;
    throw error;
  }
}
