import { renderBytes } from '../../src/engine/thumbnails/task/render.ts';
import { type ThumbnailSettings, thumbnailRecipeSchema } from '../../src/shared/recipe.ts';
import type { WrittenFormat } from '../../src/shared/settings/choices.ts';
import { look } from './test-images.ts';

/** The first thumbnail of an image, decoded again. */
export async function rendered(bytes: Uint8Array, format: WrittenFormat, settings: ThumbnailSettings = {}) {
  const made = await renderBytes(bytes, 'it', thumbnailRecipeSchema.parse(settings), [format]);
  const data = Buffer.from(made.renditions[0]?.data ?? []);
  return { ...(await look(data)), data, via: made.via };
}
