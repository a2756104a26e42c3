import { basename, dirname, extname, isAbsolute, join, parse, relative, sep } from 'node:path';
import type { PictureFacts } from '../../shared/naming/compose-name.ts';
import { fitted } from '../../shared/naming/name-length.ts';
import type { ThumbnailRecipe } from '../../shared/recipe.ts';
import type { WrittenFormats } from '../../shared/settings/choices.ts';
import { baseNames, type Contents } from './base-names.ts';
import { foldedName, NameClaims } from './name-claims.ts';
import { writtenFormats } from './output-name.ts';
import { OutputNames } from './output-names.ts';

/** One image and its thumbnails, before it is known whether they have been made already. */
export interface PlannedThumbnail {
  readonly input: string;
  /** One for each size in each format: those of the first format, in the order of the recipe's boxes, then the next. */
  readonly outputs: readonly string[];
  /** The formats written, each once, in the order in which they were asked for. */
  readonly formats: WrittenFormats;
  /** Existing outputs not known to be ours: never replaced, but accepted if they have the same bytes. */
  readonly foreign?: readonly string[];
  /** The folder of each output below the output folder, where the template has folders. */
  readonly folders?: readonly string[];
}

export interface FolderToPlan {
  /** The folder of the images. */
  readonly folder: string;
  /** Its path below the given folder, with `/` as separator; '' for that itself. */
  readonly below: string;
  /** The output folder, in which folders of templates begin. */
  readonly outputFolder: string;
  readonly names: readonly string[];
  /** The formats of the images whose names do not tell them. */
  readonly contents?: Contents;
}

export interface FilesToPlan {
  /** Their paths. */
  readonly files: readonly string[];
  readonly outputFolder: string;
  /** The formats of the files, by path, whose names do not tell them. */
  readonly contents?: Contents;
  /** Absent: these are all. */
  readonly before?: FilesBefore;
}

/** What files that were planned before others, for the same output folder, have taken. */
export class FilesBefore {
  readonly claims: NameClaims;
  /** How many of each folder there were, if the template asks for that. */
  readonly counters = new Map<string, number>();

  constructor(claims = new NameClaims()) {
    this.claims = claims;
  }
}

/** Tells what the file of each image tells, by its place among the images. */
type FactsOf = (at: number) => PictureFacts | undefined;

/** Images that are planned together, in their order. */
export interface Plan {
  readonly count: number;
  /** The paths of some of them. */
  inputs(from: number, to: number): readonly string[];
  /** Plans some of them. To be called once for each, from the first on. */
  some(from: number, to: number, factsOf?: FactsOf): Generator<PlannedThumbnail, void>;
}

/** Says where the thumbnails of a run go. Pure: what files tell is handed in. */
export class ThumbnailPlan {
  readonly #recipe: ThumbnailRecipe;
  readonly #names: OutputNames;
  readonly #claimsIn: (outputFolder: string) => NameClaims;
  readonly #tellsCase: (outputFolder: string) => boolean;

  /**
   * @param claimsIn the names taken in a whole output folder.
   * @param tellsCase whether names there differ that differ by case alone.
   */
  constructor(
    recipe: ThumbnailRecipe,
    claimsIn: (outputFolder: string) => NameClaims,
    tellsCase: (outputFolder: string) => boolean,
  ) {
    this.#recipe = recipe;
    this.#tellsCase = tellsCase;
    this.#names = new OutputNames(recipe);
    this.#claimsIn = claimsIn;
  }

  /** What the template asks for. */
  get asked(): OutputNames['asked'] {
    return this.#names.asked;
  }

  /** The images of one folder. Lazy: a folder of a million images is planned as it is processed. */
  folder({ folder, below, outputFolder, names, contents }: FolderToPlan): Plan {
    const { folders, ownFolder } = this.asked;
    const basesOf = baseNames(names, this.#recipe, contents);
    // Joined once: the names of a folder's entries need no more than a separator.
    const inputsIn = join(folder, sep);
    const parent = basename(folder);
    const isShared = folders && !ownFolder;
    // Images of a volume that tells case, written to one that does not.
    const meetByCase = !this.#tellsCase(outputFolder) && new Set(foldedNames(names)).size < names.length;
    const claims = isShared
      ? this.#claimsIn(outputFolder)
      : meetByCase || this.#mayMeet(names)
        ? new NameClaims()
        : undefined;
    const keysOf = meetByCase ? foldedNames : this.#keysOf();
    const place = placeIn(join(outputFolder, folders ? '' : below));
    const plan = (at: number, facts: PictureFacts | undefined): PlannedThumbnail => {
      const name = names[at] ?? '';
      const formats = writtenFormats(name, this.#recipe, contents?.get(name));
      const picture = { bases: basesOf(name), formats, parent, folder: below, counter: at + 1, facts };
      const subject = isShared && below !== '' ? `${below}/${name}` : name;
      const outputs =
        claims?.claim(this.#names.candidatesFor(picture, subject), keysOf) ?? this.#names.of(picture);
      return { input: inputsIn + name, formats, ...this.#placed(outputs, place) };
    };
    return {
      count: names.length,
      inputs: (from, to) => names.slice(from, to).map((name) => inputsIn + name),
      *some(from, to, factsOf) {
        for (let at = from; at < Math.min(to, names.length); at += 1) yield plan(at, factsOf?.(at));
      },
    };
  }

  /**
   * Single files from several folders whose outputs share one. Of files with the same name, the first (by path) keeps
   * it; the others get a hash of their path.
   */
  files({ files, outputFolder, contents, before = new FilesBefore() }: FilesToPlan): Plan {
    const inputs = files.toSorted();
    const claims = this.asked.folders ? this.#claimsIn(outputFolder) : before.claims;
    const { counters } = before;
    const place = placeIn(outputFolder);
    const plan = (input: string, facts: PictureFacts | undefined): PlannedThumbnail => {
      const [name, folder] = [basename(input), dirname(input)];
      const counter = (counters.get(folder) ?? 0) + 1;
      if (this.asked.counter) counters.set(folder, counter);
      const content = contents?.get(input);
      const bases = baseNames([name], this.#recipe, content && new Map([[name, content]]))(name);
      const formats = writtenFormats(name, this.#recipe, content);
      const picture = {
        ...{ bases, formats, counter, facts },
        parent: basename(folder),
        folder: belowWorkingFolder(folder),
      };
      const outputs = claims.claim(this.#names.candidatesFor(picture, input), foldedNames);
      return { input, formats, ...this.#placed(outputs, place) };
    };
    return {
      count: inputs.length,
      inputs: (from, to) => inputs.slice(from, to),
      *some(from, to, factsOf) {
        for (let at = from; at < Math.min(to, inputs.length); at += 1)
          yield plan(inputs[at] as string, factsOf?.(at));
      },
    };
  }

  #placed(outputs: readonly string[], place: (output: string) => string) {
    const placed = { outputs: outputs.map(place) };
    return this.asked.folders ? { ...placed, folders: outputs.map(folderOf) } : placed;
  }

  /** Without a template all names are different already, unless the size no longer fits into one. */
  #mayMeet(names: readonly string[]): boolean {
    const { nameTemplate, furtherBoxes } = this.#recipe;
    return nameTemplate !== undefined || (furtherBoxes.length > 0 && names.some(isLong));
  }

  /** Names that differ by case alone are those of images that do: but cameras and folders have not one file system. */
  #keysOf(): (names: readonly string[]) => readonly string[] {
    const { facts, folders } = this.asked;
    return facts || folders ? foldedNames : (names) => names;
  }
}

/**
 * The thumbnails of a fetched file, whose name is unique in the run. To keep theirs unique as well, a name whose
 * extension must change keeps the old one inside (`a.png.jpg`).
 */
export function outputsOfFetched(name: string, recipe: ThumbnailRecipe, folder: string): string[] {
  const bases = baseNames(
    [name],
    recipe,
    undefined,
  )(name).map((named) => (named === name ? name : fitted(name, extname(named))));
  const picture = { bases, formats: writtenFormats(name, recipe), parent: '', folder: '', counter: 1 };
  return namesOf(recipe)
    .of(picture)
    .map((output) => join(folder, output));
}

const known = new WeakMap<ThumbnailRecipe, OutputNames>();

/** A recipe's template is understood once. */
function namesOf(recipe: ThumbnailRecipe): OutputNames {
  const names = known.get(recipe) ?? new OutputNames(recipe);
  known.set(recipe, names);
  return names;
}

function foldedNames(names: readonly string[]): string[] {
  return names.map(foldedName);
}

/** Where names in a folder lie, which have `/` between their parts on every system. */
function placeIn(folder: string): (name: string) => string {
  const inFolder = join(folder, sep);
  return sep === '/' ? (name) => inFolder + name : (name) => inFolder + name.replaceAll('/', sep);
}

/** The folder of a name, with `/` as separator. */
function folderOf(output: string): string {
  return output.slice(0, Math.max(0, output.lastIndexOf('/')));
}

/** '' for what is elsewhere, and where the working folder is the whole disk. */
function belowWorkingFolder(folder: string): string {
  const working = process.cwd();
  const below = relative(working, folder);
  const isBelow = working !== parse(working).root && !isAbsolute(below) && below.split(sep)[0] !== '..';
  return isBelow ? below.split(sep).join('/') : '';
}

/** Whether a name might have to be cut for what a size adds to it. */
function isLong(name: string): boolean {
  return name.length > 70;
}
