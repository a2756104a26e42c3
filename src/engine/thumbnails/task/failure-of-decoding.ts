import sharp from 'sharp';
import { ItemError } from '../../../shared/failure.ts';
import type { ImageFormat } from '../../../shared/image-formats.ts';
import { readFormats } from '../../../shared/image-formats.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { machineFault } from '../../files/machine-fault.ts';
import { endsEarly } from '../formats/ends-early.ts';
import { svgFault } from '../formats/svg-fault.ts';
import { withFileBytes } from '../formats/with-file-bytes.ts';
import { assertPixels } from './image/pixel-limit.ts';

/**
 * Finds out why sharp refused an image. Only sharp's own messages are looked at: those of libvips come from one buffer
 * for the whole process, so they may be about another image that is being decoded at the same time. The file itself
 * tells the rest.
 * @param format the format of the content, if it is known.
 */
export async function failureOfDecoding(
  cause: unknown,
  source: string | Uint8Array,
  format: ImageFormat | undefined,
  name: string,
  recipe: ThumbnailRecipe,
): Promise<ItemError> {
  const fault = machineFault(cause, name);
  if (fault) return fault;
  const said = cause instanceof Error ? cause.message : String(cause);
  if (said.startsWith('Input image exceeds pixel limit')) return tooManyPixels(source, name, recipe);
  if (said.startsWith('timeout:')) {
    return new ItemError('DECODING_TOO_SLOW', `${name} took too long to decode, so that was given up.`);
  }
  if (!format) {
    const message = `${name} is not an image that Shoal can read (${readFormats('or')}).`;
    return new ItemError('NOT_AN_IMAGE', message, { cause });
  }
  if (withFileBytes(source, (file) => endsEarly(format.name, file))) {
    return new ItemError('TRUNCATED_IMAGE', `${name} ends before the image does.`, { cause });
  }
  const reason = format.name === 'SVG' && typeof source !== 'string' ? svgFault(source) : undefined;
  return new ItemError(
    'CORRUPT_IMAGE',
    `${name} is damaged: ${reason ?? `its ${format.name} data cannot be decoded`}.`,
    { cause },
  );
}

async function tooManyPixels(
  source: string | Uint8Array,
  name: string,
  { maxPixels }: ThumbnailRecipe,
): Promise<ItemError> {
  try {
    const { width, height } = await sharp(source, { failOn: 'none', limitInputPixels: false }).metadata();
    assertPixels({ width, height }, name, maxPixels);
  } catch (error) {
    if (error instanceof ItemError) return error;
  }
  // Its size could not be read again, as happens to the metadata of a damaged file.
  return new ItemError('TOO_MANY_PIXELS', `${name} has more than the ${maxPixels} pixels that are allowed.`);
}
