import { type Digest, digestOf, type Expected } from './digests.ts';
import { AttemptError } from './why-it-failed.ts';

/** The largest body that is held in memory where nothing may be written, in bytes. */
const mostInMemory = 256 * 1024 * 1024;

/** Gathers a body that is handed on and never written. */
export class MemorySink {
  readonly #url: string;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** The chunk is copied. */
  write(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > mostInMemory) {
      throw new AttemptError(
        'TOO_LARGE',
        `${this.#url} is larger than fits in memory (${mostInMemory} bytes).`,
      );
    }
    this.#chunks.push(Buffer.from(chunk));
  }

  finish(
    expected: Expected,
    accept: (digest: Digest) => void,
  ): { body: Uint8Array<ArrayBuffer>; digest: Digest } {
    // A buffer of its own, so that it can be moved to another thread instead of copied.
    const body = new Uint8Array(this.#bytes);
    let offset = 0;
    for (const chunk of this.#chunks) {
      body.set(chunk, offset);
      offset += chunk.length;
    }
    this.#chunks = [];
    const digest = digestOf([body], expected);
    accept(digest);
    return { body, digest };
  }
}
