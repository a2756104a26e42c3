import { existsSync, lstatSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import { assertWritable, openOutputFolder } from '../files/open-output-folder.ts';
import { removeStaleParts } from '../files/parts/stale-parts.ts';
import { isWithin, realPath } from '../files/real-path.ts';
import { symlinkWithin } from '../files/symlink-within.ts';
import { failureOfSystemError } from '../files/system-error.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { OutputRoot } from './roots/output-root.ts';

/** An output folder. It is created when its first output is planned. */
export type OutputFolder =
  | {
      readonly kind: 'ready';
      /** Shoal made the folder or found it empty, so every file in it is an earlier output. */
      readonly own: boolean;
      /** Whether the folder was empty, or missing, when this run began to use it. */
      readonly fresh: boolean;
    }
  | { readonly kind: 'failed'; readonly error: Failure };

interface Made {
  /** The topmost folder that had to be made for it. */
  readonly top: string;
  readonly names: readonly string[];
}

/** So many folders are remembered: a template may make one for each of millions of images. */
const mostRemembered = 20_000;

/** Makes each output folder once, and knows which of them are Shoal's own. */
export class OutputFolders {
  readonly #ledger: Ledger | undefined;
  readonly #inputs: ReadonlySet<string>;
  /** The given folders and all folders above them. */
  readonly #aboveInputs = new Set<string>();
  readonly #folders = new Map<string, OutputFolder>();
  readonly #made = new Map<string, Made>();
  /** Folders inside output folders that are known to be no symlinks. */
  readonly #real = new Set<string>();
  readonly #swept = new Set<string>();
  /** The folder that was asked for last. */
  #last: { readonly root: OutputRoot; readonly below: string; readonly folder: string } | undefined;

  /** @param inputs the real paths of the given folders, whose images are originals. */
  constructor(ledger: Ledger | undefined, inputs: readonly string[]) {
    this.#ledger = ledger;
    this.#inputs = new Set(inputs);
    for (const input of inputs) {
      for (let at = input; !this.#aboveInputs.has(at); at = dirname(at)) this.#aboveInputs.add(at);
    }
  }

  /** @param below the folder's path below the root, '' for the root itself. */
  open(root: OutputRoot, below: string): OutputFolder {
    return this.#once(root, below, (folder) => this.#make(root, folder, join(root.real, below)));
  }

  /** What `open` would return, for a dry run: makes nothing. */
  look(root: OutputRoot, below: string): OutputFolder {
    return this.#once(root, below, (folder) => this.#inspect(root, folder, join(root.real, below)));
  }

  /** Whether the folder is known to have been empty, or missing, when this run began to use it. */
  isFresh(root: OutputRoot, below: string): boolean {
    const found = this.#folders.get(this.#pathOf(root, below));
    return found?.kind === 'ready' && found.fresh;
  }

  /** Removes unfinished files of killed runs, once. Needed even if all outputs exist and nothing else opens the folder. */
  sweep(root: OutputRoot, below: string): void {
    const folder = this.#pathOf(root, below);
    if (this.#swept.has(folder)) return;
    if (this.#swept.size >= mostRemembered) this.#swept.clear();
    this.#swept.add(folder);
    try {
      if (symlinkWithin(root.top, folder, this.#real) === undefined) removeStaleParts(folder);
    } catch {
      // The folder does not exist yet, or cannot be read: nothing is left in it, or writing to it will fail.
    }
  }

  /** Whether Shoal has made the folder or once found it empty. */
  isKnown(root: OutputRoot, folder: string, real: string): boolean {
    const names = root.linked ? [real] : namesOf(folder, real);
    return names.some((name) => this.#ledger?.isOutputFolder(name));
  }

  /** Removes the folders that this run made and left empty. */
  removeEmpty(): void {
    for (const [folder, { top, names }] of [...this.#made].reverse()) {
      if (!removeUpTo(folder, top)) continue;
      this.#folders.delete(folder);
      for (const name of names) this.#ledger?.forgetOutputFolder(name);
    }
    this.#made.clear();
  }

  #once(root: OutputRoot, below: string, find: (folder: string) => OutputFolder): OutputFolder {
    const folder = this.#pathOf(root, below);
    let found = this.#folders.get(folder);
    if (!found) {
      try {
        found = find(folder);
      } catch (error) {
        found = { kind: 'failed', error: failureOfSystemError(error, folder, 'write') };
        // A temporary condition, which says nothing about the folder.
        if (found.error.code === 'TOO_MANY_OPEN_FILES') return found;
      }
      if (this.#folders.size >= mostRemembered) this.#forget();
      this.#folders.set(folder, found);
    }
    return found;
  }

  /** What is forgotten is looked at again where it is needed. Of the folders made, those that something is in will stay. */
  #forget(): void {
    this.#folders.clear();
    this.#real.clear();
    for (const folder of [...this.#made.keys()]) if (!isEmpty(folder)) this.#made.delete(folder);
  }

  /** Joined once for the images of a folder, which come one after the other. */
  #pathOf(root: OutputRoot, below: string): string {
    if (this.#last?.root !== root || this.#last.below !== below) {
      this.#last = { root, below, folder: join(root.path, below) };
    }
    return this.#last.folder;
  }

  #make(root: OutputRoot, folder: string, real: string): OutputFolder {
    const refused = this.#refusal(root, folder, real);
    if (refused) return { kind: 'failed', error: refused };
    const top = openOutputFolder(folder);
    const names = namesOf(folder, real);
    if (top !== undefined) this.#made.set(folder, { top, names });
    const known = root.trusted || this.isKnown(root, folder, real);
    const fresh = top !== undefined || (!known && readdirSync(folder).length === 0);
    const own = known || fresh;
    if (own) for (const name of names) this.#ledger?.recordOutputFolder(name);
    return { kind: 'ready', own, fresh };
  }

  #inspect(root: OutputRoot, folder: string, real: string): OutputFolder {
    const refused = this.#refusal(root, folder, real);
    if (refused) return { kind: 'failed', error: refused };
    // A symlink that leads nowhere exists, but no folder can be made in its place: this throws for it.
    if (lstatSync(folder, { throwIfNoEntry: false })) statSync(folder);
    const there = nearest(folder);
    assertWritable(there);
    const fresh = there !== folder || readdirSync(there).length === 0;
    return { kind: 'ready', own: fresh || root.trusted || this.isKnown(root, folder, real), fresh };
  }

  #refusal(root: OutputRoot, folder: string, real: string): Failure | undefined {
    const link = symlinkWithin(root.top, folder, this.#real);
    if (link !== undefined) return this.#notFollowed(link);
    // If a given folder is inside the output folder, outputs of another one could be written right among its originals.
    if (root.trusted || !this.#aboveInputs.has(root.real) || !this.#isWithinInput(real, root.real))
      return undefined;
    return this.isKnown(root, folder, real) ? undefined : originalsAreIn(folder);
  }

  #isWithinInput(real: string, top: string): boolean {
    for (let at = real; isWithin(at, top); at = dirname(at)) {
      if (this.#inputs.has(at)) return true;
      if (dirname(at) === at) break;
    }
    return false;
  }

  #notFollowed(link: string): Failure {
    const leadsTo = realPath(link);
    if (this.#isWithinInput(leadsTo, parse(leadsTo).root)) return originalsAreIn(link);
    const message = `${link} is a symlink inside the output folder, and is not followed: remove it, or let the outputs go elsewhere.`;
    return { code: 'NOT_WRITABLE', message };
  }
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

/** The failure for an output folder that also holds originals. */
export function originalsAreIn(folder: string): Failure {
  const real = realPath(folder);
  const where = real === folder ? folder : `${folder}, which leads to ${real},`;
  return {
    code: 'OUTPUT_IS_INPUT',
    message: `Originals are in ${where}${real === folder ? ': ' : ' '}nothing is written there.`,
  };
}

/** A folder's path as given, and without symlinks: it may be reached by either. */
function namesOf(folder: string, real: string): readonly string[] {
  return real === folder ? [folder] : [folder, real];
}

/** The nearest existing folder at or above the path: missing folders would be made in it. */
function nearest(folder: string): string {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** Removes an empty folder, and then the folders above it that are empty. Returns whether the first one was removed. */
function removeUpTo(folder: string, top: string): boolean {
  let removed = false;
  try {
    for (let at = folder; at.length >= top.length; at = dirname(at)) {
      // Fails, as intended, if there is anything in it.
      rmdirSync(at);
      removed = true;
    }
  } catch {
    // The folder is not empty, or somebody else has removed it.
  }
  return removed;
}
