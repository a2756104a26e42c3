/** How many numbers a chunk has: the next item to begin, and how many have ended. */
const numbersOfChunk = 2;
const bytesOfChunk = numbersOfChunk * Int32Array.BYTES_PER_ELEMENT + Float64Array.BYTES_PER_ELEMENT;
/** No chunk has so many items: where the next one is beyond it, nothing begins any more. */
const beyond = 1 << 30;

/**
 * Which items of the chunks at a worker have begun, in memory that both threads see. The worker claims each item before
 * it begins it; whoever sent the chunk can take back at any moment whatever is not claimed. So an item is begun by one
 * of them or taken back, never both; and when a worker dies it is known in which item.
 */
export class Claims {
  readonly #numbers: Int32Array;
  readonly #begun: Float64Array;
  readonly buffer: SharedArrayBuffer;

  constructor(buffer: SharedArrayBuffer) {
    const chunks = buffer.byteLength / bytesOfChunk;
    this.buffer = buffer;
    this.#begun = new Float64Array(buffer, 0, chunks);
    this.#numbers = new Int32Array(buffer, chunks * Float64Array.BYTES_PER_ELEMENT);
  }

  static ofChunks(count: number): Claims {
    return new Claims(new SharedArrayBuffer(count * bytesOfChunk));
  }

  /** Makes a place ready for a new chunk, before that is sent. */
  open(chunk: number): void {
    this.#begun[chunk] = 0;
    Atomics.store(this.#numbers, chunk * numbersOfChunk + 1, 0);
    Atomics.store(this.#numbers, chunk * numbersOfChunk, 0);
  }

  /** Claims the next item for the worker. @returns its place in the chunk; at or beyond its end there is none. */
  claim(chunk: number): number {
    return Atomics.add(this.#numbers, chunk * numbersOfChunk, 1);
  }

  /** Takes back what has not begun. @returns how many items have, at most `count`; call it once for a chunk. */
  takeBack(chunk: number, count: number): number {
    return Math.min(Atomics.exchange(this.#numbers, chunk * numbersOfChunk, beyond), count);
  }

  /** Whether there is anything to take back. */
  isWaiting(chunk: number, count: number): boolean {
    return Atomics.load(this.#numbers, chunk * numbersOfChunk) < count;
  }

  /** The worker notes when the item that it has claimed began, for somebody who watches how long it takes. */
  begin(chunk: number): void {
    this.#begun[chunk] = monotonicMs();
  }

  /** The worker has done one more item. */
  end(chunk: number): void {
    this.#begun[chunk] = 0;
    Atomics.add(this.#numbers, chunk * numbersOfChunk + 1, 1);
  }

  ended(chunk: number): number {
    return Atomics.load(this.#numbers, chunk * numbersOfChunk + 1);
  }

  /** How long the item in progress has taken, in milliseconds; undefined if there is none. */
  msInProgress(chunk: number): number | undefined {
    const begun = this.#begun[chunk];
    return begun ? monotonicMs() - begun : undefined;
  }
}

/** The same clock in all threads: `performance.now()` counts from the start of its own. */
function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
}
