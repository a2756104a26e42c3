import { lstatSync, readdirSync } from 'node:fs';
import { dirname, isAbsolute, sep } from 'node:path';
import type { ThumbnailRequest } from '../../../shared/requests.ts';
import type { RemovedOutput } from '../../../shared/result.ts';
import { isWithin } from '../../files/real-path.ts';
import { removeAsMade, removeEmptyFolders } from '../../files/removal/remove-as-made.ts';
import { symlinkWithin } from '../../files/symlink-within.ts';
import { failureOfSystemError, isSystemError } from '../../files/system-error.ts';
import type { Ledger, LedgerEntry } from '../../ledger/ledger.ts';
import type { RunContext } from '../../run/run-options.ts';
import type { Root } from '../roots/thumbnail-roots.ts';
import { Selection } from '../walk/selection.ts';

type FolderRoot = Extract<Root, { readonly kind: 'folder' }>;

export interface Mirrored extends Pick<RunContext, 'dryRun' | 'signal' | 'onRemoved' | 'onWarning'> {
  readonly request: Pick<ThumbnailRequest, 'match' | 'exclude' | 'recursive'>;
  /** The folders that were walked to their end. */
  readonly roots: readonly FolderRoot[];
  readonly ledger: Ledger;
}

/** How many entries of the ledger are looked at in a row before other events are handled. */
const pageSize = 256;

/**
 * Removes the thumbnails whose originals are gone: those that the ledger knows, that are as they were made, and whose originals
 * were among the images of this request. Call when the run is over: what has a new original by then is none of them.
 * @returns how many were removed, or would be.
 */
export async function removeOrphans(mirrored: Mirrored): Promise<number> {
  const { roots, ledger, signal } = mirrored;
  ledger.flush();
  let removed = 0;
  for (const root of roots) {
    const orphans = new Orphans(root, mirrored);
    for (let last = ''; !signal?.aborted; ) {
      const page = ledger.outputsBelow(root.output.path, last, pageSize);
      const end = page.at(-1);
      if (!end) break;
      last = end.output;
      orphans.removeAmong(page);
      await new Promise((turn) => setImmediate(turn));
    }
    orphans.end();
    removed += orphans.removed;
  }
  return removed;
}

/** The thumbnails without originals in the output folder of one root. */
class Orphans {
  removed = 0;
  #changed = 0;
  readonly #root: FolderRoot;
  readonly #mirrored: Mirrored;
  readonly #selection: Selection;
  readonly #emptied = new Set<string>();
  /** What is known of the folders of originals. */
  readonly #away = new Map<string, boolean>();

  constructor(root: FolderRoot, mirrored: Mirrored) {
    this.#root = root;
    this.#mirrored = mirrored;
    this.#selection = new Selection(mirrored.request);
  }

  removeAmong(page: readonly LedgerEntry[]): void {
    const gone = page.filter((entry) => this.#isOrphan(entry)).filter((entry) => this.#remove(entry));
    if (gone.length > 0 && !this.#mirrored.dryRun) {
      this.#mirrored.ledger.forget(gone.map(({ output }) => output));
    }
  }

  end(): void {
    const { ledger, onWarning } = this.#mirrored;
    const { path, real } = this.#root.output;
    for (const folder of this.#emptied) {
      for (const removed of removeEmptyFolders(folder, path)) {
        ledger.forgetOutputFolder(removed);
        ledger.forgetOutputFolder(real + removed.slice(path.length));
      }
    }
    if (this.#changed > 0) onWarning?.(keptWarning(this.#changed, path));
    const away = [...this.#away].flatMap(([folder, isAway]) => (isAway ? [folder] : []));
    if (away[0] !== undefined) onWarning?.(awayWarning(away[0], away.length - 1));
  }

  #isOrphan({ input, output }: LedgerEntry): boolean {
    const { path, output: place } = this.#root;
    if (!isAbsolute(input) || input === path || !isWithin(input, path) || !this.#isChosen(input))
      return false;
    if (!isGone(input) || this.#isAway(dirname(input))) return false;
    return symlinkWithin(place.top, dirname(output)) === undefined;
  }

  /** Whether a folder, or the nearest above it that is there, may be the place of a disk that is not mounted. */
  #isAway(folder: string): boolean {
    if (folder === this.#root.path) return false;
    const known = this.#away.get(folder);
    if (known !== undefined) return known;
    const found = isEmptyOrBroken(folder);
    if (found === undefined) return this.#isAway(dirname(folder));
    this.#away.set(folder, found);
    return found;
  }

  /** Whether the walk would have taken it. What it leaves out is nothing of this run. */
  #isChosen(input: string): boolean {
    const { path } = this.#root;
    const names = input.slice(path.endsWith(sep) ? path.length : path.length + 1).split(sep);
    if (!this.#mirrored.request.recursive && names.length > 1) return false;
    const isLeftOut = names.some((_, at) => this.#selection.excludes(names.slice(0, at + 1).join('/')));
    return !isLeftOut && this.#selection.matches(names.join('/'));
  }

  /** @returns whether it is not there any more. */
  #remove({ input, output, bytes, madeAt = 0 }: LedgerEntry): boolean {
    const { dryRun = false, onRemoved, onWarning } = this.#mirrored;
    try {
      const fate = removeAsMade({ path: output, bytes, madeAt }, dryRun);
      if (fate === 'changed') this.#changed += 1;
      if (fate !== 'removed') return fate === 'gone';
    } catch (error) {
      if (!isSystemError(error)) throw error;
      onWarning?.(`${failureOfSystemError(error, output, 'write').message}. Its original is gone.`);
      return false;
    }
    this.removed += 1;
    if (!dryRun) this.#emptied.add(dirname(output));
    const told: RemovedOutput = { input, output, bytes, ...(dryRun && { reason: 'dry-run' }) };
    onRemoved?.(told);
    return true;
  }
}

/** Whether nothing is there, for certain: of what cannot be looked at nobody knows. */
function isGone(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** @returns whether a folder has nothing in it, or is a link that leads to none. Absent: nothing has its name. */
function isEmptyOrBroken(folder: string): boolean | undefined {
  if (isGone(folder)) return undefined;
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return true;
  }
}

function awayWarning(first: string, further: number): string {
  const which =
    further === 0
      ? `${first} is`
      : `${first} and ${further} further ${further === 1 ? 'folder' : 'folders'} are`;
  return `${which} empty, as a disk that is not mounted: no thumbnails were removed for that. They go once there is no such folder.`;
}

function keptWarning(count: number, folder: string): string {
  const which = count === 1 ? 'A file' : `${count} files`;
  return `${which} in ${folder} whose original is gone ${count === 1 ? 'was' : 'were'} changed since, or not made by Shoal: left as ${count === 1 ? 'it is' : 'they are'}.`;
}
