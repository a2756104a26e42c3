import { AutomaticSize } from '../../../pool/automatic/automatic-size.ts';
import type { LivePoolSize } from '../../../pool/live-pool-size.ts';

/**
 * A worker's pool size for one kind of task. Where it is automatic it is found by all buckets together: one alone may have
 * hosts for a few slots only, and would tell nothing about more.
 */
export class SizeOfKind {
  readonly poolSize: LivePoolSize;
  /** While a bucket is open; measuring costs a timer. */
  search: AutomaticSize | undefined;
  #open = 0;

  constructor(poolSize: LivePoolSize) {
    this.poolSize = poolSize;
  }

  get size(): number {
    return this.poolSize.size;
  }

  /** Call when a bucket begins. What is found remains when the last one has ended. */
  open(): Disposable {
    this.#open += 1;
    this.search ??= new AutomaticSize({ poolSize: this.poolSize });
    return {
      [Symbol.dispose]: () => {
        this.#open -= 1;
        if (this.#open > 0) return;
        this.search?.close();
        this.search = undefined;
      },
    };
  }
}
