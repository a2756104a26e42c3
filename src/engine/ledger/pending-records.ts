import { sep } from 'node:path';
import type { LedgerEntry } from './ledger.ts';

/**
 * Records that are not written yet, with the same look-ups as the written ones. Bounded: beyond `most` the oldest entry
 * is dropped and counted.
 */
export class PendingRecords {
  readonly #most: number;
  readonly #entries = new Map<string, LedgerEntry>();
  /** Outputs by input and by SHA-256, so that look-ups need not scan all records. */
  readonly #byInput = new Index();
  readonly #bySha256 = new Index();
  /** Output folders: true if recorded, false if forgotten. */
  readonly #folders = new Map<string, boolean>();
  #dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.#folders.size === 0;
  }

  /** The number of pending entries. */
  get size(): number {
    return this.#entries.size;
  }

  /** The number of entries that are pending or were dropped. */
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

  /** @returns undefined if nothing about this folder is pending. */
  isFolder(folder: string): boolean | undefined {
    return this.#folders.get(folder);
  }

  /** Call when everything has been written. */
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
