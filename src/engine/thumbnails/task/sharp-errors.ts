import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { ItemError } from '../../../shared/failure.ts';
import { readFormats } from '../../../shared/image-formats.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { machineFault } from '../../files/machine-fault.ts';
import { assertPixels } from './pixel-limit.ts';
import { readOptions } from './sharp-thumbnail.ts';
import { unreadableFormat } from './unreadable-formats.ts';

/**
 * Finds out why sharp refused an image. sharp's errors have no codes and their texts change between versions, so the
 * image is tried again with more and more lenient options; the option that helps tells the cause.
 */
export async function toItemError(
  cause: unknown,
  source: string | Uint8Array,
  name: string,
  recipe: ThumbnailRecipe,
): Promise<ItemError> {
  const fault = machineFault(cause, name);
  if (fault) return fault;
  const unreadable = unreadableFormat(source);
  if (unreadable !== undefined) {
    const message = `${name} is a ${unreadable} image, which Shoal cannot read (${readFormats('or')} it can).`;
    return new ItemError('UNSUPPORTED_IMAGE', message, { cause });
  }
  const lenient = { ...readOptions(source, recipe, 'tolerated'), limitInputPixels: false as const };
  let metadata: Metadata;
  try {
    metadata = await sharp(source, lenient).metadata();
  } catch (error) {
    return (
      machineFault(error, name) ??
      new ItemError('NOT_AN_IMAGE', `${name} is not an image that Shoal can read (${readFormats('or')}).`, {
        cause,
      })
    );
  }
  try {
    assertPixels(metadata, name, recipe.maxPixels, cause);
  } catch (error) {
    if (error instanceof ItemError) return error;
    throw error;
  }
  const stillWrong = await whyUndecodable(source, lenient);
  if (stillWrong === undefined) {
    return new ItemError(
      'TRUNCATED_IMAGE',
      `${name} ends before the image does, or parts of it are damaged.`,
      {
        cause,
      },
    );
  }
  const gone = machineFault(stillWrong, name);
  if (gone) return gone;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ItemError('CORRUPT_IMAGE', `${name} is damaged: ${reason}`, { cause });
}

/** @returns undefined if the image can be decoded after all. */
async function whyUndecodable(source: string | Uint8Array, options: SharpOptions): Promise<unknown> {
  try {
    await sharp(source, options).stats();
    return undefined;
  } catch (error) {
    return error;
  }
}
