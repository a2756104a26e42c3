/**
 * A limit on bytes per second over all worker threads. It is a token bucket stored as one shared number: the time at
 * which all bytes taken so far will have been paid for (the generic cell rate algorithm). Taking bytes moves that time
 * on, and the taker waits until then. Threads need not know of each other.
 */
export class Bandwidth {
  readonly #nanosPerByte: number;
  readonly #paidUntil: BigInt64Array;
  readonly #now: () => bigint;

  /**
   * @param clock 8 bytes shared by all threads. @param now a monotonic clock in nanoseconds, the same in all threads.
   */
  constructor(bytesPerSecond: number, clock: SharedArrayBuffer, now: () => bigint = process.hrtime.bigint) {
    this.#nanosPerByte = 1e9 / bytesPerSecond;
    this.#paidUntil = new BigInt64Array(clock);
    this.#now = now;
  }

  static clock(): SharedArrayBuffer {
    return new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  }

  /** Whether more has arrived than may have by now. */
  get isOwed(): boolean {
    return Atomics.load(this.#paidUntil, 0) > this.#now();
  }

  /** Counts bytes that have arrived. @returns how long to pause reading, in milliseconds. */
  take(bytes: number): number {
    const cost = BigInt(Math.round(bytes * this.#nanosPerByte));
    const now = this.#now();
    for (;;) {
      const paidUntil = Atomics.load(this.#paidUntil, 0);
      // Idle time gives no credit: otherwise a burst could exceed the limit.
      const idle = paidUntil < now;
      const next = (idle ? now : paidUntil) + cost;
      if (Atomics.compareExchange(this.#paidUntil, 0, paidUntil, next) === paidUntil) {
        return Number(next - now) / 1e6;
      }
    }
  }
}
