import type { ItemResult, Summary } from '../../shared/result.ts';

/** Ends a run once so many of its items have failed. */
export class Halt {
  readonly #most: number;
  readonly #ending = new AbortController();
  #failed = 0;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  look({ status }: Pick<ItemResult, 'status'>): void {
    if (status !== 'failed') return;
    this.#failed += 1;
    if (this.#failed >= this.#most) this.#ending.abort();
  }

  told(): Pick<Summary, 'halted'> {
    return this.signal.aborted ? { halted: this.#failed } : {};
  }
}
