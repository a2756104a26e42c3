import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { MadeThumbnail } from '../../../shared/result.ts';
import type { WrittenFormats } from '../../../shared/settings/choices.ts';
import { againWithRoomForFiles } from '../../files/room-for-files.ts';
import type { TaskContext } from '../../pool/threads/protocol.ts';
import { failureOfImage } from './failure-of-image.ts';
import { openImage } from './image/image-file.ts';
import { workUntil } from './image/task-signal.ts';
import { watch } from './image/watch.ts';
import { renderBytes, renderFile } from './render.ts';
import { bounded, madeOf, type Outputs } from './thumbnail.ts';

/** An image that is not kept as a file. */
export interface BytesPayload {
  /** Its bytes, or the path of their temporary file. */
  readonly image: Uint8Array<ArrayBuffer> | string;
  /** The person's name for the image, for messages. */
  readonly name: string;
  /** One for each size in each format, as those of a planned thumbnail. */
  readonly outputs: Outputs;
  readonly formats: WrittenFormats;
  readonly recipe: ThumbnailRecipe;
}

/** The task `thumbnail-of-bytes`: thumbnails of an image that the person has no file of. */
export async function thumbnailOfBytesTask(
  payload: unknown,
  { signal }: TaskContext,
): Promise<MadeThumbnail> {
  const image = payload as BytesPayload;
  workUntil(signal);
  try {
    return await make(image).catch((error: unknown) =>
      againWithRoomForFiles(error, () => make(image), signal),
    );
  } catch (error) {
    throw failureOfImage(error, image.name);
  }
}

async function make({ image, name, outputs, formats, recipe }: BytesPayload): Promise<MadeThumbnail> {
  watch.start();
  const { onlyIfSmaller } = recipe;
  const to: Outputs = { ...outputs, onlyIfSmaller };
  if (typeof image !== 'string') {
    return madeOf(
      versionOf(image.length),
      await bounded(renderBytes(image, name, recipe, formats), name, recipe),
      to,
    );
  }
  const { size, rendering } = openImage(image, (file) => ({
    size: file.size,
    rendering: bounded(renderFile(file, name, recipe, formats, true), name, recipe),
  }));
  return madeOf(versionOf(size), await rendering, to);
}

/** The image's size is its only mark of identity, as there is no file. */
export function versionOf(size: number): { readonly size: number; readonly stamp: string } {
  return { size, stamp: String(size) };
}
