import { sep } from 'node:path';
import type { LedgerEntry } from './ledger.ts';

/**
 * Records that are not written yet, with the same look-ups as the written ones. Bounded: beyond `most` the oldest entry
 * is dropped and counted.
 */
export class PendingRecords {
  readonly #most: number;
  readonly #entries = new Map<string, LedgerEntry>();
  /** So that look-ups need not scan all records. */
  readonly #byInput = new Index(({ input }) => input);
  readonly #bySha256 = new Index(({ sha256 }) => sha256);
  /** Output folders: true if recorded, false if forgotten. */
  readonly #folders = new Map<string, boolean>();
  /** Files of sets, with their sizes: a run has a few. */
  readonly setFiles = new Map<string, number>();
  #dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.#folders.size === 0 && this.setFiles.size === 0;
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
    const { output } = entry;
    this.#remove(output);
    this.#entries.set(output, entry);
    this.#byInput.add(entry);
    this.#bySha256.add(entry);
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
    return this.#byInput.newestFirst(input, this.#entries.values());
  }

  bySha256(sha256: string): LedgerEntry[] {
    return this.#bySha256.newestFirst(sha256, this.#entries.values());
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
    this.setFiles.clear();
    this.#byInput.clear();
    this.#bySha256.clear();
  }

  #remove(output: string): void {
    const entry = this.#entries.get(output);
    if (!entry) return;
    this.#entries.delete(output);
    this.#byInput.remove(entry);
    this.#bySha256.remove(entry);
  }
}

/**
 * Entries by a key of theirs. Built at the first look-up: a run over images makes none, and keeping an index for nothing
 * is a good part of what a record costs.
 */
class Index {
  readonly #keyOf: (entry: LedgerEntry) => string | undefined;
  #entries: Map<string, Set<LedgerEntry>> | undefined;

  constructor(keyOf: (entry: LedgerEntry) => string | undefined) {
    this.#keyOf = keyOf;
  }

  /** @param all every entry there is, in case that the index is still to be built. */
  newestFirst(key: string, all: Iterable<LedgerEntry>): LedgerEntry[] {
    if (!this.#entries) {
      this.#entries = new Map();
      for (const entry of all) this.add(entry);
    }
    return [...(this.#entries.get(key) ?? [])].reverse();
  }

  /** Adds an entry, unless the index is still to be built. */
  add(entry: LedgerEntry): void {
    const key = this.#keyOf(entry);
    if (!this.#entries || key === undefined) return;
    const same = this.#entries.get(key);
    if (same) same.add(entry);
    else this.#entries.set(key, new Set([entry]));
  }

  remove(entry: LedgerEntry): void {
    const key = this.#keyOf(entry);
    if (!this.#entries || key === undefined) return;
    const same = this.#entries.get(key);
    same?.delete(entry);
    if (same?.size === 0) this.#entries.delete(key);
  }

  clear(): void {
    this.#entries = undefined;
  }
}
