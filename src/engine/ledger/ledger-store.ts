import { sep } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LedgerEntry } from './ledger.ts';
import { isCurrent } from './ledger-schema.ts';
import { OutputsAhead } from './outputs-ahead.ts';
import type { PendingRecords } from './pending-records.ts';

/**
 * How long a look-up waits for a lock against readers, in milliseconds. In WAL mode, only opening and recovery take
 * one.
 */
const readWaitMs = 250;

const columns = `output, input, input_stamp AS inputStamp, recipe, bytes, width, height, sha256, etag,
  last_modified AS lastModified, made_at AS madeAt, thumb_hash AS thumbHash, colour`;

/** The ledger's tables on an open connection. All methods throw SQLite's errors. */
export class LedgerStore {
  readonly #db: DatabaseSync;
  readonly #outputs: OutputsAhead;
  readonly #byInput: StatementSync;
  readonly #bySha256: StatementSync;
  readonly #below: StatementSync;
  readonly #insert: StatementSync;
  readonly #insertFolder: StatementSync;
  readonly #deleteFolder: StatementSync;
  readonly #folder: StatementSync;
  readonly #setFiles: StatementSync;
  readonly #insertSetFile: StatementSync;

  /** @throws if the tables are not as expected. */
  constructor(db: DatabaseSync) {
    this.#db = db;
    this.waitForReads(true);
    this.#outputs = new OutputsAhead(
      db.prepare(`SELECT ${columns} FROM outputs WHERE output >= ? ORDER BY output LIMIT ?`),
    );
    this.#byInput = db.prepare(`SELECT ${columns} FROM outputs WHERE input = ? ORDER BY made_at DESC`);
    this.#bySha256 = db.prepare(
      `SELECT ${columns} FROM outputs WHERE sha256 = ? ORDER BY made_at DESC LIMIT 10`,
    );
    this.#below = db.prepare('SELECT 1 FROM outputs WHERE output > ? AND output < ? LIMIT 1');
    this.#insert = db.prepare(
      `INSERT OR REPLACE INTO outputs (output, input, input_stamp, recipe, bytes, width, height, sha256, etag,
         last_modified, made_at, thumb_hash, colour) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertFolder = db.prepare('INSERT OR IGNORE INTO output_folders (folder) VALUES (?)');
    this.#deleteFolder = db.prepare('DELETE FROM output_folders WHERE folder = ?');
    this.#folder = db.prepare('SELECT 1 FROM output_folders WHERE folder = ?');
    this.#setFiles = db.prepare('SELECT path, bytes FROM set_files');
    this.#insertSetFile = db.prepare('INSERT OR REPLACE INTO set_files (path, bytes) VALUES (?, ?)');
  }

  byOutput(output: string): LedgerEntry | undefined {
    return this.#outputs.get(output);
  }

  byInput(input: string): LedgerEntry[] {
    return this.#byInput.all(input) as unknown as LedgerEntry[];
  }

  bySha256(sha256: string): LedgerEntry[] {
    return this.#bySha256.all(sha256) as unknown as LedgerEntry[];
  }

  hasOutputsIn(folder: string): boolean {
    const from = folder.endsWith(sep) ? folder : folder + sep;
    // All texts that begin with `from` sort between it and the same text with its last character incremented.
    const to = from.slice(0, -1) + String.fromCharCode(from.charCodeAt(from.length - 1) + 1);
    return this.#below.get(from, to) !== undefined;
  }

  isOutputFolder(folder: string): boolean {
    return this.#folder.get(folder) !== undefined;
  }

  setFiles(): ReadonlyMap<string, number> {
    const rows = this.#setFiles.all() as { path: string; bytes: number }[];
    return new Map(rows.map(({ path, bytes }) => [path, bytes]));
  }

  /** Whether each look-up waits for a lock. A run over many items should not go on with that. */
  waitForReads(wait: boolean): void {
    this.#waitUpTo(wait ? readWaitMs : 0);
  }

  /**
   * Writes all records, or none.
   * @param waitMs how long to wait for the lock of another writer; this blocks the thread.
   * @throws NewerLedger if a newer version has migrated the ledger meanwhile.
   */
  write({ entries, folders, setFiles }: PendingRecords, waitMs: number): void {
    const db = this.#db;
    this.#waitUpTo(waitMs);
    try {
      db.exec('BEGIN IMMEDIATE');
      isCurrent(db);
      for (const entry of entries) this.#insertOne(entry);
      for (const [folder, remembered] of folders) {
        if (remembered) this.#insertFolder.run(folder);
        else this.#deleteFolder.run(folder);
      }
      for (const [path, bytes] of setFiles) this.#insertSetFile.run(path, bytes);
      db.exec('COMMIT');
    } catch (error) {
      // SQLite itself may have ended the transaction, for example because the disk is full.
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    } finally {
      this.#outputs.forget();
      this.waitForReads(true);
    }
  }

  #waitUpTo(ms: number): void {
    this.#db.exec(`PRAGMA busy_timeout = ${ms}`);
  }

  #insertOne(entry: LedgerEntry): void {
    const { output, input, inputStamp, recipe, bytes } = entry;
    const {
      width = null,
      height = null,
      sha256 = null,
      etag = null,
      lastModified = null,
      madeAt = 0,
      thumbHash = null,
      colour = null,
    } = entry;
    this.#insert.run(
      output,
      input,
      inputStamp,
      recipe,
      bytes,
      width,
      height,
      sha256,
      etag,
      lastModified,
      madeAt,
      thumbHash,
      colour,
    );
  }
}
