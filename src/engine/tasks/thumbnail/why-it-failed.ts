import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { ItemError } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { checkPixels } from './kernel-thumbnail.ts';
import { readOptions } from './sharp-thumbnail.ts';
import { unreadableFormat } from './unreadable-formats.ts';

const readFormats = 'JPEG, PNG, WebP, GIF, AVIF, TIFF or SVG';

/**
 * Finds out why sharp refused an image. sharp's errors carry no codes and their texts change between versions,
 * so the image is asked again, more and more leniently, and what helps tells the cause.
 */
export async function whyItFailed(
  cause: unknown,
  source: string | Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
): Promise<ItemError> {
  const unreadable = unreadableFormat(source);
  if (unreadable !== undefined) {
    const message = `${name} is a ${unreadable} image, which Shoal cannot read (${readFormats} it can).`;
    return new ItemError('UNSUPPORTED_IMAGE', message, { cause });
  }
  const lenient = { ...readOptions(source, recipe, 'tolerated'), limitInputPixels: false as const };
  let metadata: Metadata;
  try {
    metadata = await sharp(source, lenient).metadata();
  } catch {
    return new ItemError('NOT_AN_IMAGE', `${name} is not an image that Shoal can read (${readFormats}).`, {
      cause,
    });
  }
  try {
    checkPixels(metadata, name, recipe.maxPixels, cause);
  } catch (error) {
    if (error instanceof ItemError) return error;
    throw error;
  }
  if (await decodes(source, lenient)) {
    return new ItemError(
      'TRUNCATED_IMAGE',
      `${name} ends before the image does, or parts of it are damaged.`,
      {
        cause,
      },
    );
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ItemError('CORRUPT_IMAGE', `${name} is damaged: ${reason}`, { cause });
}

async function decodes(source: string | Uint8Array, options: SharpOptions): Promise<boolean> {
  try {
    await sharp(source, options).stats();
    return true;
  } catch {
    return false;
  }
}
