import { existsSync, lstatSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import { assertWritable, openOutputFolder } from '../files/open-output-folder.ts';
import { removeStaleParts } from '../files/parts/stale-parts.ts';
import { isWithin, realPath } from '../files/real-path.ts';
import { symlinkWithin } from '../files/symlink-within.ts';
import { failureOfSystemError } from '../files/system-error.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { OutputRoot } from './output-root.ts';

/** A folder that outputs go to, made when its first output is planned. */
export type OutputFolder =
  | {
      readonly kind: 'ready';
      /** Shoal made it or found it empty, so that any file in it is an earlier output. */
      readonly own: boolean;
      /** Nothing was in it when this run came. */
      readonly fresh: boolean;
    }
  | { readonly kind: 'failed'; readonly error: Failure };

interface Made {
  /** The topmost folder that had to be made for it. */
  readonly top: string;
  readonly names: readonly string[];
}

/** Makes output folders once each, and knows which of them are Shoal's own. */
export class OutputFolders {
  readonly #ledger: Ledger | undefined;
  readonly #inputs: ReadonlySet<string>;
  /** Those, and all folders above them. */
  readonly #aboveInputs = new Set<string>();
  readonly #folders = new Map<string, OutputFolder>();
  readonly #made = new Map<string, Made>();
  /** Folders inside output folders that are no symlinks. */
  readonly #real = new Set<string>();

  /** @param inputs the real paths of the folders given, whose images are originals. */
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

  /** What `open` would find, for a dry run: makes nothing. */
  look(root: OutputRoot, below: string): OutputFolder {
    return this.#once(root, below, (folder) => this.#inspect(root, folder, join(root.real, below)));
  }

  /** Removes what a killed run left half written. Also where all is there already and nothing opens the folder. */
  sweep(root: OutputRoot, below: string): void {
    const folder = join(root.path, below);
    try {
      if (symlinkWithin(root.top, folder, this.#real) === undefined) removeStaleParts(folder);
    } catch {
      // It is not there yet, or cannot be read: then nothing was left in it, or writing to it will tell.
    }
  }

  /** Whether Shoal has made it or found it empty once. */
  isKnown(root: OutputRoot, folder: string, real: string): boolean {
    const names = root.linked ? [real] : namesOf(folder, real);
    return names.some((name) => this.#ledger?.isOutputFolder(name));
  }

  /** Takes away again what this run made and nothing was put in. */
  removeEmpty(): void {
    for (const [folder, { top, names }] of [...this.#made].reverse()) {
      if (!removeUpTo(folder, top)) continue;
      this.#folders.delete(folder);
      for (const name of names) this.#ledger?.forgetOutputFolder(name);
    }
    this.#made.clear();
  }

  #once(root: OutputRoot, below: string, find: (folder: string) => OutputFolder): OutputFolder {
    const folder = join(root.path, below);
    let found = this.#folders.get(folder);
    if (!found) {
      try {
        found = find(folder);
      } catch (error) {
        found = { kind: 'failed', error: failureOfSystemError(error, folder, 'write') };
        // That passes, and says nothing of the folder.
        if (found.error.code === 'TOO_MANY_OPEN_FILES') return found;
      }
      this.#folders.set(folder, found);
    }
    return found;
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
    // A symlink that leads nowhere is there, and no folder can be made in its place.
    if (lstatSync(folder, { throwIfNoEntry: false })) statSync(folder);
    const there = nearest(folder);
    assertWritable(there);
    const fresh = there !== folder || readdirSync(there).length === 0;
    return { kind: 'ready', own: fresh || root.trusted || this.isKnown(root, folder, real), fresh };
  }

  #refusal(root: OutputRoot, folder: string, real: string): Failure | undefined {
    const link = symlinkWithin(root.top, folder, this.#real);
    if (link !== undefined) return this.#notFollowed(link);
    // Where a folder given is inside the output folder, the outputs of another may be mirrored right into it.
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

/** What is told of an output folder that is one of the originals' as well. */
export function originalsAreIn(folder: string): Failure {
  const real = realPath(folder);
  const where = real === folder ? folder : `${folder}, which leads to ${real},`;
  return {
    code: 'OUTPUT_IS_INPUT',
    message: `Originals are in ${where}${real === folder ? ': ' : ' '}nothing is written there.`,
  };
}

/** A folder's path as it was given, and without symlinks: it may be come upon by either. */
function namesOf(folder: string, real: string): readonly string[] {
  return real === folder ? [folder] : [folder, real];
}

/** Where a folder would have to be made first: the nearest above it that is there. */
function nearest(folder: string): string {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** Removes an empty folder and the folders above it that are empty then; whether the first one went. */
function removeUpTo(folder: string, top: string): boolean {
  let removed = false;
  try {
    for (let at = folder; at.length >= top.length; at = dirname(at)) {
      // Refuses, as it should, where there is anything in it.
      rmdirSync(at);
      removed = true;
    }
  } catch {
    // Something is in it, or somebody else took it away.
  }
  return removed;
}
