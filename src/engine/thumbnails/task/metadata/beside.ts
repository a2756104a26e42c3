import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import type { WrittenFormats } from '../../../../shared/settings/choices.ts';
import type { Rendering, Source } from '../image/rendering.ts';
import type { Described } from './described.ts';

type Made = Rendering | undefined;
/**
 * @param planned the recipe whose `colour` says what is to become of the pixels of this picture, and whose `keep` is
 *   `none` unless there is a gain map to keep, which only sharp can scale.
 * @param formats those that this is the plan for.
 */
type Render<Result extends Made> = (
  planned: ThumbnailRecipe,
  formats: WrittenFormats,
) => Result | Promise<Result>;

/** What reads and writes metadata, loaded by the first picture that keeps some. */
const metadataParts = () => import('./with-metadata.ts');

/**
 * Makes thumbnails of a picture and writes beside their pixels what the recipe keeps. This is the one place for that,
 * whoever makes the thumbnails; a recipe that keeps nothing costs nothing.
 */
export function besidePixels<Result extends Made>(
  source: Source,
  name: string,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
  render: Render<Result>,
): Result | Promise<Result> {
  if (isPlain(recipe)) return render(recipe, formats);
  return metadataParts().then(({ withMetadataOf }) => withMetadataOf(source, name, recipe, formats, render));
}

/** The same for a picture of which is known what it says. */
export function besideDescribed<Result extends Made>(
  describe: () => Described,
  recipe: ThumbnailRecipe,
  formats: WrittenFormats,
  render: Render<Result>,
): Result | Promise<Result> {
  if (isPlain(recipe)) return render(recipe, formats);
  return metadataParts().then(({ withMetadata }) => withMetadata(describe(), recipe, formats, render));
}

/** Whether a recipe keeps nothing that a picture's file says, as most do. */
export function isPlain({ colour, keep }: ThumbnailRecipe): boolean {
  return colour === 'srgb' && keep === 'none';
}
