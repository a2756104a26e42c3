import { SeenSet } from '../../files/seen-set.ts';

/**
 * Files that an earlier run made, in a run that stores the same bytes once. One that a duplicate was left out for must
 * stay as it is, and one that is about to be replaced must not have a duplicate left out for it.
 */
export class ReplacementGuard {
  readonly #toBeReplaced = new SeenSet();
  readonly #settled = new SeenSet();
  readonly #stoodFor = new SeenSet();

  /** Whether an item may replace the file with a newer version. If so, it is taken to do so. */
  mayReplace(output: string): boolean {
    if (this.#stoodFor.has(output)) return false;
    this.#toBeReplaced.add(output);
    return true;
  }

  /** The item is done with the file, which now stays as it is. */
  settle(output: string): void {
    this.#settled.add(output);
  }

  /** Whether another was left out for the file. */
  standsForAnother(output: string): boolean {
    return this.#stoodFor.has(output);
  }

  /** Whether the file stays as it is to the end of the run, from now on for certain. */
  keepAsItIs(output: string): boolean {
    if (this.#toBeReplaced.has(output) && !this.#settled.has(output)) return false;
    this.#stoodFor.add(output);
    return true;
  }
}
