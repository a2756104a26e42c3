import { LivePoolSize } from '../../pool/live-pool-size.ts';
import type { Lease } from './lease.ts';

/** A pool size that is as good as paused while the lease is not held. */
export class LeasedPoolSize extends LivePoolSize {
  readonly #lease: Lease;

  constructor({ size, ceiling, automatic }: LivePoolSize, lease: Lease) {
    super(size, ceiling);
    this.#lease = lease;
    if (automatic) this.automate();
    // Whoever waits for a place looks again.
    lease.onChange(() => (lease.isHeld ? this.resume() : this.pause()));
  }

  override get paused(): boolean {
    return super.paused || !this.#lease.isHeld;
  }

  override get limit(): number {
    return this.#lease.isHeld ? super.limit : 0;
  }
}
