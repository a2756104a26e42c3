import { SeenSet } from '../../files/seen-set.ts';

/**
 * Protects files of an earlier run while duplicates are left out. A file that a duplicate was left out for must not be
 * replaced, and no duplicate may be left out for a file that is about to be replaced.
 */
export class ReplacementGuard {
  readonly #toBeReplaced = new SeenSet();
  readonly #settled = new SeenSet();
  readonly #stoodFor = new SeenSet();

  /** Whether an item may replace the file with a newer version. If so, the file counts as about to be replaced. */
  mayReplace(output: string): boolean {
    if (this.#stoodFor.has(output)) return false;
    this.#toBeReplaced.add(output);
    return true;
  }

  /** Call when the item is done with the file: it is not replaced any more. */
  settle(output: string): void {
    this.#settled.add(output);
  }

  /** Whether a duplicate was left out for the file. */
  standsForAnother(output: string): boolean {
    return this.#stoodFor.has(output);
  }

  /** Whether the file will not be replaced. If so, this is guaranteed until the end of the run. */
  keepAsItIs(output: string): boolean {
    if (this.#toBeReplaced.has(output) && !this.#settled.has(output)) return false;
    this.#stoodFor.add(output);
    return true;
  }
}
