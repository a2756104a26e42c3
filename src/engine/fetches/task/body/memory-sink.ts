import { firstBytesOf } from '../../../files/open-input.ts';
import { type Digest, digestOf, type Expected } from '../../parts/digests.ts';
import type { MemoryBudget } from '../../protocol/memory-budget.ts';
import { SpilledBody } from './spilled-body.ts';

/** A larger body, in bytes, goes to a file: it would take the memory of a hundred small ones. */
const maxBytesOfOne = 16 * 1024 * 1024;

/** A complete body: in memory, or in a file that the taker must remove. */
export type GatheredBody = { readonly body: Uint8Array<ArrayBuffer> } | { readonly file: string };

/** Gathers a body that is handed on and not kept: in memory, if there is room for it. */
export class MemorySink {
  bytes = 0;
  readonly #budget: MemoryBudget;
  readonly #folder: string;
  readonly #expected: Expected;
  #chunks: Buffer[] = [];
  /** The number of bytes taken from the budget. */
  #held = 0;
  #spilled: SpilledBody | undefined;

  /** @param folder where the body goes if there is no room in memory. */
  constructor(budget: MemoryBudget, folder: string, expected: Expected) {
    this.#budget = budget;
    this.#folder = folder;
    this.#expected = expected;
  }

  /** Adds a chunk, which is copied. */
  write(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (!this.#spilled && (this.bytes > maxBytesOfOne || !this.#take(chunk.length))) this.#spill();
    if (this.#spilled) this.#spilled.write(chunk);
    else this.#chunks.push(Buffer.from(chunk));
  }

  /** The beginning of the body: at most so many bytes. */
  firstBytes(most: number): Uint8Array {
    if (this.#spilled) return firstBytesOf(this.#spilled.path, most);
    let bytes = 0;
    const first = this.#chunks.filter((chunk) => {
      bytes += chunk.length;
      return bytes - chunk.length < most;
    });
    return Buffer.concat(first).subarray(0, most);
  }

  /**
   * Returns the complete body. It still holds as many bytes of the budget as its size; the taker gives them back.
   * @param accept may reject it by its digests, by throwing.
   */
  finish(accept: (digest: Digest) => void): { gathered: GatheredBody; digest: Digest } {
    // For a moment the body is in memory twice.
    const chunks = this.#held;
    if (!this.#spilled && !this.#take(this.bytes)) this.#spill();
    if (this.#spilled) {
      const digest = this.#spilled.finish();
      accept(digest);
      return { gathered: { file: this.#spilled.path }, digest };
    }
    // In a buffer of its own, so that it can be transferred to another thread instead of copied.
    const body = new Uint8Array(this.bytes);
    let offset = 0;
    for (const chunk of this.#chunks) {
      body.set(chunk, offset);
      offset += chunk.length;
    }
    this.#chunks = [];
    this.#give(chunks);
    const digest = digestOf([body], this.#expected);
    accept(digest);
    return { gathered: { body }, digest };
  }

  /** Frees the body if nobody takes it. */
  discard(): void {
    this.#chunks = [];
    this.#give(this.#held);
    this.#spilled?.remove();
  }

  #spill(): void {
    const spilled = new SpilledBody(this.#folder, this.#expected);
    this.#spilled = spilled;
    for (const chunk of this.#chunks) spilled.write(chunk);
    this.#chunks = [];
    this.#give(this.#held);
  }

  #take(bytes: number): boolean {
    if (!this.#budget.take(bytes)) return false;
    this.#held += bytes;
    return true;
  }

  #give(bytes: number): void {
    this.#held -= bytes;
    this.#budget.give(bytes);
  }
}
