import { isPng } from '../../../codecs/png/chunks.ts';
import type { WrittenFormat } from '../../../shared/choices.ts';
import { ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { Via } from '../../../shared/result.ts';
import type { EmbeddedPreview } from './embedded-preview.ts';
import { kernel, kernelThumbnails } from './kernel-thumbnail.ts';
import type { Rendition } from './sharp-thumbnail.ts';

/**
 * sharp, loaded by the first image that needs it: a thread that makes JPEG and PNG only never pays for it, which is 40 MB,
 * and 100 MB in WebAssembly.
 */
const sharpParts = () => import('./sharp-parts.ts');

/** The PNG kernel, loaded by the first PNG. */
let pngParts: typeof import('./png-thumbnails.ts') | undefined;
const loadPngParts = async (): Promise<void> => {
  pngParts = await import('./png-thumbnails.ts');
};

/** What became of an image: a rendition a size, in the order of the recipe's boxes. */
export interface Rendering {
  readonly renditions: readonly Rendition[];
  readonly via: Via;
  readonly warning?: string;
}

/** The image's bytes in memory, or its path where the file is large. */
export type Source = string | Uint8Array;

/**
 * Makes the thumbnails of an image that is in memory and nowhere else.
 * @param name the image as the person knows it, for messages.
 */
export async function renderBytes(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendering> {
  return renderBytesInKernel(bytes, name, recipe, format) ?? renderOther(bytes, name, recipe, format);
}

/** The same, at once and as the kernel can do it, or `undefined`. */
export function renderBytesInKernel(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Rendering | undefined {
  const place = format === 'jpeg' ? kernel.input(bytes.length) : undefined;
  place?.set(bytes);
  return place && renderInKernel(place, name, recipe, format);
}

/**
 * All that the JPEG kernel does not do: PNG by its own kernel where that can, everything else by sharp. At once where a
 * kernel makes it and has been loaded.
 */
export function renderOther(
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

/** As the kernel can do it, or `undefined`: the bytes lie in the kernel's memory already. */
export function renderInKernel(
  bytes: Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Rendering | undefined {
  const made = kernelThumbnails(bytes, name, recipe, format);
  return made && { ...made, via: 'kernel' };
}

/** Thumbnails of the preview that the file brought along; `undefined` where that cannot be used after all. */
export function renderPreview(
  { bytes, orientation }: EmbeddedPreview,
  name: string,
  recipe: ThumbnailRecipe,
): Rendering | undefined {
  const place = kernel.input(bytes.length);
  if (!place) return undefined;
  place.set(bytes);
  try {
    const made = kernelThumbnails(place, name, recipe, 'jpeg', orientation);
    return made && { ...made, via: 'embedded' };
  } catch (error) {
    // A damaged preview says nothing about the image.
    if (error instanceof ItemError) return undefined;
    throw error;
  }
}

export async function renderBySharp(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendering> {
  if (source.length === 0) throw new ItemError('EMPTY_FILE', `${name} is empty.`);
  const { sharpThumbnails, toItemError } = await sharpParts();
  try {
    return { renditions: await sharpThumbnails(source, recipe, format, 'refused'), via: 'sharp' };
  } catch (error) {
    const failure = await toItemError(error, source, name, recipe);
    const damaged = failure.code === 'TRUNCATED_IMAGE' || failure.code === 'CORRUPT_IMAGE';
    if (!recipe.tolerant || !damaged) throw failure;
    return renderDamaged(failure, source, recipe, format);
  }
}

/** As far as the image can be read; what cannot be read at all fails as it did before. */
async function renderDamaged(
  failure: ItemError,
  source: Source,
  recipe: ThumbnailRecipe,
  format: WrittenFormat,
): Promise<Rendering> {
  const { sharpThumbnails } = await sharpParts();
  try {
    const renditions = await sharpThumbnails(source, recipe, format, 'tolerated');
    return { renditions, via: 'sharp', warning: failure.message };
  } catch {
    throw failure;
  }
}
