import { basename } from 'node:path';
import type { LedgerFile } from './ledger-file.ts';
import { reasonOf, troubleOf } from './sqlite-trouble.ts';

/** Warnings about the ledger, in sentences for the person who started the run. */
export class LedgerWarnings {
  readonly #file: LedgerFile;
  readonly #tell: (warning: string) => void;

  constructor(file: LedgerFile, tell: (warning: string) => void) {
    this.#file = file;
    this.#tell = tell;
  }

  unusable(error: unknown): void {
    this.#say(`cannot be used (${reasonOf(error)}); going on without it, nothing will be skipped.`);
  }

  newer(error: unknown): void {
    this.#say(
      `was made by a newer version of Shoal (${reasonOf(error)}) and is left as it is; ` +
        'going on without it, nothing will be skipped or remembered.',
    );
  }

  setAside(damage: unknown): void {
    this.#say(
      `was damaged (${reasonOf(damage)}). It is kept as ${basename(this.#file.pathWhenSetAside)} and a new one ` +
        'is begun: what it knew is not skipped.',
    );
  }

  cannotBeSetAside(damage: unknown, why: unknown): void {
    this.#say(
      `is damaged (${reasonOf(damage)}) and cannot be set aside (${reasonOf(why)}); ` +
        'going on without it, nothing will be skipped.',
    );
  }

  unwritten(why: unknown, entries: number): void {
    const reason = troubleOf(why) === 'busy' ? 'it stayed locked by another process' : reasonOf(why);
    const results = entries === 1 ? '1 result' : `${entries.toLocaleString('en')} results`;
    this.#say(`could not be written (${reason}): ${results} of this run may be made again by the next one.`);
  }

  unread(): void {
    this.#say('was locked by another process: what it knows could not always be seen, and was made again.');
  }

  #say(what: string): void {
    this.#tell(`The ledger ${this.#file.path} ${what}`);
  }
}
