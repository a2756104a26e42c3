import { LivePoolSize } from '../../pool/live-pool-size.ts';
import type { Lease } from './lease.ts';

/**
 * The pool size of a bucket: as good as paused while the lease is not held, and without the places that the last items of
 * buckets before it still have.
 */
export class LeasedPoolSize extends LivePoolSize {
  readonly #lease: Lease;
  readonly #before: ReadonlySet<LeasedPoolSize>;
  /** How many places the items have that are not yet done, once they are so few that not all places are needed. */
  #last: number | undefined;

  /** @param before the buckets that began before this one and have not ended. */
  constructor(
    { size, ceiling, automatic }: LivePoolSize,
    lease: Lease,
    before: ReadonlySet<LeasedPoolSize> = new Set(),
  ) {
    super(size, ceiling);
    this.#lease = lease;
    this.#before = before;
    if (automatic) this.automate();
    // Whoever waits for a place looks again.
    lease.onChange(() => this.lookAgain());
  }

  override get paused(): boolean {
    return super.paused || !this.#lease.isHeld;
  }

  override get limit(): number {
    if (!this.#lease.isHeld || super.limit === 0) return 0;
    let taken = 0;
    for (const { needed } of this.#before) taken += needed;
    return Math.max(1, super.limit - taken);
  }

  /** How many places this bucket needs. */
  get needed(): number {
    return Math.min(this.size, this.#last ?? this.size);
  }

  /** @param left how many items are not yet done. */
  isLeft(left: number): void {
    this.#last = Math.max(0, left);
  }

  lookAgain(): void {
    if (this.#lease.isHeld) this.resume();
    else this.pause();
  }
}
