import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../plan/output-name.ts';
import { openImage } from './image-file.ts';
import { type Rendering, renderBytes, renderInKernel, renderOther } from './render.ts';
import { type MadeThumbnail, type Outputs, writeAll } from './thumbnail.ts';

/** An image that was not kept. */
export interface BytesPayload {
  /** Its bytes, or where they lie for the moment. */
  readonly image: Uint8Array<ArrayBuffer> | string;
  /** What a person calls the image, for messages. */
  readonly name: string;
  /** One a size of the recipe. */
  readonly outputs: readonly string[];
  readonly format: WrittenFormat;
  readonly recipe: ThumbnailRecipe;
  readonly durable: boolean;
}

/** The task `thumbnail-of-bytes`: thumbnails of an image that a person has no file of. */
export async function thumbnailOfBytesTask(payload: unknown): Promise<MadeThumbnail> {
  const { image, name, outputs, format, recipe, durable } = payload as BytesPayload;
  const to: Outputs = { paths: outputs, durable };
  if (typeof image !== 'string')
    return madeOf(image.length, await renderBytes(image, name, recipe, format), to);
  const { size, rendering } = openImage(image, format === 'jpeg', ({ size, inKernel, source }) => ({
    size,
    rendering:
      (inKernel && renderInKernel(inKernel, name, recipe, format)) ??
      renderOther(source(), name, recipe, format),
  }));
  return madeOf(size, await rendering, to);
}

/** Writes it. @param bytesIn of the image: all that can tell it from another, where there is no file. */
export function madeOf(bytesIn: number, rendering: Rendering, to: Outputs): MadeThumbnail {
  return { bytesIn, ...writeAll(rendering, to), inputStamp: String(bytesIn) };
}
