import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolders } from '../files/make-folders.ts';
import { isCurrent, migrate } from './ledger-schema.ts';
import { LedgerStore } from './ledger-store.ts';
import { whileLocked } from './opening-lock.ts';
import { troubleOf } from './sqlite-trouble.ts';

/** SQLite's files beside the database: useless without it, and harmful beside another one. */
const companions = ['-wal', '-shm', '-journal'];

/** The ledger is damaged, or the file is no ledger at all. */
export class DamagedLedger extends Error {
  /** The connection that found the damage. It stays open, so that no other file can be mistaken for this one. */
  readonly connection: LedgerConnection;

  constructor(cause: unknown, connection: LedgerConnection) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DamagedLedger';
    this.connection = connection;
  }
}

/** A connection to the ledger's file, and the identity of that file when it was opened. */
export interface LedgerConnection {
  /** Device and inode, because the name may later refer to another file. */
  readonly identity: string | undefined;
  close(): void;
}

export interface OpenLedger extends LedgerConnection {
  readonly store: LedgerStore;
  /** Whether the ledger was empty before. */
  readonly isNew: boolean;
}

/** Where the ledger is, how it is opened, and how a damaged one is set aside for a new one. */
export class LedgerFile {
  readonly path: string;
  readonly #folder: string;
  readonly #lock: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'ledger.db');
    this.#lock = join(folder, 'ledger.lock');
  }

  get pathWhenSetAside(): string {
    return `${this.path}.broken`;
  }

  /**
   * @param waitMs how long to wait for an exclusive lock of another process; this blocks the thread.
   * @throws DamagedLedger, NewerLedger, or an error of SQLite or the file system.
   */
  open(waitMs: number): OpenLedger {
    makeFolders(this.#folder, 0o700);
    return whileLocked(this.#lock, 'shared', () => this.#open(waitMs));
  }

  /**
   * Sets a damaged ledger aside, unless another process has done so, to make room for a new one. A ledger that was set
   * aside before is deleted.
   * @throws an error of the file system, or SQLITE_BUSY.
   * @returns whether this process did it.
   */
  setAside({ identity, close }: LedgerConnection): boolean {
    try {
      return whileLocked(this.#lock, 'alone', () => {
        if (identity === undefined || identityOf(this.path) !== identity) return false;
        // Windows cannot rename open files. Elsewhere the connection is closed afterwards: on closing, SQLite would
        // write the log into the database and remove it, but it does neither once the file has another name.
        if (process.platform === 'win32') close();
        for (const companion of companions)
          moveIfThere(this.path + companion, this.pathWhenSetAside + companion);
        renameSync(this.path, this.pathWhenSetAside);
        return true;
      });
    } finally {
      close();
    }
  }

  #open(waitMs: number): OpenLedger {
    const db = new DatabaseSync(this.path, { timeout: waitMs });
    const connection: LedgerConnection = {
      identity: identityOf(this.path),
      close: () => {
        if (db.isOpen) db.close();
      },
    };
    try {
      // Nothing is written before it is certain that the ledger is not of a newer version.
      const isNew = !isCurrent(db);
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      // Only if there is something to do, because it needs the write lock, which another run may hold.
      if (isNew) migrate(db);
      return { ...connection, store: new LedgerStore(db), isNew };
    } catch (error) {
      if (isDamage(error)) throw new DamagedLedger(error, connection);
      connection.close();
      throw error;
    }
  }
}

/** Missing tables and columns (SQLITE_ERROR, on first use) count as damage, like corrupt pages. */
function isDamage(error: unknown): boolean {
  return troubleOf(error) === 'damaged' || (error as { errcode?: number }).errcode === 1;
}

function identityOf(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.dev}:${stat.ino}`;
}

/** Deletes what is at the new place even if there is nothing to move: it belonged to a previous ledger. */
function moveIfThere(from: string, to: string): void {
  rmSync(to, { force: true });
  if (statSync(from, { throwIfNoEntry: false })) renameSync(from, to);
}
