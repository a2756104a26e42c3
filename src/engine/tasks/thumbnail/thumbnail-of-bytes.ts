import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { againWithRoomForFiles } from '../../files/room-for-files.ts';
import type { WrittenFormat } from '../../plan/output-name.ts';
import type { TaskContext } from '../protocol.ts';
import { failureOfImage } from './failure-of-image.ts';
import { type Rendering, renderBytes } from './render.ts';
import { type MadeThumbnail, writeAll } from './thumbnail.ts';

/** An image that is in memory and nowhere else. */
export interface BytesPayload {
  readonly bytes: Uint8Array;
  /** What a person calls the image, for messages. */
  readonly name: string;
  /** One a size of the recipe. */
  readonly outputs: readonly string[];
  readonly format: WrittenFormat;
  readonly recipe: ThumbnailRecipe;
}

/** The task `thumbnail-of-bytes`: thumbnails of an image that never was a file. */
export async function thumbnailOfBytesTask(
  payload: unknown,
  { signal }: TaskContext,
): Promise<MadeThumbnail> {
  const { bytes, name, outputs, format, recipe } = payload as BytesPayload;
  const make = async () => madeOfBytes(bytes, await renderBytes(bytes, name, recipe, format), outputs);
  try {
    return await make().catch((error: unknown) => againWithRoomForFiles(error, make, signal));
  } catch (error) {
    throw failureOfImage(error, name);
  }
}

export function madeOfBytes(
  bytes: Uint8Array,
  rendering: Rendering,
  outputs: readonly string[],
): MadeThumbnail {
  return { bytesIn: bytes.length, ...writeAll(rendering, outputs), inputStamp: String(bytes.length) };
}
