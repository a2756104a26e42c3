import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** An entry as the run tells of it, before it is known whether it has a placeholder. */
export interface ScratchEntry {
  readonly input: string;
  readonly renditions: readonly ScratchRendition[];
  readonly thumbHash?: string | undefined;
  readonly colour?: string | undefined;
}

/** Width and height are missing where a former version has not kept them. */
export interface ScratchRendition {
  readonly path: string;
  readonly bytes: number;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

export type Numbered = ScratchEntry & { readonly index: number };

interface Row {
  readonly place: number;
  readonly input: string;
  readonly renditions: string;
  readonly hash: string | null;
  readonly colour: string | null;
}

/** Entries are written together: one at a time takes five times as long. */
const atOnce = 1_000;
/** SQLite keeps this much of it in memory, in KiB. */
const cacheKib = 4_096;

/**
 * The entries of a run's sets, in the order of the items, which end in another one. They are in a file, since ten million
 * of them do not fit into memory. It has no name: SQLite makes a file for temporary data of an empty name, and it is gone
 * with the process, however that ends.
 */
export class ScratchEntries {
  readonly #db = new DatabaseSync('');
  readonly #insert: StatementSync;
  readonly #from: StatementSync;
  readonly #bare: StatementSync;
  readonly #pending = new Map<number, ScratchEntry>();
  #count = 0;

  constructor() {
    this.#db.exec(
      `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -${cacheKib};
       CREATE TABLE entries (place INTEGER PRIMARY KEY, input TEXT, renditions TEXT, hash TEXT, colour TEXT)`,
    );
    this.#insert = this.#db.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)');
    const select = 'SELECT * FROM entries WHERE place > ?';
    this.#from = this.#db.prepare(`${select} ORDER BY place LIMIT ${atOnce}`);
    this.#bare = this.#db.prepare(`${select} AND hash IS NULL ORDER BY place LIMIT ?`);
  }

  get count(): number {
    return this.#count;
  }

  /** @param index the item's position: each is added once. */
  add(index: number, entry: ScratchEntry): void {
    this.#count += 1;
    this.replace(index, entry);
  }

  replace(index: number, entry: ScratchEntry): void {
    this.#pending.set(index, entry);
    if (this.#pending.size >= atOnce) this.#flush();
  }

  /** All entries in order, a page at a time: whoever reads them may take long, and add placeholders meanwhile. */
  *all(): Generator<Numbered, void> {
    for (let after = -1; ; ) {
      const page = this.#read(this.#from, after);
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.index;
    }
  }

  /** The next entries without a placeholder. */
  bare(after: number, most: number): readonly Numbered[] {
    return this.#read(this.#bare, after, most);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #read(statement: StatementSync, ...parameters: number[]): readonly Numbered[] {
    this.#flush();
    return (statement.all(...parameters) as unknown as Row[]).map(
      ({ place, input, renditions, hash, colour }) => ({
        index: place,
        input,
        renditions: JSON.parse(renditions),
        ...(hash !== null && { thumbHash: hash }),
        ...(colour !== null && { colour }),
      }),
    );
  }

  #flush(): void {
    if (this.#pending.size === 0) return;
    this.#db.exec('BEGIN');
    for (const [index, { input, renditions, thumbHash = null, colour = null }] of this.#pending) {
      this.#insert.run(index, input, JSON.stringify(renditions), thumbHash, colour);
    }
    this.#db.exec('COMMIT');
    this.#pending.clear();
  }
}
