import { stateFolder } from '../files/state-folder.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { DamagedLedger, type LedgerConnection, LedgerFile, type OpenLedger } from './ledger-file.ts';
import { NewerLedger } from './ledger-schema.ts';
import type { LedgerStore } from './ledger-store.ts';
import { LedgerWarnings } from './ledger-warnings.ts';
import { PendingRecords } from './pending-records.ts';
import { reasonOf, troubleOf } from './sqlite-trouble.ts';

/** Records are written in batches: after this time, in milliseconds, or when there are this many. */
const flushAfterMs = 100;
const flushAt = 2_000;
/** When writing fails it is retried after twice the time, up to this, in milliseconds. */
const retryAfterMs = 2_000;
/** The most records to keep in memory while they cannot be written. */
const mostPending = 50_000;
/** How long the start of a run waits for another process that may be creating the tables, in milliseconds. */
const openWaitMs = 250;
/** How long the end of a run waits for the write lock, in milliseconds; writes before that do not wait at all. */
const closeWaitMs = 2_000;

/**
 * Opens the ledger in the platform's state folder (or `SHOAL_STATE_DIR`).
 * Problems with it are reported to `onWarning`, once, and the run goes on without it: the ledger saves work, but never
 * prevents any.
 */
export function openLedger(onWarning: (warning: string) => void, folder?: string): Ledger | undefined {
  let file: LedgerFile;
  try {
    file = new LedgerFile(folder ?? stateFolder());
  } catch (error) {
    onWarning(
      `There is no place for a ledger (${reasonOf(error)}); going on without, nothing will be skipped.`,
    );
    return undefined;
  }
  const ledger = new SqliteLedger(file, new LedgerWarnings(file, onWarning));
  return ledger.isUsable ? ledger : undefined;
}

class SqliteLedger implements Ledger {
  readonly #file: LedgerFile;
  readonly #warnings: LedgerWarnings;
  readonly #pending = new PendingRecords(mostPending);
  /** Absent while another process prevents opening it, and after it has been given up. */
  #open: OpenLedger | undefined;
  #isUsable = true;
  #hasBegunAnew = false;
  /** Whether a lock has blocked a look-up: the following ones do not wait for it. */
  #readsAreLocked = false;
  #wasUnreadable = false;
  #timer: NodeJS.Timeout | undefined;
  #nextTryMs = flushAfterMs;
  #lastProblem: unknown;

  constructor(file: LedgerFile, warnings: LedgerWarnings) {
    this.#file = file;
    this.#warnings = warnings;
    this.#tryToOpen(openWaitMs);
  }

  /** Whether the ledger can still be read or written. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  byOutput(output: string): LedgerEntry | undefined {
    return this.#pending.byOutput(output) ?? this.#read((store) => store.byOutput(output), undefined);
  }

  byInput(input: string): LedgerEntry[] {
    return this.#newestFirst(
      this.#pending.byInput(input),
      this.#read((store) => store.byInput(input), []),
    );
  }

  hasOutputsIn(folder: string): boolean {
    return this.#pending.hasOutputsIn(folder) || this.#read((store) => store.hasOutputsIn(folder), false);
  }

  bySha256(sha256: string): LedgerEntry[] {
    return this.#newestFirst(
      this.#pending.bySha256(sha256),
      this.#read((store) => store.bySha256(sha256), []),
    );
  }

  record(entry: LedgerEntry): void {
    if (!this.#isUsable) return;
    this.#pending.record({ ...entry, madeAt: entry.madeAt ?? Date.now() });
    if (this.#pending.size % flushAt === 0 && this.#nextTryMs === flushAfterMs) this.flush();
    else this.#flushLater();
  }

  recordOutputFolder(folder: string): void {
    this.#recordFolder(folder, true);
  }

  isOutputFolder(folder: string): boolean {
    return this.#pending.isFolder(folder) ?? this.#read((store) => store.isOutputFolder(folder), false);
  }

  forgetOutputFolder(folder: string): void {
    this.#recordFolder(folder, false);
  }

  setFiles(): ReadonlyMap<string, number> {
    const written = this.#read((store) => store.setFiles(), new Map<string, number>());
    return this.#pending.setFiles.size === 0 ? written : new Map([...written, ...this.#pending.setFiles]);
  }

  recordSetFile(path: string, bytes: number): void {
    if (!this.#isUsable) return;
    this.#pending.setFiles.set(path, bytes);
    this.#flushLater();
  }

  flush(): void {
    this.#write(0);
    if (!this.#pending.isEmpty) this.#flushLater();
  }

  close(): void {
    if (!this.#isUsable) return;
    this.#write(closeWaitMs);
    if (!this.#pending.isEmpty) this.#warnings.unwritten(this.#lastProblem, this.#pending.unwritten);
    else if (this.#wasUnreadable) this.#warnings.unread();
    // Later callers (a count of the items may still be going on) get no results and no warning.
    this.#end();
  }

  #recordFolder(folder: string, remembered: boolean): void {
    if (!this.#isUsable) return;
    this.#pending.recordFolder(folder, remembered);
    this.#flushLater();
  }

  #flushLater(): void {
    if (this.#isUsable) this.#timer ??= setTimeout(() => this.flush(), this.#nextTryMs).unref();
  }

  /** Merges entries, the newest first. A pending entry hides the written one that it will replace. */
  #newestFirst(pending: LedgerEntry[], written: LedgerEntry[]): LedgerEntry[] {
    return [...pending, ...written.filter(({ output }) => this.#pending.byOutput(output) === undefined)];
  }

  #read<Value>(read: (store: LedgerStore) => Value, otherwise: Value): Value {
    const { store } = this.#open ?? {};
    if (!store) return otherwise;
    try {
      const found = read(store);
      if (this.#readsAreLocked) this.#letReadsWait(store, true);
      return found;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === 'busy') this.#letReadsWait(store, false);
      else if (trouble === 'damaged' && this.#open) this.#beginAnew(error, this.#open);
      else this.#giveUp(() => this.#warnings.unusable(error));
      return otherwise;
    }
  }

  #letReadsWait(store: LedgerStore, wait: boolean): void {
    this.#readsAreLocked = !wait;
    this.#wasUnreadable ||= !wait;
    store.waitForReads(wait);
  }

  /** Writes pending records. If they cannot be written now, they are kept for the next time. */
  #write(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#open) this.#tryToOpen(waitMs);
    if (!this.#open || this.#pending.isEmpty) return;
    try {
      this.#open.store.write(this.#pending, waitMs);
      this.#pending.clear();
      this.#nextTryMs = flushAfterMs;
    } catch (error) {
      this.#lastProblem = error;
      if (error instanceof NewerLedger) this.#giveUp(() => this.#warnings.newer(error));
      else if (troubleOf(error) !== 'damaged') this.#nextTryMs = Math.min(2 * this.#nextTryMs, retryAfterMs);
      // Then the records go to the new ledger. There is at most one new one in a run.
      else if (this.#beginAnew(error, this.#open)) this.#write(waitMs);
    }
  }

  #tryToOpen(waitMs: number): void {
    if (!this.#isUsable) return;
    try {
      this.#open = this.#file.open(waitMs);
      // The process that prevented opening it was only creating it: there was nothing to read.
      if (this.#open.isNew) this.#wasUnreadable = false;
    } catch (error) {
      this.#lastProblem = error;
      if (error instanceof DamagedLedger) this.#beginAnew(error, error.connection);
      else if (error instanceof NewerLedger) this.#giveUp(() => this.#warnings.newer(error));
      else if (troubleOf(error) === 'busy') this.#wasUnreadable = true;
      else this.#giveUp(() => this.#warnings.unusable(error));
    }
  }

  /**
   * Sets a damaged ledger aside and opens a new one. Only once: a disk that damages that too must not be written to.
   */
  #beginAnew(damage: unknown, connection: LedgerConnection): boolean {
    this.#open = undefined;
    if (this.#hasBegunAnew) {
      connection.close();
      this.#giveUp(() => this.#warnings.unusable(damage));
      return false;
    }
    this.#hasBegunAnew = true;
    try {
      // If another process has set it aside, that process has given the warning.
      if (this.#file.setAside(connection)) this.#warnings.setAside(damage);
    } catch (error) {
      this.#giveUp(() => this.#warnings.cannotBeSetAside(damage, error));
      return false;
    }
    this.#tryToOpen(openWaitMs);
    return this.#open !== undefined;
  }

  #giveUp(tell: () => void): void {
    this.#end();
    tell();
  }

  #end(): void {
    this.#isUsable = false;
    clearTimeout(this.#timer);
    this.#pending.clear();
    this.#open?.close();
    this.#open = undefined;
  }
}
