import { DatabaseSync } from 'node:sqlite';

/** How long others may take to open their ledger or to set it aside, in milliseconds; both take a few. */
const patienceMs = 5_000;

/**
 * Held while the ledger's file is opened, by many at once, or set aside, by one alone: SQLite opens a database, its log
 * and its index one after the other and by name, so that none of them may be exchanged in between. It is a lock on an
 * empty database beside the ledger, which the system lets go also for a process that is killed. The file stays: to take
 * it away would let two processes lock two different ones.
 *
 * Where there can be no such file (a folder that may not be written) nothing is ever set aside, and opening needs none.
 *
 * @returns what `work` does.
 * @throws SQLITE_BUSY for `alone` when the others do not let go.
 */
export function whileLocked<Value>(file: string, how: 'shared' | 'alone', work: () => Value): Value {
  const lock = lockOn(file, how);
  try {
    return work();
  } finally {
    lock?.close();
  }
}

function lockOn(file: string, how: 'shared' | 'alone'): DatabaseSync | undefined {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: patienceMs });
    lock.exec(how === 'alone' ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT 1 FROM sqlite_schema');
    return lock;
  } catch (error) {
    lock?.close();
    if (how === 'alone') throw error;
    return undefined;
  }
}
