import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolders } from '../files/make-folders.ts';
import { isCurrent, migrate } from './ledger-schema.ts';
import { LedgerStore } from './ledger-store.ts';
import { whileLocked } from './opening-lock.ts';
import { troubleOf } from './sqlite-trouble.ts';

/** Files of SQLite's beside the database: of no use without it, and harmful beside another one. */
const companions = ['-wal', '-shm', '-journal'];

/** The ledger is damaged, or no ledger at all. */
export class DamagedLedger extends Error {
  /** What it was found by, still open: as long as it is, no other file can be taken for this one. */
  readonly connection: LedgerConnection;

  constructor(cause: unknown, connection: LedgerConnection) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DamagedLedger';
    this.connection = connection;
  }
}

/** A connection to the ledger's file, and which file that was when it was opened. */
export interface LedgerConnection {
  /** Device and inode: the name may come to stand for another file. */
  readonly identity: string | undefined;
  close(): void;
}

export interface OpenLedger extends LedgerConnection {
  readonly store: LedgerStore;
  /** Whether there was nothing in it before. */
  readonly isNew: boolean;
}

/** Where the ledger lies, how it is opened and how it makes room for a new one. */
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
   * @param waitMs how long who locks everybody out is waited for, which holds up this thread.
   * @throws DamagedLedger, NewerLedger, or what SQLite or the file system says.
   */
  open(waitMs: number): OpenLedger {
    makeFolders(this.#folder, 0o700);
    return whileLocked(this.#lock, 'shared', () => this.#open(waitMs));
  }

  /**
   * Sets a damaged ledger aside, unless another process has done so; there is room for a new one then. An earlier one
   * that was set aside goes.
   * @throws what the file system says, or SQLITE_BUSY.
   * @returns whether it was us.
   */
  setAside({ identity, close }: LedgerConnection): boolean {
    try {
      return whileLocked(this.#lock, 'alone', () => {
        if (identity === undefined || identityOf(this.path) !== identity) return false;
        // Windows renames nothing that is open. Elsewhere it is closed afterwards: SQLite, who would write the log into
        // the database then and remove it, does neither to a file that bears another name by now.
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
      // Nothing is written before it is known that the ledger is not a newer one.
      const isNew = !isCurrent(db);
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      // Needs the write lock, which another run may hold just now: only where there is something to do.
      if (isNew) migrate(db);
      return { ...connection, store: new LedgerStore(db), isNew };
    } catch (error) {
      if (isDamage(error)) throw new DamagedLedger(error, connection);
      connection.close();
      throw error;
    }
  }
}

/** Tables that are not there or lack a column (SQLITE_ERROR, when they are asked for) are as bad as torn pages. */
function isDamage(error: unknown): boolean {
  return troubleOf(error) === 'damaged' || (error as { errcode?: number }).errcode === 1;
}

function identityOf(path: string): string | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.dev}:${stat.ino}`;
}

/** What lies at the new place goes in any case: it belonged to an earlier one. */
function moveIfThere(from: string, to: string): void {
  rmSync(to, { force: true });
  if (statSync(from, { throwIfNoEntry: false })) renameSync(from, to);
}
