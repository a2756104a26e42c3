import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../plan/output-name.ts';
import { writeWhole } from '../part-file.ts';
import { type MadeThumbnail, renderThumbnail } from './thumbnail.ts';

/** An image that is in memory and nowhere else. */
export interface BytesPayload {
  readonly bytes: Uint8Array;
  /** What a person calls the image, for messages. */
  readonly name: string;
  readonly output: string;
  readonly format: WrittenFormat;
  readonly recipe: ThumbnailRecipe;
}

/** The task `thumbnail-of-bytes`: a thumbnail of an image that never was a file. */
export async function thumbnailOfBytesTask(payload: unknown): Promise<MadeThumbnail> {
  const { bytes, name, output, format, recipe } = payload as BytesPayload;
  const { data, width, height } = await renderThumbnail(bytes, name, recipe, format);
  writeWhole(output, data);
  return {
    output,
    bytesIn: bytes.length,
    bytesOut: data.byteLength,
    width,
    height,
    via: 'sharp',
    inputStamp: String(bytes.length),
  };
}
