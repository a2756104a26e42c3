import { createReadStream, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PartFile } from '../../files/parts/part-file.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Saved } from '../protocol/protocol.ts';
import type { ReplacementGuard } from './replacement-guard.ts';

/** Files of this run that duplicates are looked for among, beside those in the ledger. */
const mostRecent = 50_000;

export interface Kept {
  readonly output: string;
  /** The file of the same bytes that was there already. */
  readonly duplicateOf?: string;
}

/** Stores the same bytes once: a second file of them becomes a hard link to the first, or is left out. */
export class Duplicates {
  readonly #mode: 'link' | 'skip';
  readonly #ledger: Ledger | undefined;
  readonly #earlier: ReplacementGuard;
  /** By SHA-256: what this run has kept, and what it is looking at. */
  readonly #recent = new Map<string, string>();
  readonly #busy = new Map<string, Promise<Kept>>();

  constructor(mode: 'link' | 'skip', ledger: Ledger | undefined, earlier: ReplacementGuard) {
    this.#mode = mode;
    this.#ledger = ledger;
    this.#earlier = earlier;
  }

  /** Files of the same bytes one after the other: two at once would each be left out for the other. */
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
      // The ledger's word is checked: the file may have been changed since.
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

  /** The next of the same bytes are compared with this one alone, which stays as it is to the end of the run. */
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
 * Never without the file: the link is made beside it and renamed over it. What is compared is the link, since by then
 * its original may have been replaced by another version.
 * @returns false where there are two copies still: other bytes, a file system without links, or a limit of links.
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
    // It is still there after a rename, too, where both were one file already.
    part?.discard();
  }
}

/** @returns false where the file is there still: other bytes, an original that cannot be read, or a locked folder. */
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
