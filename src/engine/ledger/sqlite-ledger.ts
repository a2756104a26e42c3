import { stateFolder } from '../files/state-folder.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { DamagedLedger, type LedgerConnection, LedgerFile, type OpenLedger } from './ledger-file.ts';
import { NewerLedger } from './ledger-schema.ts';
import type { LedgerStore } from './ledger-store.ts';
import { LedgerWarnings } from './ledger-warnings.ts';
import { PendingRecords } from './pending-records.ts';
import { reasonOf, troubleOf } from './sqlite-trouble.ts';

/** Records are written together after this long, in milliseconds, or when there are this many. */
const flushAfterMs = 100;
const flushAt = 2_000;
/** While they cannot be written it is tried again after twice as long each time, up to this, in milliseconds. */
const retryAfterMs = 2_000;
/** Records that could not be written are kept up to this many. */
const mostPending = 50_000;
/** Another process may be just making the tables: how long the beginning of a run waits for that, in milliseconds. */
const openWaitMs = 250;
/** How long the end of a run waits for who holds the write lock, in milliseconds; no writing before that waits at all. */
const closeWaitMs = 2_000;

/**
 * Opens the ledger in the platform's state folder (or `SHOAL_STATE_DIR`).
 * What is wrong with it is told to `onWarning`, once, and the run goes on without it: the ledger saves work,
 * it never stops any.
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
  /** Absent while another process keeps us from opening it, and when it has been given up. */
  #open: OpenLedger | undefined;
  #isUsable = true;
  #hasBegunAnew = false;
  /** A look-up was kept from reading: the next ones do not wait. */
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

  /** Whether anything can still be asked of it or told to it. */
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
    this.#pending.record({ madeAt: Date.now(), ...entry });
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

  flush(): void {
    this.#write(0);
    if (!this.#pending.isEmpty) this.#flushLater();
  }

  close(): void {
    if (!this.#isUsable) return;
    this.#write(closeWaitMs);
    if (!this.#pending.isEmpty) this.#warnings.unwritten(this.#lastProblem, this.#pending.unwritten);
    else if (this.#wasUnreadable) this.#warnings.unread();
    // Whoever still asks (a count of the items that goes on beside the run) is told nothing, without a warning.
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

  /** What has been written is hidden by what waits to take its place. */
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

  /** Writes what waits; what cannot be written just now is kept for the next time. */
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
      // Into the new one, then; a second new one there will not be.
      else if (this.#beginAnew(error, this.#open)) this.#write(waitMs);
    }
  }

  #tryToOpen(waitMs: number): void {
    if (!this.#isUsable) return;
    try {
      this.#open = this.#file.open(waitMs);
      // Who kept us from opening it was only making it: there was nothing to know.
      if (this.#open.isNew) this.#wasUnreadable = false;
    } catch (error) {
      this.#lastProblem = error;
      if (error instanceof DamagedLedger) this.#beginAnew(error, error.connection);
      else if (error instanceof NewerLedger) this.#giveUp(() => this.#warnings.newer(error));
      else if (troubleOf(error) === 'busy') this.#wasUnreadable = true;
      else this.#giveUp(() => this.#warnings.unusable(error));
    }
  }

  /** Sets a damaged ledger aside and opens another. Once: a disk that damages that too is not to be fed. */
  #beginAnew(damage: unknown, connection: LedgerConnection): boolean {
    this.#open = undefined;
    if (this.#hasBegunAnew) {
      connection.close();
      this.#giveUp(() => this.#warnings.unusable(damage));
      return false;
    }
    this.#hasBegunAnew = true;
    try {
      // Where another process has done it, that one has told of it.
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
