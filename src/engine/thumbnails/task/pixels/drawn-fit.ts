import type { ThumbnailRecipe } from '../../../../shared/recipe.ts';
import type { Fit } from '../../../../shared/settings/choices.ts';

type Look = Pick<ThumbnailRecipe, 'fit' | 'position' | 'background' | 'sharpen'>;

/** Whether there is more to do to a thumbnail's pixels than to scale, cut and pad the image, which the codecs do. */
export function isFinishedLater({ fit, position, background, sharpen }: Look): boolean {
  if (sharpen > 0) return true;
  return fit === 'contain' ? background !== undefined : fit === 'cover' && isByContent(position);
}

/** How the codecs are to draw an image: what is finished later is neither padded before it, nor cut where its content decides. */
export function drawnFit(look: Look): Fit {
  const { fit, position } = look;
  if (fit === 'contain') return isFinishedLater(look) ? 'inside' : fit;
  return fit === 'cover' && isByContent(position) ? 'outside' : fit;
}

/** Whether the JPEG codec can write such files: without progress, and with half of the colours. */
export function isPlainJpeg(recipe: ThumbnailRecipe): boolean {
  return !recipe.progressive && recipe.chroma !== '444' && !isFinishedLater(recipe);
}

function isByContent(position: Look['position']): boolean {
  return position === 'attention' || position === 'entropy';
}
