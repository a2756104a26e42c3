import { sep } from 'node:path';
import type { LedgerEntry } from './ledger.ts';

/**
 * What has been recorded and not been written yet: found by the same questions as what has been written. Bounded:
 * beyond `most` the oldest entry goes, and is counted.
 */
export class PendingRecords {
  readonly #most: number;
  readonly #entries = new Map<string, LedgerEntry>();
  /** Outputs by input and by SHA-256, so that a question need not go through them all. */
  readonly #byInput = new Index();
  readonly #bySha256 = new Index();
  /** Output folders: true is remembered, false forgotten. */
  readonly #folders = new Map<string, boolean>();
  #dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.#folders.size === 0;
  }

  /** Entries that wait. */
  get size(): number {
    return this.#entries.size;
  }

  /** Entries that wait or had to go. */
  get unwritten(): number {
    return this.#entries.size + this.#dropped;
  }

  get entries(): Iterable<LedgerEntry> {
    return this.#entries.values();
  }

  get folders(): Iterable<readonly [folder: string, remembered: boolean]> {
    return this.#folders;
  }

  record(entry: LedgerEntry): void {
    const { output, input, sha256 } = entry;
    this.#remove(output);
    this.#entries.set(output, entry);
    this.#byInput.add(input, output);
    if (sha256 !== undefined) this.#bySha256.add(sha256, output);
    if (this.#entries.size <= this.#most) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#remove(oldest);
    this.#dropped += 1;
  }

  recordFolder(folder: string, remembered: boolean): void {
    this.#folders.set(folder, remembered);
    if (this.#folders.size <= this.#most) return;
    const [oldest] = this.#folders.keys();
    if (oldest !== undefined) this.#folders.delete(oldest);
  }

  byOutput(output: string): LedgerEntry | undefined {
    return this.#entries.get(output);
  }

  byInput(input: string): LedgerEntry[] {
    return this.#of(this.#byInput.outputsOf(input));
  }

  bySha256(sha256: string): LedgerEntry[] {
    return this.#of(this.#bySha256.outputsOf(sha256));
  }

  hasOutputsIn(folder: string): boolean {
    if (this.#entries.size === 0) return false;
    const beginning = folder.endsWith(sep) ? folder : folder + sep;
    for (const output of this.#entries.keys()) if (output.startsWith(beginning)) return true;
    return false;
  }

  /** @returns undefined where nothing about it waits. */
  isFolder(folder: string): boolean | undefined {
    return this.#folders.get(folder);
  }

  /** All of it has been written. */
  clear(): void {
    this.#entries.clear();
    this.#folders.clear();
    this.#byInput.clear();
    this.#bySha256.clear();
  }

  #of(outputs: Iterable<string>): LedgerEntry[] {
    const found: LedgerEntry[] = [];
    for (const output of outputs) found.unshift(this.#entries.get(output) as LedgerEntry);
    return found;
  }

  #remove(output: string): void {
    const entry = this.#entries.get(output);
    if (!entry) return;
    this.#entries.delete(output);
    this.#byInput.remove(entry.input, output);
    if (entry.sha256 !== undefined) this.#bySha256.remove(entry.sha256, output);
  }
}

class Index {
  readonly #outputs = new Map<string, Set<string>>();

  outputsOf(key: string): Iterable<string> {
    return this.#outputs.get(key) ?? [];
  }

  add(key: string, output: string): void {
    const outputs = this.#outputs.get(key);
    if (outputs) outputs.add(output);
    else this.#outputs.set(key, new Set([output]));
  }

  remove(key: string, output: string): void {
    const outputs = this.#outputs.get(key);
    outputs?.delete(output);
    if (outputs?.size === 0) this.#outputs.delete(key);
  }

  clear(): void {
    this.#outputs.clear();
  }
}
