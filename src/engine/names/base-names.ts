import type { ThumbnailRecipe } from '../../shared/recipe.ts';
import type { WrittenFormat } from '../../shared/settings/choices.ts';
import { keepsName, nameOutputs, nameOutputsInFormats } from './output-name.ts';

export type Contents = ReadonlyMap<string, WrittenFormat>;

/**
 * Tells the names of an image before the template, one for each format.
 * @param contents the formats of the images whose names do not tell them.
 */
export function baseNames(
  names: readonly string[],
  recipe: Pick<ThumbnailRecipe, 'format' | 'furtherFormats'>,
  contents: Contents | undefined,
): (name: string) => readonly string[] {
  const { format, furtherFormats } = recipe;
  if (furtherFormats.length > 0) {
    const named = nameOutputsInFormats(names, recipe, contents);
    return (name) => named.get(name) ?? [name];
  }
  const renamed = names.every((name) => keepsName(name, format))
    ? undefined
    : nameOutputs(names, format, contents);
  return (name) => [renamed?.get(name) ?? name];
}
