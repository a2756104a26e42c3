/** What is to be done at the end, the last first: Node's own `AsyncDisposableStack`, which Node 22 does not have. */
export class CleanUps implements AsyncDisposable {
  readonly #steps: (() => unknown)[] = [];

  defer(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** Does each, also after one has failed. @throws what the first to fail threw. */
  async [Symbol.asyncDispose](): Promise<void> {
    const faults: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw faults[0];
  }
}
