import { InOrder } from './in-order.ts';

/**
 * Holds results between the pool and a reader that may be slower, returns them in the order asked for, and bounds the
 * number of items in flight or waiting here.
 */
export class Outbox<Result extends { readonly index: number }> {
  readonly #order: 'input' | 'finished';
  readonly #capacity: number;
  /** Empty when the order is `finished`. */
  readonly #inOrder = new InOrder<Result>();
  #ready: Result[] = [];
  /** The number of results put and not yet read. */
  #held = 0;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #wakeReader: () => void = () => {};
  #wakePool: () => void = () => {};

  constructor(order: 'input' | 'finished', capacity: number) {
    this.#order = order;
    this.#capacity = capacity;
  }

  /** Whether there will be room for the result of one more item, in addition to the `running` ones. */
  readonly hasRoom = (running: number): boolean => this.#held + running < this.#capacity;

  /** Registers a callback for when there is room again. */
  readonly onRoom = (wake: () => void): void => {
    this.#wakePool = wake;
  };

  readonly put = (result: Result): void => {
    this.#held += 1;
    if (this.#order === 'finished') {
      this.#ready.push(result);
    } else {
      this.#ready.push(...this.#inOrder.add(result));
    }
    if (this.#ready.length > 0) this.#wakeReader();
  };

  readonly end = (): void => {
    this.#ended = true;
    this.#ready.push(...this.#inOrder.rest());
    this.#wakeReader();
  };

  readonly fail = (error: unknown): void => {
    this.#failure = { error };
    this.end();
  };

  /** Yields the results until the run has ended; then throws the run's error, if any. */
  async *read(): AsyncGenerator<Result, void, undefined> {
    for (;;) {
      const batch = this.#ready;
      this.#ready = [];
      for (const result of batch) {
        this.#held -= 1;
        yield result;
      }
      if (batch.length > 0) this.#wakePool();
      if (this.#ready.length > 0) continue;
      if (this.#ended) break;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
    if (this.#failure) throw this.#failure.error;
  }
}
