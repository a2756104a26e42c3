import type { PoolSummary } from '../../../shared/result.ts';
import type { SizeSearch } from '../../pool/automatic/automatic-size.ts';
import { LivePoolSize } from '../../pool/live-pool-size.ts';
import type { Lease } from './lease.ts';
import type { SizeOfKind } from './slots/size-of-kind.ts';
import type { SlotsOfBucket } from './slots/worker-slots.ts';

/**
 * The pool size of a bucket: the worker's, as good as paused while the lease is not held, and without the slots that other
 * buckets use.
 */
export class LeasedPoolSize extends LivePoolSize {
  readonly #lease: Lease;
  readonly #all: SizeOfKind;
  readonly #slots: SlotsOfBucket;
  readonly #forget: () => void;
  override readonly shared: SizeSearch;

  constructor(all: SizeOfKind, slots: SlotsOfBucket, lease: Lease) {
    super(all.size, all.poolSize.ceiling);
    this.#lease = lease;
    this.#all = all;
    this.#slots = slots;
    // Whoever waits for a slot looks again.
    lease.onChange(() => this.lookAgain());
    this.#forget = all.poolSize.onChange(() => this.lookAgain());
    this.shared = {
      started: () => {
        slots.started();
        return all.search?.started();
      },
      settled: (startedAt, turn) => {
        all.search?.settled(startedAt, turn);
        slots.ended();
      },
      // The run is over, and the bucket may have another one.
      close: () => {},
    };
  }

  override get size(): number {
    return this.#all.size;
  }

  override get automatic(): boolean {
    return this.#all.poolSize.automatic;
  }

  override get paused(): boolean {
    return super.paused || !this.#lease.isHeld;
  }

  override get limit(): number {
    return this.paused ? 0 : this.#slots.limit;
  }

  override summary(): PoolSummary {
    return this.#all.poolSize.summary();
  }

  close(): void {
    this.#forget();
    this.#slots.close();
  }
}
