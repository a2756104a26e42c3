/** What the bodies of a run may hold in memory together, in bytes, and what they hold: 4 bytes shared by all threads. */
export interface MemorySettings {
  readonly mostBytes: number;
  readonly taken: SharedArrayBuffer;
}

/** Of all bodies of a run that are not files, in bytes. */
const mostBytes = 128 * 1024 * 1024;

/** The memory that a run's threads share: none of them needs to know of another. */
export class MemoryBudget {
  readonly #mostBytes: number;
  readonly #taken: Int32Array;

  constructor({ mostBytes, taken }: MemorySettings) {
    this.#mostBytes = mostBytes;
    this.#taken = new Int32Array(taken);
  }

  static open(): MemorySettings {
    return { mostBytes, taken: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) };
  }

  get taken(): number {
    return Atomics.load(this.#taken, 0);
  }

  /** @returns whether there is as much; only then it is taken. */
  take(bytes: number): boolean {
    if (Atomics.add(this.#taken, 0, bytes) + bytes <= this.#mostBytes) return true;
    this.give(bytes);
    return false;
  }

  give(bytes: number): void {
    Atomics.sub(this.#taken, 0, bytes);
  }
}
