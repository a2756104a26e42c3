import type { StatementSync } from 'node:sqlite';
import type { LedgerEntry } from './ledger.ts';

/** Entries read at once, at most. */
const mostAhead = 256;
/** How long entries read ahead are taken for what the ledger holds, in milliseconds: other processes write it, too. */
const freshMs = 200;

/**
 * Look-ups by output. A folder is gone through in the order of its names, which is the order of the table: what comes next
 * is read along, more of it each time that it was asked for, as operating systems read files ahead. Whoever asks in another
 * order pays for an entry or two too many.
 */
export class OutputsAhead {
  /** Entries from an output on, in order: its parameters are the output and how many. */
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

  /** For when the ledger has been written. */
  forget(): void {
    this.#ahead.clear();
    this.#used = 0;
  }

  #wasWorthIt(): boolean {
    return 2 * this.#used >= this.#ahead.size;
  }
}
