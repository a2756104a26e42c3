/**
 * A limit on bytes a second that holds over all worker threads: a token bucket as one shared number, the time
 * at which all bytes taken so far will have been paid for (the generic cell rate algorithm). Taking bytes moves
 * it on; who took them waits until then. No thread needs to know of another.
 */
export class Bandwidth {
  readonly #nanosPerByte: number;
  readonly #paidUntil: BigInt64Array;
  readonly #now: () => bigint;

  /** @param clock 8 bytes shared by all who share the limit. @param now monotonic, in nanoseconds, the same in all threads. */
  constructor(bytesPerSecond: number, clock: SharedArrayBuffer, now: () => bigint = process.hrtime.bigint) {
    this.#nanosPerByte = 1e9 / bytesPerSecond;
    this.#paidUntil = new BigInt64Array(clock);
    this.#now = now;
  }

  static clock(): SharedArrayBuffer {
    return new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  }

  /** Takes bytes that have come. @returns how long to read nothing more, in milliseconds. */
  take(bytes: number): number {
    const cost = BigInt(Math.round(bytes * this.#nanosPerByte));
    const now = this.#now();
    for (;;) {
      const paidUntil = Atomics.load(this.#paidUntil, 0);
      // Idle time is not saved up: the bucket is empty whenever bytes come as fast as they may.
      const idle = paidUntil < now;
      const next = (idle ? now : paidUntil) + cost;
      if (Atomics.compareExchange(this.#paidUntil, 0, paidUntil, next) === paidUntil) {
        return Number(next - now) / 1e6;
      }
    }
  }
}
