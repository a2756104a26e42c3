import { isPng } from '../../../codecs/png/chunks.ts';
import { ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { formatOf } from '../formats/known-format.ts';
import type { EmbeddedPreview } from './embedded-preview.ts';
import { type ImageFile, openImage } from './image-file.ts';
import { type JpegJudgement, JpegThumbnailer } from './jpeg-thumbnailer.ts';
import type { Rendering, Source } from './rendering.ts';

/**
 * sharp, loaded by the first image that needs it: a thread that handles only JPEG and PNG never pays for it, which
 * would be 40 MB, or 100 MB with WebAssembly.
 */
const sharpParts = () => import('./sharp-parts.ts');

/** The PNG codec, loaded by the first PNG. */
let pngParts: typeof import('./png-thumbnails.ts') | undefined;
const loadPngParts = async (): Promise<void> => {
  pngParts = await import('./png-thumbnails.ts');
};

/** One per thread: JPEG files are read into its memory. */
const jpeg = new JpegThumbnailer();

/**
 * Makes the thumbnails of an image that exists only in memory.
 * @param name the person's name for the image, for messages.
 */
export async function renderBytes(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendering> {
  const made = format === 'jpeg' ? renderJpegBytes(bytes, name, recipe) : undefined;
  return made ?? renderOther(bytes, name, recipe, format);
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
  format: WrittenFormat,
  tryJpeg: boolean,
): Rendering | Promise<Rendering> {
  if (!tryJpeg || !file.read((descriptor) => jpeg.holdFile(descriptor, file.size))) {
    return renderOther(file.source(), name, recipe, format);
  }
  return (
    (format === 'jpeg' ? renderHeld(name, recipe) : undefined) ??
    // A copy, because sharp works on after this call, when the codec may hold another image.
    renderOther(jpeg.copy() ?? file.source(), name, recipe, format)
  );
}

/** JPEG thumbnails of a file, synchronously, or `undefined` if the JPEG codec cannot make them. */
export function renderJpegFile(
  file: ImageFile,
  name: string,
  recipe: ThumbnailRecipe,
): Rendering | undefined {
  const isHeld = file.read((descriptor) => jpeg.holdFile(descriptor, file.size));
  return isHeld ? renderHeld(name, recipe) : undefined;
}

/** The same from bytes. */
export function renderJpegBytes(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
): Rendering | undefined {
  return jpeg.holdBytes(bytes) ? renderHeld(name, recipe) : undefined;
}

/**
 * `undefined` also if the codec calls the image corrupt: sharp is asked then, as libjpeg may know how to read it. It
 * cannot know what is behind the end of a file.
 */
function renderHeld(name: string, recipe: ThumbnailRecipe): Rendering | undefined {
  try {
    const made = jpeg.render(name, recipe);
    return made && { ...made, via: 'kernel' };
  } catch (error) {
    if (error instanceof ItemError && error.code === 'CORRUPT_IMAGE') return undefined;
    throw error;
  }
}

/**
 * Handles all that the JPEG codec does not: PNG by its own codec if possible, everything else by sharp. Synchronous if
 * a codec makes the thumbnails and has been loaded.
 */
function renderOther(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Rendering | Promise<Rendering> {
  if (format !== 'png' || typeof source === 'string' || !isPng(source)) {
    return renderBySharp(source, name, recipe, format);
  }
  if (!pngParts) return loadPngParts().then(() => renderOther(source, name, recipe, format));
  const renditions = pngParts.pngThumbnails(source, name, recipe, format);
  return renditions ? { renditions, via: 'kernel' } : renderBySharp(source, name, recipe, format);
}

/** Thumbnails of the embedded preview; `undefined` if it cannot be used after all. */
export function renderPreview(
  { bytes, orientation }: EmbeddedPreview,
  name: string,
  recipe: ThumbnailRecipe,
): Rendering | undefined {
  if (!jpeg.holdBytes(bytes)) return undefined;
  try {
    const made = jpeg.render(name, recipe, orientation);
    return made && { ...made, via: 'embedded' };
  } catch (error) {
    // A damaged preview says nothing about the image itself.
    if (error instanceof ItemError) return undefined;
    throw error;
  }
}

/**
 * Decodes with sharp. Whether a JPEG is damaged is for the JPEG codec to say, so that it fails or is done whatever the
 * format of its thumbnail: libjpeg's warnings, by which sharp judges, are also about bytes that no pixel needs.
 * @throws ItemError with the cause.
 */
export async function renderBySharp(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendering> {
  if (source.length === 0) throw new ItemError('EMPTY_FILE', `${name} is empty.`);
  const input = formatOf(source, name);
  const { sharpThumbnails, failureOfDecoding } = await sharpParts();
  try {
    return { renditions: await sharpThumbnails(source, recipe, format, 'refused'), via: 'sharp' };
  } catch (error) {
    // Not of the decoder: the image is not to blame.
    if (error instanceof ItemError) throw error;
    const judgement = input?.name === 'JPEG' ? judgeJpeg(source, name, recipe) : undefined;
    const isWhole = judgement?.kind === 'whole' || judgement?.kind === 'harmless';
    const failure =
      judgement?.kind === 'damaged'
        ? new ItemError(judgement.code, judgement.message)
        : await failureOfDecoding(error, source, input, name, recipe);
    if (!isWhole && !(recipe.tolerant && isDamage(failure))) throw failure;
    const warning = judgement && 'warning' in judgement ? judgement.warning : failure.message;
    return renderLeniently(
      failure,
      judgement?.kind === 'whole' ? undefined : warning,
      source,
      recipe,
      format,
    );
  }
}

function judgeJpeg(source: Source, name: string, recipe: ThumbnailRecipe): JpegJudgement {
  const isHeld =
    typeof source === 'string'
      ? openImage(source, (file) => file.read((descriptor) => jpeg.holdFile(descriptor, file.size)))
      : jpeg.holdBytes(source);
  return isHeld ? jpeg.judge(name, recipe) : { kind: 'unknown' };
}

function isDamage({ code }: ItemError): boolean {
  return code === 'TRUNCATED_IMAGE' || code === 'CORRUPT_IMAGE';
}

/** Reads an image as far as possible; if nothing can be read, it fails with the original error. */
async function renderLeniently(
  failure: ItemError,
  warning: string | undefined,
  source: Source,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendering> {
  const { sharpThumbnails } = await sharpParts();
  try {
    const renditions = await sharpThumbnails(source, recipe, format, 'tolerated');
    return { renditions, via: 'sharp', ...(warning !== undefined && { warning }) };
  } catch {
    throw failure;
  }
}
