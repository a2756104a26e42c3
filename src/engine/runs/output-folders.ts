import { accessSync, constants, existsSync, readdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Failure } from '../../shared/failure.ts';
import { makeFolders } from '../files/make-folders.ts';
import { realPath } from '../files/real-path.ts';
import { removeStaleParts } from '../files/stale-parts.ts';
import { failureOfSystemError } from '../files/system-error.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** A folder that outputs go to, made when its first output is planned. */
export type OutputFolder =
  /** `own`: Shoal made it or found it empty, so that any file in it is an earlier output. */
  { readonly kind: 'ready'; readonly own: boolean } | { readonly kind: 'failed'; readonly error: Failure };

/** Makes output folders once each, and knows which of them are Shoal's own. */
export class OutputFolders {
  readonly #ledger: Ledger | undefined;
  readonly #folders = new Map<string, OutputFolder>();
  /** The folders made by this run, each with the topmost one that had to be made for it. */
  readonly #made = new Map<string, string>();

  constructor(ledger: Ledger | undefined) {
    this.#ledger = ledger;
  }

  /** @param trusted files in it may be replaced although nothing is known of them: the default folder's name says whose it is. */
  open(folder: string, trusted: boolean): OutputFolder {
    let opened = this.#folders.get(folder);
    if (!opened) {
      opened = this.#make(folder, trusted);
      this.#folders.set(folder, opened);
    }
    return opened;
  }

  /** What `open` would find, for a dry run: makes nothing. */
  look(folder: string, trusted: boolean): OutputFolder {
    let looked = this.#folders.get(folder);
    if (!looked) {
      looked = this.#inspect(folder, trusted);
      this.#folders.set(folder, looked);
    }
    return looked;
  }

  /** Removes what a killed run left half written. Also where all is there already and nothing opens the folder. */
  sweep(folder: string): void {
    try {
      removeStaleParts(folder);
    } catch {
      // It is not there yet, or cannot be read: then nothing was left in it, or writing to it will tell.
    }
  }

  /** Takes away again what this run made and nothing was put in. */
  removeEmpty(): void {
    for (const [folder, top] of [...this.#made].reverse()) {
      const names = namesOf(folder);
      if (!removeUpTo(folder, top)) continue;
      this.#folders.delete(folder);
      for (const path of names) this.#ledger?.forgetOutputFolder(path);
    }
    this.#made.clear();
  }

  #inspect(folder: string, trusted: boolean): OutputFolder {
    try {
      const there = nearest(folder);
      accessSync(there, constants.W_OK | constants.X_OK);
      const entries = readdirSync(there);
      return { kind: 'ready', own: there !== folder || entries.length === 0 || this.#isOwn(folder, trusted) };
    } catch (error) {
      return { kind: 'failed', error: failureOfSystemError(error, folder, 'write') };
    }
  }

  #isOwn(folder: string, trusted: boolean): boolean {
    return trusted || this.#ledger?.isOutputFolder(folder) || isEmpty(folder);
  }

  #make(folder: string, trusted: boolean): OutputFolder {
    try {
      const top = makeFolders(folder);
      const created = top !== undefined;
      if (created) this.#made.set(folder, top);
      accessSync(folder, constants.W_OK | constants.X_OK);
      const own = created || this.#isOwn(folder, trusted);
      if (own) for (const path of namesOf(folder)) this.#ledger?.recordOutputFolder(path);
      return { kind: 'ready', own };
    } catch (error) {
      return { kind: 'failed', error: failureOfSystemError(error, folder, 'write') };
    }
  }
}

/** A folder's path as it was given, and without symlinks: it may be come upon by either. */
export function namesOf(folder: string): readonly string[] {
  const real = realPath(folder);
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

function isEmpty(folder: string): boolean {
  return readdirSync(folder).length === 0;
}
