import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** A path of a list that is no folder. `problem`: it is missing, or nothing that could be an image. */
export interface ListedPath {
  readonly path: string;
  readonly kind: 'file' | 'problem' | 'not-utf8';
}

/** So many are handed out at once … */
const batchSize = 512;
/** … and written at once. What a change may have to take back is in memory until then. */
const mostUnwritten = 2_048;
/** Up to so many paths the names of their outputs are told apart in memory. */
const mostNamesInMemory = 200_000;

interface Row extends ListedPath {
  readonly folder: string;
}

/**
 * The paths of a list, each once and in an order that is not the list's: which of two outputs keeps a name must not depend on
 * what the list begins with. They are kept in a file, because a list may have more lines than memory has room for. It has no
 * name, as SQLite makes it for temporary data of an empty one, and is gone with the process, however that ends.
 */
export class ListedPaths implements Disposable {
  /** Folders of the list, which are walked. */
  readonly folders = new Set<string>();
  readonly #db = new DatabaseSync('');
  readonly #isByFolder: boolean;
  readonly #insert: StatementSync;
  readonly #after: StatementSync;
  #pending = 0;
  #count = 0;
  #byIdentity: StatementSync | undefined;

  /** @param isByFolder whether each folder's outputs have names of their own, because they go into different folders. */
  constructor(isByFolder: boolean) {
    this.#isByFolder = isByFolder;
    this.#db.exec(`
      PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;
      PRAGMA cache_size = -32000; PRAGMA temp_store = FILE;
      CREATE TABLE paths (folder TEXT, path TEXT, kind TEXT, identity TEXT, PRIMARY KEY (folder, path)) WITHOUT ROWID;
      CREATE TABLE taken (name TEXT PRIMARY KEY) WITHOUT ROWID;
      BEGIN`);
    this.#insert = this.#db.prepare('INSERT OR IGNORE INTO paths VALUES (?, ?, ?, ?)');
    this.#after = this.#db.prepare(
      `SELECT folder, path, kind FROM paths WHERE (folder, path) > (?, ?) ORDER BY folder, path LIMIT ${batchSize}`,
    );
  }

  /** How many there are beside the folders. */
  get count(): number {
    return this.#count;
  }

  /** @param identity of the file, by which it is known as an original. */
  add({ path, kind }: ListedPath, identity: string | null): void {
    const folder = this.#isByFolder ? dirname(path) : '';
    this.#count += Number(this.#insert.run(folder, path, kind, identity).changes);
    this.#pending += 1;
    if (this.#pending % mostUnwritten === 0) this.#db.exec('COMMIT; BEGIN');
  }

  /** The paths, in pieces whose outputs go into one folder. */
  *pieces(): Generator<{ readonly isFirst: boolean; readonly paths: readonly ListedPath[] }, void> {
    let last: Pick<Row, 'folder' | 'path'> = { folder: '', path: '' };
    let folder: string | undefined;
    for (;;) {
      const rows = this.#after.all(last.folder, last.path) as unknown as Row[];
      for (const paths of Map.groupBy(rows, (row) => row.folder).values()) {
        const isFirst = paths[0]?.folder !== folder;
        folder = paths[0]?.folder;
        yield { isFirst, paths };
      }
      const end = rows.at(-1);
      if (!end) return;
      last = end;
    }
  }

  /** Whether one of them is the file with this identity. */
  hasIdentity(identity: string): boolean {
    if (!this.#byIdentity) {
      this.#db.exec('CREATE INDEX IF NOT EXISTS by_identity ON paths (identity)');
      this.#byIdentity = this.#db.prepare('SELECT 1 FROM paths WHERE identity = ?');
    }
    return this.#byIdentity.get(identity) !== undefined;
  }

  /** For the names of one folder's outputs. Those of the folder before are forgotten. */
  namesOfFolder() {
    return this.#count > mostNamesInMemory ? new TakenInFile(this.#db) : new Set<string>();
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

/** The names that are taken, in a file: all of a list's outputs may go into one folder. */
class TakenInFile {
  readonly #has: StatementSync;
  readonly #add: StatementSync;
  #size = 0;

  constructor(db: DatabaseSync) {
    db.exec('DELETE FROM taken');
    this.#has = db.prepare('SELECT 1 FROM taken WHERE name = ?');
    this.#add = db.prepare('INSERT OR IGNORE INTO taken VALUES (?)');
  }

  get size(): number {
    return this.#size;
  }

  has(name: string): boolean {
    return this.#has.get(name) !== undefined;
  }

  add(name: string): void {
    this.#size += Number(this.#add.run(name).changes);
  }
}
