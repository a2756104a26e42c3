import { createReadStream, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PartFile } from '../../files/parts/part-file.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Saved } from '../protocol/protocol.ts';
import type { ReplacementGuard } from './replacement-guard.ts';

/** How many files of this run are remembered to find duplicates among, besides those in the ledger. */
const mostRecent = 50_000;

export interface Kept {
  readonly output: string;
  /** The existing file with the same bytes. */
  readonly duplicateOf?: string;
  /** The file itself existed already, with the same bytes. */
  readonly adopted?: true;
}

/** Stores equal files once: a duplicate becomes a hard link to the first file, or is left out. */
export class Duplicates {
  readonly #mode: 'link' | 'skip';
  readonly #ledger: Ledger | undefined;
  readonly #earlier: ReplacementGuard;
  /** By SHA-256: the files that this run has kept, and those being stored right now. */
  readonly #recent = new Map<string, string>();
  readonly #busy = new Map<string, Promise<Kept>>();

  constructor(mode: 'link' | 'skip', ledger: Ledger | undefined, earlier: ReplacementGuard) {
    this.#mode = mode;
    this.#ledger = ledger;
    this.#earlier = earlier;
  }

  /** Stores equal files one after the other: at the same time, each could be left out in favour of the other. */
  async store(saved: Saved): Promise<Kept> {
    const { sha256 } = saved;
    const before = this.#busy.get(sha256);
    const stored = (async () => {
      await before?.catch(() => undefined);
      return this.#storeOne(saved);
    })();
    this.#busy.set(sha256, stored);
    try {
      return await stored;
    } finally {
      if (this.#busy.get(sha256) === stored) this.#busy.delete(sha256);
    }
  }

  async #storeOne(saved: Saved): Promise<Kept> {
    const { output, sha256 } = saved;
    const recent = this.#recent.get(sha256);
    const ofThisRun = recent !== undefined && recent !== output && sizeOf(recent) === saved.bytes;
    const others = ofThisRun ? [recent] : this.#inLedger(saved);
    for (const original of this.#earlier.standsForAnother(output) ? [] : others) {
      const leftOut = this.#mode === 'skip' && (ofThisRun || this.#earlier.keepAsItIs(original));
      // The ledger's entry is checked, because the file may have changed since.
      const isSame = async (path: string) => ofThisRun || (await hashOf(path)) === sha256;
      if (!leftOut) {
        if (await becameLink(output, original, isSame)) return this.#remember(saved, output, original);
      } else if (await couldBeLeftOut(output, original, isSame)) {
        return this.#remember(saved, original, original);
      }
    }
    return this.#remember(saved, output);
  }

  #inLedger({ sha256, bytes, output }: Saved): string[] {
    const folder = dirname(output);
    return (this.#ledger?.bySha256(sha256) ?? [])
      .map((entry) => entry.output)
      .filter((other) => other !== output && dirname(other) === folder && sizeOf(other) === bytes);
  }

  /** Further duplicates are compared with this file only; it is not replaced until the end of the run. */
  #remember({ sha256 }: Saved, output: string, duplicateOf?: string): Kept {
    this.#recent.set(sha256, output);
    if (this.#recent.size > mostRecent) {
      const [oldest] = this.#recent.keys();
      if (oldest !== undefined) this.#recent.delete(oldest);
    }
    return { output, ...(duplicateOf !== undefined && { duplicateOf }) };
  }
}

/**
 * Replaces the file by a hard link, without a moment when it is missing: the link is made beside it and renamed over
 * it. The link's contents are compared, because the original may have been replaced by another version meanwhile.
 * @returns false if there are still two copies: the bytes differ, or the file system has no links or reached their
 * limit.
 */
async function becameLink(
  output: string,
  original: string,
  isSame: (path: string) => Promise<boolean>,
): Promise<boolean> {
  let part: PartFile | undefined;
  try {
    part = PartFile.linkTo(original, dirname(output));
    if (!(await isSame(part.path))) return false;
    part.replace(output);
    return true;
  } catch {
    return false;
  } finally {
    // If both names were the same file already, the rename does nothing and leaves the part.
    part?.discard();
  }
}

/** @returns false if the file is still there: the bytes differ, the original is unreadable, or the folder is locked. */
async function couldBeLeftOut(
  output: string,
  original: string,
  isSame: (path: string) => Promise<boolean>,
): Promise<boolean> {
  try {
    if (!(await isSame(original))) return false;
    rmSync(output, { force: true });
    return true;
  } catch {
    return false;
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

async function hashOf(path: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
