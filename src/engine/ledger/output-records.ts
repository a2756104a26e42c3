import { lstatSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { MadeThumbnail, Produced } from '../../shared/result.ts';
import { stampOf } from '../files/stamp.ts';
import { statOf } from '../files/stat-of.ts';
import { fingerprint } from './fingerprint.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

type Version = Pick<LedgerEntry, 'etag' | 'lastModified'> & Partial<Pick<LedgerEntry, 'inputStamp'>>;

/** What is recorded of an output that was left out, since it would not have been smaller: that no file is there. */
const leftOutBytes = 0;

/** The outputs of one recipe: the only place that records outputs and checks whether they are up to date. */
export class OutputRecords {
  readonly #ledger: Ledger | undefined;
  readonly #fingerprint: string;

  /** @param settings the settings that affect the outputs: with other ones the outputs are made anew. */
  constructor(ledger: Ledger | undefined, settings: object) {
    this.#ledger = ledger;
    // Computed here, while the workers boot: at the first result, loading Node's `crypto` would delay all later ones.
    this.#fingerprint = ledger ? fingerprint(settings) : '';
  }

  /** Whether all outputs exist and were made by this recipe from the current version of the input file. */
  areUpToDate(outputs: readonly string[], input: string): boolean {
    let inputStamp: string | undefined;
    for (const output of outputs) {
      const entry = this.#ledger?.byOutput(output);
      if (!entry || entry.recipe !== this.#fingerprint || entry.input !== input) return false;
      inputStamp ??= stampOfFile(input);
      if (entry.inputStamp !== inputStamp || (statOf(output)?.size ?? leftOutBytes) !== entry.bytes)
        return false;
    }
    return true;
  }

  /** The first of outputs that are up to date, without those that were left out. */
  firstWritten(outputs: readonly string[]): string | undefined {
    return outputs.find((output) => this.#ledger?.byOutput(output)?.bytes !== leftOutBytes);
  }

  /** What is there in the places of these outputs, if any: made by another recipe, or of another version of its input. */
  whatIsThere(outputs: readonly string[]): 'other-settings' | 'earlier' | undefined {
    let found: 'earlier' | undefined;
    for (const output of outputs) {
      if (statOf(output) === undefined) continue;
      const entry = this.#ledger?.byOutput(output);
      if (entry && entry.recipe !== this.#fingerprint) return 'other-settings';
      found = 'earlier';
    }
    return found;
  }

  /**
   * The existing outputs that this recipe made from a URL in this folder. Only the server knows if they are up to date.
   */
  madeOf(url: string, folder: string): LedgerEntry[] {
    const made = this.#ledger?.byInput(url) ?? [];
    return made.filter((entry) => entry.recipe === this.#fingerprint && isStillIn(folder, entry));
  }

  recordOutput(entry: Omit<LedgerEntry, 'recipe'>): void {
    this.#ledger?.record({ ...entry, recipe: this.#fingerprint });
  }

  /**
   * Records the thumbnails of one input.
   * @param version tells a later run whether the input has changed, if there is no file that could tell.
   * @returns what is reported of them.
   */
  recordThumbnails(
    { produced, leftOut = [], inputStamp: stampOfInput }: MadeThumbnail,
    input: string,
    { etag, lastModified, inputStamp = stampOfInput }: Version = {},
  ): Produced {
    const recipe = this.#fingerprint;
    const { thumbHash } = produced;
    // Kept beside the first: the colour alone is not worth a place, since a run without sets has it only of some formats.
    let placeholder = thumbHash === undefined ? {} : { thumbHash, colour: produced.colour };
    for (const { output, bytesOut: bytes = 0, width, height } of produced.outputs ?? [produced]) {
      if (output === undefined) continue;
      const entry = { output, input, inputStamp, recipe, bytes, width, height, etag, lastModified };
      this.#ledger?.record({ ...entry, ...placeholder });
      placeholder = {};
    }
    for (const output of leftOut) {
      // What a former run has left there stays known as its own.
      if (statOf(output)) continue;
      this.#ledger?.record({ output, input, inputStamp, recipe, bytes: leftOutBytes, etag, lastModified });
    }
    return produced;
  }
}

/** Whether the output is in this folder and still has its recorded size. */
export function isStillIn(folder: string, { output, bytes }: LedgerEntry): boolean {
  if (dirname(output) !== folder || basename(output) === '') return false;
  return lstatSync(output, { throwIfNoEntry: false })?.size === bytes;
}

/** Undefined if the file is gone or unreadable: the task finds out why and reports it. */
function stampOfFile(path: string): string | undefined {
  const stat = statOf(path);
  return stat && stampOf(stat);
}
