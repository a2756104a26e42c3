/** The places in what the threads share. */
const paidUntil = 0;
const rate = 1;
/** The rate where there is no limit. */
const unlimited = 0n;

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
   * @param shared what `Bandwidth.shared` made, the same for all threads.
   * @param now a monotonic clock in nanoseconds, the same in all threads.
   */
  constructor(shared: SharedArrayBuffer, now: () => bigint = process.hrtime.bigint) {
    this.#shared = new BigInt64Array(shared);
    this.#now = now;
  }

  /** What the threads share. @param bytesPerSecond undefined: no limit for now. */
  static shared(bytesPerSecond: number | undefined): SharedArrayBuffer {
    const shared = new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT);
    new Bandwidth(shared).allow(bytesPerSecond);
    return shared;
  }

  /** Undefined where there is no limit. */
  get bytesPerSecond(): number | undefined {
    const bytes = Atomics.load(this.#shared, rate);
    return bytes === unlimited ? undefined : Number(bytes);
  }

  /** Sets another limit, or none, for all threads. What has arrived under the one before is paid for. */
  allow(bytesPerSecond: number | undefined): void {
    const bytes = bytesPerSecond === undefined ? unlimited : BigInt(Math.ceil(bytesPerSecond));
    Atomics.store(this.#shared, rate, bytes);
    Atomics.store(this.#shared, paidUntil, this.#now());
  }

  /** Whether more has arrived than may have by now. */
  get isOwed(): boolean {
    return Atomics.load(this.#shared, paidUntil) > this.#now();
  }

  /** Counts bytes that have arrived. @returns how long to pause reading, in milliseconds. */
  take(bytes: number): number {
    const { bytesPerSecond } = this;
    if (bytesPerSecond === undefined) return 0;
    const cost = BigInt(Math.round((bytes * 1e9) / bytesPerSecond));
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
