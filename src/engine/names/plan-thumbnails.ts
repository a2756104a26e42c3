import { basename, extname, join, sep } from 'node:path';
import { type NameParts, nameParts } from '../../shared/name-template.ts';
import type { ThumbnailRecipe } from '../../shared/recipe.ts';
import { boxesOf } from '../../shared/settings/boxes.ts';
import type { WrittenFormat } from '../../shared/settings/choices.ts';
import { hashOfText } from '../files/hash-of-text.ts';
import { foldedName, NameClaims } from './name-claims.ts';
import { fitted, keepsName, nameOutputs, writtenFormat } from './output-name.ts';

/** One image and its thumbnails, before it is known whether they have been made already. */
export interface PlannedThumbnail {
  readonly input: string;
  /** One output for each size, in the order of the recipe's boxes. */
  readonly outputs: readonly string[];
  readonly format: WrittenFormat;
  /** Existing outputs not known to be ours: never replaced, but accepted if they have the same bytes. */
  readonly foreign?: readonly string[];
}

type Contents = ReadonlyMap<string, WrittenFormat>;

export interface FolderToPlan {
  /** The folder of the images. */
  readonly folder: string;
  /** The folder for their thumbnails. */
  readonly outputFolder: string;
  readonly names: readonly string[];
  /** The formats of the images whose names do not tell them. */
  readonly contents?: Contents;
}

/**
 * Plans the images of one folder: where each thumbnail goes. Pure and lazy: a folder of a million images is planned as
 * it is processed.
 */
export function* planFolder(
  { folder, outputFolder, names, contents }: FolderToPlan,
  recipe: ThumbnailRecipe,
): Generator<PlannedThumbnail, void> {
  const { format } = recipe;
  const renamed = names.every((name) => keepsName(name, format))
    ? undefined
    : nameOutputs(names, format, contents);
  // Without a template all names are different already.
  const claims = recipe.nameTemplate === undefined ? undefined : new NameClaims();
  const namesOf = outputNames(recipe);
  // Joined once: the names of a folder's entries need no more than a separator.
  const inputsIn = join(folder, sep);
  const outputsIn = join(outputFolder, sep);
  for (const name of names) {
    const distinct = renamed?.get(name) ?? name;
    const outputs =
      claims?.claim(distinctOutputs(distinct, name, namesOf), (all) => all) ?? namesOf(distinct);
    yield {
      input: inputsIn + name,
      outputs: outputs.map((output) => outputsIn + output),
      format: writtenFormat(name, format, contents?.get(name)),
    };
  }
}

/**
 * Plans single files from several folders whose outputs share one. Of files with the same name, the first (by path)
 * keeps it; the others get a hash of their path.
 * @param contents the formats of the files, by path, whose names do not tell them.
 * @param claims the names that files before these have taken, if there are any.
 */
export function planFiles(
  files: readonly string[],
  outputFolder: string,
  recipe: ThumbnailRecipe,
  contents?: Contents,
  claims = new NameClaims(),
): PlannedThumbnail[] {
  const namesOf = outputNames(recipe);
  return files.toSorted().map((input) => {
    const name = basename(input);
    const content = contents?.get(input);
    const natural =
      nameOutputs([name], recipe.format, content && new Map([[name, content]])).get(name) ?? name;
    const outputs = claims.claim(distinctOutputs(natural, input, namesOf), (all) => all.map(foldedName));
    return {
      input,
      outputs: outputs.map((output) => join(outputFolder, output)),
      format: writtenFormat(name, recipe.format, content),
    };
  });
}

type NamesOf = (name: string) => string[];

/** Tells the names of the thumbnails of an image whose name is unique. */
function outputNames(recipe: ThumbnailRecipe): NamesOf {
  const boxes = boxesOf(recipe);
  // Many images share few extensions.
  const partsBy = new Map<string, readonly NameParts[]>();
  return (name) => {
    const extension = extname(name);
    let parts = partsBy.get(extension);
    if (!parts) {
      parts = nameParts(recipe.nameTemplate, boxes, extension.slice(1));
      partsBy.set(extension, parts);
    }
    const stem = name.slice(0, name.length - extension.length);
    return parts.map(({ before, after }) => fitted(before + stem, after));
  };
}

/**
 * The thumbnails of a fetched file, whose name is unique in the run. To keep theirs unique as well, a name whose
 * extension must change keeps the old one inside (`a.png.jpg`).
 */
export function outputsOfFetched(name: string, recipe: ThumbnailRecipe, folder: string): string[] {
  const named = nameOutputs([name], recipe.format).get(name) ?? name;
  const distinct = named === name ? name : fitted(name, extname(named));
  return outputNames(recipe)(distinct).map((output) => join(folder, output));
}

/** The image's output names, followed by names with a hash of `subject`, in case another image has taken the first. */
function* distinctOutputs(
  name: string,
  subject: string,
  namesOf: NamesOf,
): Generator<readonly string[], void> {
  yield namesOf(name);
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  for (let hash = hashOf(subject); ; hash = hashOf(hash)) {
    yield namesOf(fitted(stem, `-${hash}${extension}`));
  }
}

function hashOf(text: string): string {
  return hashOfText(text).slice(0, 12);
}
