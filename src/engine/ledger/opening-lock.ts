import { DatabaseSync } from 'node:sqlite';

/** How long to wait for others to open the ledger or to set it aside, in milliseconds; both take a few. */
const patienceMs = 5_000;

/**
 * Does `work` under a lock: shared by all who open the ledger's file, exclusive for the one who sets it aside. SQLite
 * opens a database, its log and its index one after the other and by name, so none of them may be replaced in between.
 * The lock is on an empty database beside the ledger, and the system releases it even if the process is killed. Its
 * file is never removed: otherwise two processes could lock two different files.
 *
 * If the file cannot exist (in a read-only folder), nothing is ever set aside, and opening needs no lock.
 *
 * @returns the result of `work`.
 * @throws SQLITE_BUSY for `alone` if the others do not release their locks.
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
