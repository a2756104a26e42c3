import type { DatabaseSync } from 'node:sqlite';

/** The steps from an empty database to the current schema. Step n leads to version n. */
const steps = [
  `CREATE TABLE IF NOT EXISTS outputs (
     output TEXT PRIMARY KEY, input TEXT NOT NULL, input_stamp TEXT NOT NULL, recipe TEXT NOT NULL,
     bytes INTEGER NOT NULL, width INTEGER, height INTEGER, sha256 TEXT, etag TEXT, last_modified TEXT,
     made_at INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX IF NOT EXISTS outputs_by_input ON outputs (input);
   CREATE INDEX IF NOT EXISTS outputs_by_sha256 ON outputs (sha256) WHERE sha256 IS NOT NULL;
   CREATE TABLE IF NOT EXISTS output_folders (folder TEXT PRIMARY KEY) WITHOUT ROWID;`,
  (db: DatabaseSync) => {
    addColumn(db, 'thumb_hash');
    addColumn(db, 'colour');
    db.exec(
      'CREATE TABLE IF NOT EXISTS set_files (path TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID',
    );
  },
];

/** Adds a column of texts, unless it is there: a ledger may have lost its version alone. */
function addColumn(db: DatabaseSync, name: string): void {
  const columns = db.prepare('PRAGMA table_info(outputs)').all();
  if (!columns.some((column) => column.name === name)) db.exec(`ALTER TABLE outputs ADD COLUMN ${name} TEXT`);
}

const schemaVersion = steps.length;

/** A newer version of Shoal has changed the ledger: it is neither read nor written. */
export class NewerLedger extends Error {
  constructor(version: number) {
    super(`it is version ${version} and this one knows version ${schemaVersion}`);
    this.name = 'NewerLedger';
  }
}

/** Migrates a ledger of an earlier version, completely or not at all. @throws NewerLedger */
export function migrate(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have migrated it while we waited for the lock.
    if (!isCurrent(db)) {
      for (const step of steps.slice(Math.max(0, versionOf(db)))) {
        if (typeof step === 'string') db.exec(step);
        else step(db);
      }
      db.exec(`PRAGMA user_version = ${schemaVersion}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    // SQLite itself may have ended the transaction, for example because the disk is full.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version);
}

/** Whether the ledger has the current version. @throws NewerLedger */
export function isCurrent(db: DatabaseSync): boolean {
  const version = versionOf(db);
  if (version > schemaVersion) {
    // A damaged header may contain any version; reading the schema shows whether it is damaged.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    throw new NewerLedger(version);
  }
  return version === schemaVersion;
}
