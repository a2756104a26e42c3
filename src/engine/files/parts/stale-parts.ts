import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { abandonedAfterMs } from './heartbeat.ts';
import { lifeOf, type Owner } from './owner.ts';
import { PartFile } from './part-file.ts';
import { isFormerPartName, notePathOf, parsePartName } from './part-name.ts';

/** A part of a download that nobody has continued for this long is removed, in milliseconds. */
const givenUpAfterMs = 7 * 24 * 60 * 60 * 1_000;
/**
 * Version 0.1 may be running as well, and marks nothing as in use: its files are removed after this long, in
 * milliseconds.
 */
const formerAfterMs = 24 * 60 * 60 * 1_000;

/**
 * Removes unfinished files of processes that have ended. Parts of downloads stay for a while, because a later run can
 * continue them.
 * @param names the names in the folder, if they are known.
 */
export function removeStaleParts(folder: string, names: readonly string[] = readdirSync(folder)): void {
  const parts = names.filter((name) => name.startsWith('.shoal-'));
  if (parts.length === 0) return;
  const clock = new FolderClock(folder);
  const there = new Set(parts);
  for (const name of parts) if (isStale(name, there, clock)) remove(join(folder, name));
}

/** Whether nobody is working on a part any more. @param clock the clock of its folder. */
export function isAbandoned(owner: Owner, name: string, clock: FolderClock): boolean {
  const life = lifeOf(owner);
  if (life !== 'unknown') return life === 'dead';
  return clock.ageMsOf(name) > abandonedAfterMs;
}

function isStale(name: string, there: ReadonlySet<string>, clock: FolderClock): boolean {
  if (isFormerPartName(name)) return clock.ageMsOf(name) > formerAfterMs;
  const part = parsePartName(name);
  if (!part || !isAbandoned(part.owner, name, clock)) return false;
  if (part.key === undefined) return true;
  // A part is of no use without its note, nor a note without its part.
  const other = part.isNote ? name.slice(0, -notePathOf('').length) : notePathOf(name);
  return !there.has(other) || clock.ageMsOf(name) > givenUpAfterMs;
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A folder has such a name, or we lack the permission: then it is not ours to remove.
  }
}

/**
 * The age of a folder's files by the clock of its file system, which on a share is another machine's. Read only if
 * needed, because that takes creating a file.
 */
export class FolderClock {
  readonly #folder: string;
  #nowMs: number | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** 0 if the file is gone. */
  ageMsOf(name: string): number {
    const stat = lstatSync(join(this.#folder, name), { throwIfNoEntry: false });
    return stat ? this.#now() - stat.mtimeMs : 0;
  }

  #now(): number {
    if (this.#nowMs !== undefined) return this.#nowMs;
    let probe: PartFile | undefined;
    try {
      probe = PartFile.create(this.#folder);
      this.#nowMs = lstatSync(probe.path).mtimeMs;
    } catch {
      this.#nowMs = Date.now();
    } finally {
      probe?.discard();
    }
    return this.#nowMs;
  }
}
