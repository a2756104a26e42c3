import { lstatSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { MadeThumbnail, Produced } from '../../shared/result.ts';
import { stampOf } from '../files/stamp.ts';
import { statOf } from '../files/stat-of.ts';
import { fingerprint } from './fingerprint.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

type Version = Pick<LedgerEntry, 'etag' | 'lastModified'>;

/** What one recipe makes: the only place where outputs are recorded, and where it is asked whether they are up to date. */
export class OutputRecords {
  readonly #ledger: Ledger | undefined;
  readonly #fingerprint: string;

  /** @param settings what decides how outputs look: others make them anew. */
  constructor(ledger: Ledger | undefined, settings: object) {
    this.#ledger = ledger;
    // Now, while the workers boot: loading Node's `crypto` at the first result would hold up all that follow.
    this.#fingerprint = ledger ? fingerprint(settings) : '';
  }

  /** Whether all outputs are there, made by this recipe from the input file as it is now. */
  areUpToDate(outputs: readonly string[], input: string): boolean {
    let inputStamp: string | undefined;
    for (const output of outputs) {
      const entry = this.#ledger?.byOutput(output);
      if (!entry || entry.recipe !== this.#fingerprint || entry.input !== input) return false;
      inputStamp ??= stampOfFile(input);
      if (entry.inputStamp !== inputStamp || statOf(output)?.size !== entry.bytes) return false;
    }
    return true;
  }

  /** What this recipe made of a URL in this folder, and is there still. Whether it is up to date the server knows. */
  madeOf(url: string, folder: string): LedgerEntry[] {
    const made = this.#ledger?.byInput(url) ?? [];
    return made.filter((entry) => entry.recipe === this.#fingerprint && isStillIn(folder, entry));
  }

  recordOutput(entry: Omit<LedgerEntry, 'recipe' | 'madeAt'>): void {
    this.#ledger?.record({ ...entry, recipe: this.#fingerprint });
  }

  /**
   * Records the thumbnails of one input.
   * @param version by which a later run asks whether the input has changed, where there is no file to tell.
   * @returns what is told of them, without what only the ledger needs.
   */
  recordThumbnails(made: MadeThumbnail, input: string, { etag, lastModified }: Version = {}): Produced {
    const { inputStamp, ...produced } = made;
    for (const { output = '', bytesOut: bytes = 0, width, height } of produced.outputs ?? [produced]) {
      this.recordOutput({ output, input, inputStamp, bytes, width, height, etag, lastModified });
    }
    return produced;
  }
}

/** Whether the file is in this folder, and as large as when it was made. */
export function isStillIn(folder: string, { output, bytes }: LedgerEntry): boolean {
  if (dirname(output) !== folder || basename(output) === '') return false;
  return lstatSync(output, { throwIfNoEntry: false })?.size === bytes;
}

function stampOfFile(path: string): string | undefined {
  const stat = statOf(path);
  return stat && stampOf(stat);
}
