/** Waits until there may be something to do. What comes up while something is done counts for the next time. */
export class Wake {
  readonly #signal: AbortSignal;
  #isWanted = false;
  #wake: (() => void) | undefined;

  /** @param signal ends the waiting. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.up());
  }

  up(): void {
    this.#isWanted = true;
    this.#wake?.();
  }

  async next(): Promise<void> {
    if (!this.#isWanted && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#isWanted = false;
    this.#wake = undefined;
  }
}
