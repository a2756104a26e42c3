import { NameClaims } from '../src/engine/names/name-claims.ts';
import { type FilesToPlan, type FolderToPlan, ThumbnailPlan } from '../src/engine/names/plan-thumbnails.ts';
import type { ThumbnailRecipe } from '../src/shared/recipe.ts';

/** What a run would plan of one folder. */
export function planFolder(
  { below = '', ...folder }: Omit<FolderToPlan, 'below'> & { readonly below?: string },
  recipe: ThumbnailRecipe,
) {
  const plan = planOf(recipe).folder({ ...folder, below });
  return [...plan.some(0, plan.count)];
}

/** What a run would plan of single files. */
export function planFiles(
  files: readonly string[],
  outputFolder: string,
  recipe: ThumbnailRecipe,
  contents?: FilesToPlan['contents'],
) {
  const plan = planOf(recipe).files({ files, outputFolder, ...(contents && { contents }) });
  return [...plan.some(0, plan.count)];
}

/** A plan with names of its own. */
export function planOf(recipe: ThumbnailRecipe, tellsCase = true): ThumbnailPlan {
  const claims = new Map<string, NameClaims>();
  const claimsIn = (folder: string) => {
    const taken = claims.get(folder) ?? new NameClaims();
    claims.set(folder, taken);
    return taken;
  };
  return new ThumbnailPlan(recipe, claimsIn, () => tellsCase);
}
