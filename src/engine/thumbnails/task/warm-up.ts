import { thumbnailRecipeSchema } from '../../../shared/recipe.ts';
import { renderBySharp } from './render-by-sharp.ts';

/** The smallest possible PNG: one black pixel. */
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

/**
 * The task `warm-up`: its thread makes one thumbnail of nothing, so that the first real one does not wait for sharp.
 */
export async function warmUpTask(): Promise<void> {
  const recipe = thumbnailRecipeSchema.parse({});
  await renderBySharp(Buffer.from(onePixel, 'base64'), 'The warm-up', recipe, ['png']);
}
