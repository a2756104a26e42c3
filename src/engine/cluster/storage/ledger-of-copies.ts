import { stampOf } from '../../files/stamp.ts';
import { statOf } from '../../files/stat-of.ts';
import type { Ledger, LedgerEntry } from '../../ledger/ledger.ts';

/** What stands for an input here: a file that was never the same before. */
export interface Copies {
  /** The input's address, by the path of what stands for it. */
  readonly urlOf: (path: string) => string;
  /** @returns undefined if nothing stands for it. */
  readonly pathOf: (url: string) => string | undefined;
  /** Which version of the input it is. */
  readonly versionOf: (path: string) => string;
}

/** The ledger for a run on copies: it remembers the inputs by their addresses and versions. */
export class LedgerOfCopies implements Ledger {
  readonly #ledger: Ledger;
  readonly #copies: Copies;

  constructor(ledger: Ledger, copies: Copies) {
    this.#ledger = ledger;
    this.#copies = copies;
  }

  byOutput(output: string): LedgerEntry | undefined {
    const entry = this.#ledger.byOutput(output);
    return entry && this.#ofCopy(entry);
  }

  byInput(path: string): LedgerEntry[] {
    return this.#ledger.byInput(this.#copies.urlOf(path)).map((entry) => this.#ofCopy(entry));
  }

  record(entry: LedgerEntry): void {
    const { urlOf, versionOf } = this.#copies;
    this.#ledger.record({ ...entry, input: urlOf(entry.input), inputStamp: versionOf(entry.input) });
  }

  hasOutputsIn(folder: string): boolean {
    return this.#ledger.hasOutputsIn(folder);
  }

  bySha256(sha256: string): LedgerEntry[] {
    return this.#ledger.bySha256(sha256);
  }

  recordOutputFolder(folder: string): void {
    this.#ledger.recordOutputFolder(folder);
  }

  isOutputFolder(folder: string): boolean {
    return this.#ledger.isOutputFolder(folder);
  }

  forgetOutputFolder(folder: string): void {
    this.#ledger.forgetOutputFolder(folder);
  }

  setFiles(): ReadonlyMap<string, number> {
    return this.#ledger.setFiles();
  }

  recordSetFile(path: string, bytes: number): void {
    this.#ledger.recordSetFile(path, bytes);
  }

  flush(): void {
    this.#ledger.flush();
  }

  close(): void {
    this.#ledger.close();
  }

  /** The stamp is that of the copy if the version is: whoever compares finds what he would of the input. */
  #ofCopy(entry: LedgerEntry): LedgerEntry {
    const { pathOf, versionOf } = this.#copies;
    const input = pathOf(entry.input);
    if (input === undefined) return entry;
    const stat = statOf(input);
    const isSame = stat !== undefined && versionOf(input) === entry.inputStamp;
    return { ...entry, input, inputStamp: isSame ? stampOf(stat) : '' };
  }
}
