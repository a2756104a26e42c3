import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { abandonedAfterMs } from './heartbeat.ts';
import { lifeOf, type Owner } from './owner.ts';
import { PartFile } from './part-file.ts';
import { isFormerPartName, notePathOf, parsePartName } from './part-name.ts';

/** The beginning of a download that nobody has gone on with for this long is given up, in milliseconds. */
const givenUpAfterMs = 7 * 24 * 60 * 60 * 1_000;
/** Version 0.1 may be at work beside us, and marks nothing: what it left is removed after this long, in milliseconds. */
const formerAfterMs = 24 * 60 * 60 * 1_000;

/**
 * Removes what processes that have ended left half written in a folder. The beginnings of downloads, which a later run
 * can continue, stay for a while.
 * @param names what is in the folder, where that is known.
 */
export function removeStaleParts(folder: string, names: readonly string[] = readdirSync(folder)): void {
  const parts = names.filter((name) => name.startsWith('.shoal-'));
  if (parts.length === 0) return;
  const clock = new FolderClock(folder);
  const there = new Set(parts);
  for (const name of parts) if (isStale(name, there, clock)) remove(join(folder, name));
}

/** Whether nobody is at work on a part any more. @param clock of the folder that it is in. */
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
  // One half of a part and its note is of no use without the other.
  const other = part.isNote ? name.slice(0, -notePathOf('').length) : notePathOf(name);
  return !there.has(other) || clock.ageMsOf(name) > givenUpAfterMs;
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A folder bears such a name, or somebody else's rights do not let us: it is not ours to force.
  }
}

/**
 * How old the files of a folder are by the clock of its file system, which on a share is another machine's. Read only
 * where it is needed: it takes a file to do so.
 */
export class FolderClock {
  readonly #folder: string;
  #nowMs: number | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** 0 for a file that is gone. */
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
