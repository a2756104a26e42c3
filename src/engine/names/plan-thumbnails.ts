import { basename, extname, join } from 'node:path';
import { nameParts } from '../../shared/name-template.ts';
import type { ThumbnailRecipe } from '../../shared/recipe.ts';
import { boxesOf } from '../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../shared/settings/choices.ts';
import { hashOfText } from '../files/hash-of-text.ts';
import { fitted, keepsName, nameOutputs, sameName, writtenFormat } from './output-name.ts';

/** One image and its thumbnails, before it is known whether they have been made already. */
export interface PlannedThumbnail {
  readonly input: string;
  /** One a size, in the order of the recipe's boxes. */
  readonly outputs: readonly string[];
  readonly format: WrittenFormat;
  /** Outputs that are there and not known to be ours: kept where they hold the same bytes, and never replaced. */
  readonly foreign?: readonly string[];
}

export interface FolderToPlan {
  /** The folder that the images are in. */
  readonly folder: string;
  /** The folder that their thumbnails go to. */
  readonly outputFolder: string;
  readonly names: readonly string[];
}

/**
 * Plans the images of one folder: where each thumbnail goes. Pure, and lazy: a folder of a million images is
 * planned as it is worked off.
 */
export function* planFolder(
  { folder, outputFolder, names }: FolderToPlan,
  recipe: ThumbnailRecipe,
): Generator<PlannedThumbnail, void> {
  const { format } = recipe;
  const renamed = names.every((name) => keepsName(name, format)) ? undefined : nameOutputs(names, format);
  // Names as they stand differ already; only a template can make them the same.
  const claims = recipe.nameTemplate === undefined ? undefined : new NameClaims(recipe, (name) => name);
  for (const name of names) {
    const distinct = renamed?.get(name) ?? name;
    const outputs = claims?.claim(distinct, name) ?? outputNames(distinct, recipe);
    yield {
      input: join(folder, name),
      outputs: outputs.map((output) => join(outputFolder, output)),
      format: writtenFormat(name, format),
    };
  }
}

/**
 * Plans single files whose outputs share one folder though they come from several. Of files with the same
 * name the first (by path) keeps it; the others get a hash of their path.
 */
export function planFiles(
  files: readonly string[],
  outputFolder: string,
  recipe: ThumbnailRecipe,
): PlannedThumbnail[] {
  const claims = new NameClaims(recipe, sameName);
  return files.toSorted().map((input) => {
    const name = basename(input);
    const natural = nameOutputs([name], recipe.format).get(name) ?? name;
    return {
      input,
      outputs: claims.claim(natural, input).map((output) => join(outputFolder, output)),
      format: writtenFormat(name, recipe.format),
    };
  });
}

/** Where the thumbnails of one image go whose name no other image shares. */
function outputNames(name: string, recipe: ThumbnailRecipe): string[] {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  const parts = nameParts(recipe.nameTemplate, boxesOf(recipe), extension.slice(1));
  return parts.map(({ before, after }) => fitted(before + stem, after));
}

/**
 * Where the thumbnails of a fetched file go, whose name no other file of the run has. Each file its own: a name whose
 * extension must change keeps the old one inside (`a.png.jpg`).
 */
export function outputsOfFetched(name: string, recipe: ThumbnailRecipe, folder: string): string[] {
  const named = nameOutputs([name], recipe.format).get(name) ?? name;
  const distinct = named === name ? name : fitted(name, extname(named));
  return outputNames(distinct, recipe).map((output) => join(folder, output));
}

/** Output names that are taken already. */
class NameClaims {
  readonly #recipe: ThumbnailRecipe;
  readonly #keyOf: (name: string) => string;
  readonly #taken = new Set<string>();

  constructor(recipe: ThumbnailRecipe, keyOf: (name: string) => string) {
    this.#recipe = recipe;
    this.#keyOf = keyOf;
  }

  /** The image's names, or, where another image has one of them already, names with a hash of `subject`. */
  claim(name: string, subject: string): string[] {
    let names = outputNames(name, this.#recipe);
    const extension = extname(name);
    const stem = name.slice(0, name.length - extension.length);
    for (let hash = hashOf(subject); names.some((taken) => this.#has(taken)); hash = hashOf(hash)) {
      names = outputNames(fitted(stem, `-${hash}${extension}`), this.#recipe);
    }
    for (const claimed of names) this.#taken.add(this.#keyOf(claimed));
    return names;
  }

  #has(name: string): boolean {
    return this.#taken.has(this.#keyOf(name));
  }
}

function hashOf(text: string): string {
  return hashOfText(text).slice(0, 12);
}
