/** The places in what the threads share. */
const paidUntil = 0;
const rate = 1;

/**
 * A limit on bytes per second over all worker threads. It is a token bucket stored as one shared number: the time at
 * which all bytes taken so far will have been paid for (the generic cell rate algorithm). Taking bytes moves that time
 * on, and the taker waits until then. Threads need not know of each other. The limit stands beside it, so that all threads
 * obey another one at once.
 */
export class Bandwidth {
  /** The time in nanoseconds, and the bytes a second. */
  readonly #shared: BigInt64Array;
  readonly #now: () => bigint;

  /**
   * @param clock shared by all threads: the first that uses it sets the limit. @param now a monotonic clock in nanoseconds, the same in all threads.
   */
  constructor(bytesPerSecond: number, clock: SharedArrayBuffer, now: () => bigint = process.hrtime.bigint) {
    this.#shared = new BigInt64Array(clock);
    Atomics.compareExchange(this.#shared, rate, 0n, BigInt(Math.ceil(bytesPerSecond)));
    this.#now = now;
  }

  static clock(): SharedArrayBuffer {
    return new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT);
  }

  get bytesPerSecond(): number {
    return Number(Atomics.load(this.#shared, rate));
  }

  /** Sets another limit, for all threads. What has arrived under the one before is paid for. */
  allow(bytesPerSecond: number): void {
    Atomics.store(this.#shared, rate, BigInt(Math.ceil(bytesPerSecond)));
    Atomics.store(this.#shared, paidUntil, this.#now());
  }

  /** Whether more has arrived than may have by now. */
  get isOwed(): boolean {
    return Atomics.load(this.#shared, paidUntil) > this.#now();
  }

  /** Counts bytes that have arrived. @returns how long to pause reading, in milliseconds. */
  take(bytes: number): number {
    const cost = BigInt(Math.round((bytes * 1e9) / this.bytesPerSecond));
    const now = this.#now();
    for (;;) {
      const before = Atomics.load(this.#shared, paidUntil);
      // Idle time gives no credit: otherwise a burst could exceed the limit.
      const idle = before < now;
      const next = (idle ? now : before) + cost;
      if (Atomics.compareExchange(this.#shared, paidUntil, before, next) === before) {
        return Number(next - now) / 1e6;
      }
    }
  }
}
