import { join, sep } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { makeFolders } from '../files/make-folders.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { stateFolder } from './state-folder.ts';

/** How long another process may hold the write lock before we go on and try again later, in milliseconds. */
const busyTimeout = 250;
/** Records are written together after this long, in milliseconds, or when there are this many. */
const flushAfter = 100;
const flushAt = 2_000;
/** Records that could not be written are kept up to this many; beyond it the ledger gives up. */
const mostPending = 50_000;

/** To be raised with every change of the schema: what is not there yet is added then. */
const schemaVersion = 1;
const schema = `
  CREATE TABLE IF NOT EXISTS outputs (
    output TEXT PRIMARY KEY, input TEXT NOT NULL, input_stamp TEXT NOT NULL, recipe TEXT NOT NULL,
    bytes INTEGER NOT NULL, width INTEGER, height INTEGER, sha256 TEXT, etag TEXT, last_modified TEXT,
    made_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS outputs_by_input ON outputs (input);
  CREATE INDEX IF NOT EXISTS outputs_by_sha256 ON outputs (sha256) WHERE sha256 IS NOT NULL;
  CREATE TABLE IF NOT EXISTS output_folders (folder TEXT PRIMARY KEY) WITHOUT ROWID;
  PRAGMA user_version = ${schemaVersion};
`;

const columns = `output, input, input_stamp AS inputStamp, recipe, bytes, width, height, sha256, etag,
  last_modified AS lastModified`;

/**
 * Opens the ledger in the platform's state folder (or `SHOAL_STATE_DIR`).
 * What is wrong with it is told to `onWarning`, once, and the run goes on without it: the ledger saves work,
 * it never stops any.
 */
export function openLedger(onWarning: (warning: string) => void, folder = stateFolder()): Ledger | undefined {
  const file = join(folder, 'ledger.db');
  const complain = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    onWarning(`The ledger ${file} cannot be used (${reason}); going on without it, nothing will be skipped.`);
  };
  try {
    makeFolders(folder, 0o700);
    return new SqliteLedger(new DatabaseSync(file, { timeout: busyTimeout }), complain);
  } catch (error) {
    complain(error);
    return undefined;
  }
}

class SqliteLedger implements Ledger {
  readonly #db: DatabaseSync;
  readonly #complain: (error: unknown) => void;
  readonly #byOutput: StatementSync;
  readonly #byInput: StatementSync;
  readonly #bySha256: StatementSync;
  readonly #below: StatementSync;
  readonly #insert: StatementSync;
  readonly #insertFolder: StatementSync;
  readonly #deleteFolder: StatementSync;
  readonly #folder: StatementSync;
  readonly #pending = new Map<string, LedgerEntry>();
  /** The pending entries' outputs by input, so that a look-up need not go through them all. */
  readonly #pendingOutputs = new Map<string, Set<string>>();
  #timer: NodeJS.Timeout | undefined;
  #broken = false;

  constructor(db: DatabaseSync, complain: (error: unknown) => void) {
    this.#db = db;
    this.#complain = complain;
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    // Written once: setting it again would need the write lock, which another run may hold just now.
    if (db.prepare('PRAGMA user_version').get()?.user_version !== schemaVersion) db.exec(schema);
    this.#byOutput = db.prepare(`SELECT ${columns} FROM outputs WHERE output = ?`);
    this.#byInput = db.prepare(`SELECT ${columns} FROM outputs WHERE input = ? ORDER BY made_at DESC`);
    this.#bySha256 = db.prepare(
      `SELECT ${columns} FROM outputs WHERE sha256 = ? ORDER BY made_at DESC LIMIT 10`,
    );
    this.#below = db.prepare('SELECT 1 FROM outputs WHERE output > ? AND output < ? LIMIT 1');
    this.#insert = db.prepare(
      `INSERT OR REPLACE INTO outputs (output, input, input_stamp, recipe, bytes, width, height, sha256, etag,
         last_modified, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertFolder = db.prepare('INSERT OR IGNORE INTO output_folders (folder) VALUES (?)');
    this.#deleteFolder = db.prepare('DELETE FROM output_folders WHERE folder = ?');
    this.#folder = db.prepare('SELECT 1 FROM output_folders WHERE folder = ?');
  }

  byOutput(output: string): LedgerEntry | undefined {
    return this.#pending.get(output) ?? this.#read(() => this.#byOutput.get(output) as never, undefined);
  }

  byInput(input: string): LedgerEntry[] {
    const outputs = this.#pendingOutputs.get(input) ?? [];
    const pending = [...outputs].flatMap((output) => this.#pending.get(output) ?? []);
    const written = this.#read(() => this.#byInput.all(input) as unknown as LedgerEntry[], []);
    return [...pending, ...written.filter(({ output }) => !this.#pending.has(output))];
  }

  hasOutputsIn(folder: string): boolean {
    const from = folder.endsWith(sep) ? folder : folder + sep;
    // All that begins with `from` lies between it and the same text with its last character moved on.
    const to = from.slice(0, -1) + String.fromCharCode(from.charCodeAt(from.length - 1) + 1);
    return this.#read(() => this.#below.get(from, to) !== undefined, false);
  }

  bySha256(sha256: string): LedgerEntry[] {
    return this.#read(() => this.#bySha256.all(sha256) as unknown as LedgerEntry[], []);
  }

  record(entry: LedgerEntry): void {
    if (this.#broken) return;
    this.#pending.set(entry.output, entry);
    const outputs = this.#pendingOutputs.get(entry.input);
    if (outputs) outputs.add(entry.output);
    else this.#pendingOutputs.set(entry.input, new Set([entry.output]));
    if (this.#pending.size % flushAt === 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), flushAfter).unref();
  }

  recordOutputFolder(folder: string): void {
    this.#write(() => this.#insertFolder.run(folder));
  }

  isOutputFolder(folder: string): boolean {
    return this.#read(() => this.#folder.get(folder) !== undefined, false);
  }

  forgetOutputFolder(folder: string): void {
    this.#write(() => this.#deleteFolder.run(folder));
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.size === 0) return;
    const written = this.#write(() => {
      this.#db.exec('BEGIN IMMEDIATE');
      try {
        for (const entry of this.#pending.values()) this.#insertOne(entry);
        this.#db.exec('COMMIT');
      } catch (error) {
        this.#db.exec('ROLLBACK');
        throw error;
      }
    });
    if (written) this.#forgetPending();
    else if (this.#pending.size >= mostPending) this.#giveUp(new Error('it stays locked'));
  }

  close(): void {
    this.flush();
    if (this.#pending.size > 0) this.#giveUp(new Error('it stays locked'));
    // Whoever still asks (a count of the items that goes on beside the run) is told nothing, without a warning.
    this.#broken = true;
    this.#db.close();
  }

  #insertOne(entry: LedgerEntry): void {
    const { output, input, inputStamp, recipe, bytes } = entry;
    const { width = null, height = null, sha256 = null, etag = null, lastModified = null } = entry;
    const madeAt = Date.now();
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
    );
  }

  #read<Value>(read: () => Value, otherwise: Value): Value {
    if (this.#broken) return otherwise;
    try {
      return read();
    } catch (error) {
      this.#giveUp(error);
      return otherwise;
    }
  }

  /** Whether it was written; a lock held elsewhere is tried again at the next flush. */
  #write(write: () => void): boolean {
    if (this.#broken) return true;
    try {
      write();
      return true;
    } catch (error) {
      if (isLocked(error)) return false;
      this.#giveUp(error);
      return true;
    }
  }

  #forgetPending(): void {
    this.#pending.clear();
    this.#pendingOutputs.clear();
  }

  #giveUp(error: unknown): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#forgetPending();
    this.#complain(error);
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED with their extended forms (https://sqlite.org/rescode.html). */
function isLocked(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode ?? 0;
  return (code & 0xff) === 5 || (code & 0xff) === 6;
}
