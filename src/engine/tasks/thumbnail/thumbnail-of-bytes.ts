import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { WrittenFormat } from '../../plan/output-name.ts';
import { type Rendering, renderBytes } from './render.ts';
import { type MadeThumbnail, type Outputs, writeAll } from './thumbnail.ts';

/** An image that is in memory and nowhere else. */
export interface BytesPayload {
  readonly bytes: Uint8Array;
  /** What a person calls the image, for messages. */
  readonly name: string;
  /** One a size of the recipe. */
  readonly outputs: readonly string[];
  readonly format: WrittenFormat;
  readonly recipe: ThumbnailRecipe;
  readonly durable: boolean;
}

/** The task `thumbnail-of-bytes`: thumbnails of an image that never was a file. */
export async function thumbnailOfBytesTask(payload: unknown): Promise<MadeThumbnail> {
  const { bytes, name, outputs, format, recipe, durable } = payload as BytesPayload;
  return madeOfBytes(bytes, await renderBytes(bytes, name, recipe, format), { paths: outputs, durable });
}

export function madeOfBytes(bytes: Uint8Array, rendering: Rendering, to: Outputs): MadeThumbnail {
  return { bytesIn: bytes.length, ...writeAll(rendering, to), inputStamp: String(bytes.length) };
}
