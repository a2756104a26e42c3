/**
 * The limit for a run's bodies in memory, in bytes, and the bytes in use: two counters of 4 bytes shared by all threads.
 */
export interface MemorySettings {
  readonly mostBytes: number;
  readonly taken: SharedArrayBuffer;
}

/** The limit for all bodies of a run that are in memory, in bytes. */
const mostBytes = 128 * 1024 * 1024;

/** The memory budget that a run's threads share, without knowing of each other. */
export class MemoryBudget {
  readonly #mostBytes: number;
  /** The bytes in use, and how often there was no room. */
  readonly #taken: Int32Array;

  constructor({ mostBytes, taken }: MemorySettings) {
    this.#mostBytes = mostBytes;
    this.#taken = new Int32Array(taken);
  }

  /** @param part of the memory: less than 1 where several runs are on at once. */
  static open(part = 1): MemorySettings {
    return {
      mostBytes: Math.floor(mostBytes * part),
      taken: new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT),
    };
  }

  get taken(): number {
    return Atomics.load(this.#taken, 0);
  }

  /** How often there was no room. */
  get refusals(): number {
    return Atomics.load(this.#taken, 1);
  }

  /** Takes that many bytes if they are available. @returns whether they were. */
  take(bytes: number): boolean {
    if (Atomics.add(this.#taken, 0, bytes) + bytes <= this.#mostBytes) return true;
    this.give(bytes);
    Atomics.add(this.#taken, 1, 1);
    return false;
  }

  give(bytes: number): void {
    Atomics.sub(this.#taken, 0, bytes);
  }
}
