/**
 * Holds whoever comes until it is told to let them through: a spec then decides how far things are when it looks,
 * and no machine is too fast or too slow for it. Open until it is shut.
 */
export class Gate {
  #passes = Number.POSITIVE_INFINITY;
  readonly #waiting = new Set<() => void>();

  /** Those that stand before it now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** From now on everybody waits. */
  shut(): void {
    this.#passes = 0;
  }

  /** Lets so many through, of those that wait and those that are yet to come. */
  letThrough(count: number): void {
    this.#passes += count;
    for (const go of this.#waiting) {
      if (this.#passes < 1) return;
      this.#passes -= 1;
      this.#waiting.delete(go);
      go();
    }
  }

  /** Lets all through, now and later. */
  open(): void {
    this.letThrough(Number.POSITIVE_INFINITY);
  }

  /** Resolves when it is let through. Who goes away while it waits takes nobody's pass. */
  pass(gone: AbortSignal): Promise<void> {
    if (this.#passes >= 1) {
      this.#passes -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      gone.addEventListener('abort', () => this.#waiting.delete(resolve), { once: true });
    });
  }
}
