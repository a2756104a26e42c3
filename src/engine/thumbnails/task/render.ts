import { isJpeg } from '../../../codecs/jpeg/jpeg-header.ts';
import { isPng } from '../../../codecs/png/chunks.ts';
import { ItemError } from '../../../shared/failure.ts';
import { isWebp } from '../../../shared/image-signatures.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../../shared/settings/choices.ts';
import { formatOf } from '../formats/known-format.ts';
import type { EmbeddedPreview } from './embedded-preview.ts';
import { type ImageFile, openImage } from './image-file.ts';
import { type JpegJudgement, JpegThumbnailer } from './jpeg-thumbnailer.ts';
import type { Rendering, Source } from './rendering.ts';
import type { Damage } from './sharp-thumbnail.ts';
import { watch } from './watch.ts';

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

/** Encoders for pixels, which come with the PNG codec: loaded by the first JPEG that becomes another format. */
const rasterParts = () => import('./encode-rasters.ts');

/** libwebp, loaded by the first WebP. */
const webpParts = () => import('./webp-thumbnails.ts');

/** One per thread: JPEG files are read into its memory. */
const jpeg = new JpegThumbnailer();

/**
 * Makes the thumbnails of an image that exists only in memory.
 * @param name the person's name for the image, for messages.
 */
export function renderBytes(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Rendering | Promise<Rendering> {
  const made = isJpeg(bytes) && jpeg.holdBytes(bytes) && renderHeld(name, recipe, format);
  return made || renderOther(bytes, name, recipe, format);
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
  const isHeld = tryJpeg && file.read((descriptor) => jpeg.holdFile(descriptor, file.size));
  if (isHeld) watch.lap('read');
  else {
    const source = file.source();
    watch.lap('read');
    if (typeof source !== 'string') return renderBytes(source, name, recipe, format);
    return renderOther(source, name, recipe, format);
  }
  return (
    renderHeld(name, recipe, format) ??
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

function renderHeld(
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Rendering | Promise<Rendering> | undefined {
  if (format === 'jpeg') return renderHeldAsJpeg(name, recipe);
  const made = jpeg.rasters(name, recipe, format);
  if (!made) return undefined;
  const { rasters, ...told } = made;
  watch.lap('decode');
  return rasterParts()
    .then(({ encodeRasters }) => encodeRasters(rasters, format, recipe.quality))
    .then((renditions) => ({ renditions, via: 'kernel', ...told }));
}

function renderHeldAsJpeg(name: string, recipe: ThumbnailRecipe): Rendering | undefined {
  const made = jpeg.render(name, recipe);
  watch.lap('decode');
  return made && { ...made, via: 'kernel' };
}

/**
 * Handles all that the JPEG codec does not: PNG and WebP by their own codecs if possible, everything else by sharp.
 * Synchronous if a codec makes the thumbnails and has been loaded.
 */
function renderOther(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Rendering | Promise<Rendering> {
  const bySharp = () => renderBySharp(source, name, recipe, format);
  if (typeof source === 'string') return bySharp();
  if (isWebp(source)) {
    return webpParts().then(async ({ webpThumbnails }) => {
      const renditions = await webpThumbnails(source, name, recipe, format);
      return renditions ? { renditions, via: 'kernel' } : bySharp();
    });
  }
  if (!isPng(source)) return bySharp();
  if (!pngParts) return loadPngParts().then(() => renderOther(source, name, recipe, format));
  const made = pngParts.pngThumbnails(source, name, recipe, format);
  if (made === undefined) return bySharp();
  return made instanceof Promise
    ? made.then((renditions) => ({ renditions, via: 'kernel' }))
    : { renditions: made, via: 'kernel' };
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
    watch.lap('decode');
    return made && { ...made, via: 'embedded' };
  } catch (error) {
    // A damaged preview says nothing about the image itself.
    if (error instanceof ItemError) return undefined;
    throw error;
  }
}

/**
 * Decodes with sharp. Whether a JPEG is damaged is for the JPEG codec to say, whatever the format of its thumbnail, so
 * that it always ends alike. libjpeg, by whose warnings sharp judges, warns of bytes that no pixel needs, and not of all
 * pixels that are wrong.
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
  const judged: Judged =
    input?.name === 'JPEG' ? judgeJpeg(source, name, recipe) : { source, damage: 'refused' };
  const { sharpThumbnails, failureOfDecoding } = await sharpParts();
  const render = async (damage: Damage, warning: string | undefined): Promise<Rendering> => {
    const renditions = await sharpThumbnails(judged.source, recipe, format, damage);
    // libvips decodes, resizes and encodes strip by strip: only the sum can be seen.
    watch.lap('decode');
    return { renditions, via: 'sharp', ...(warning !== undefined && { warning }) };
  };
  try {
    return await render(judged.damage, judged.warning);
  } catch (error) {
    // Not the decoder's: the image is not to blame.
    if (error instanceof ItemError) throw error;
    const failure = await failureOfDecoding(error, source, input, name, recipe);
    const isTolerable = recipe.tolerant && judged.damage === 'refused' && isDamage(failure);
    if (!isTolerable) throw failure;
    return await render('tolerated', failure.message).catch(() => Promise.reject(failure));
  }
}

/** How sharp is to decode an image. */
interface Judged {
  readonly source: Source;
  readonly damage: Damage;
  readonly warning?: string;
}

/** @throws ItemError for a JPEG that is damaged, unless that is tolerated. */
function judgeJpeg(source: Source, name: string, recipe: ThumbnailRecipe): Judged {
  const isHeld =
    typeof source === 'string'
      ? openImage(source, (file) => file.read((descriptor) => jpeg.holdFile(descriptor, file.size)))
      : jpeg.holdBytes(source);
  const judgement: JpegJudgement = isHeld ? jpeg.judge(name, recipe) : { kind: 'unknown' };
  switch (judgement.kind) {
    case 'unknown':
      return { source, damage: 'refused' };
    case 'whole':
      return { source, damage: 'tolerated' };
    case 'damaged':
      if (!recipe.tolerant) throw new ItemError(judgement.code, judgement.message);
  }
  const { warning } = judgement;
  return { source: jpeg.copyWithoutJunk() ?? source, damage: 'tolerated', warning };
}

function isDamage({ code }: ItemError): boolean {
  return code === 'TRUNCATED_IMAGE' || code === 'CORRUPT_IMAGE';
}
