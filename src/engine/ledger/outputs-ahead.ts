import type { StatementSync } from 'node:sqlite';
import type { LedgerEntry } from './ledger.ts';

/** The most entries to read at once. */
const mostAhead = 256;
/** How long entries that were read ahead are trusted, in milliseconds: other processes write to the ledger, too. */
const freshMs = 200;

/**
 * Look-ups by output, with read-ahead. A folder is processed in the order of its names, which is the order of the
 * table, so the following entries are read as well: more of them each time that this proves useful, as operating
 * systems read files ahead. Look-ups in another order read an entry or two too many.
 */
export class OutputsAhead {
  /** Entries from an output on, in order. Parameters: the output and the number of entries. */
  readonly #from: StatementSync;
  readonly #ahead = new Map<string, LedgerEntry>();
  #until = 0;
  #count = 1;
  #used = 0;

  constructor(from: StatementSync) {
    this.#from = from;
  }

  get(output: string): LedgerEntry | undefined {
    const known = this.#ahead.get(output);
    if (known && performance.now() < this.#until) {
      this.#used += 1;
      return known;
    }
    this.#count = this.#wasWorthIt() ? Math.min(2 * this.#count, mostAhead) : 1;
    const [first, ...others] = this.#from.all(output, this.#count) as unknown as LedgerEntry[];
    this.forget();
    for (const entry of others) this.#ahead.set(entry.output, entry);
    this.#until = performance.now() + freshMs;
    return first?.output === output ? first : undefined;
  }

  /** Drops entries that were read ahead. Call when the ledger has been written. */
  forget(): void {
    this.#ahead.clear();
    this.#used = 0;
  }

  #wasWorthIt(): boolean {
    return 2 * this.#used >= this.#ahead.size;
  }
}
