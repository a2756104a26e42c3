import { AttemptError } from '../../protocol/fetch-errors.ts';
import type { BodyTarget } from './download.ts';

/** Puts a body where its head says that it belongs: leaves out what is there already, and takes no more than was said. */
export class SpanTarget implements BodyTarget {
  /** Whether more came than the head said: then nothing says which of the bytes are the right ones. */
  overflowed = false;
  readonly #target: BodyTarget & { readonly bytes: number };
  readonly #url: string;
  #skip: number;
  readonly #to: number;

  constructor(target: BodyTarget & { readonly bytes: number }, url: string, skip: number, to: number) {
    this.#target = target;
    this.#url = url;
    this.#skip = skip;
    this.#to = to;
  }

  write(chunk: Buffer): void {
    const skipped = Math.min(this.#skip, chunk.length);
    this.#skip -= skipped;
    if (skipped === chunk.length) return;
    if (this.#target.bytes + chunk.length - skipped > this.#to) {
      this.overflowed = true;
      const message = `${this.#url}: more bytes came than its head says; none of them is kept.`;
      throw new AttemptError('BAD_RESPONSE', message, { retryable: true });
    }
    this.#target.write(skipped === 0 ? chunk : chunk.subarray(skipped));
  }
}
