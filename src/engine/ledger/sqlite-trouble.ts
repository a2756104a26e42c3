/** Kinds of SQLite errors (https://sqlite.org/rescode.html): the lowest byte of a code tells the kind. */
export type SqliteTrouble =
  /** Another process holds a lock: try again. */
  | 'busy'
  /** The file is damaged, or no ledger. */
  | 'damaged'
  /** A full disk, a read-only folder, a disk that fails … */
  | 'other';

export function troubleOf(error: unknown): SqliteTrouble {
  const code = (error as { errcode?: number }).errcode ?? 0;
  switch (code & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return 'busy';
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return 'damaged';
    default:
      return 'other';
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
