import type { Head, Receiver } from '../../protocol/exchange.ts';
import { AttemptError } from '../../protocol/fetch-errors.ts';
import type { WorkerSettings } from '../../protocol/protocol.ts';
import type { Coding } from '../http/content-codings.ts';
import { Decoding } from '../http/decoding.ts';

/** Where the decoded bytes of an answer go. */
export interface BodyTarget {
  write(chunk: Buffer): void;
}

/** What is to be done with a body on its way. */
export interface BodyForm {
  /** The codings to undo, in the order in which they were applied. */
  readonly codings: readonly Coding[];
  /** Gets the bytes as they come, too. @returns how long to pause sending, in milliseconds. */
  readonly besides?: { write(chunk: Buffer): number } | undefined;
}

/**
 * Without a size limit, a body that decompresses to more than this many times its size counts as a decompression bomb,
 * once it is large enough. Texts and pictures of real sites decompress to ten times their size, rarely to fifty.
 */
const maxUnpackedRatio = 100;
const freelyUnpackedBytes = 16 * 1024 * 1024;

/** Checks one body on its way to its target: its size, its encoding, and at the end its length. */
export class Download implements Pick<Receiver, 'data'> {
  /** The number of bytes received over the network. */
  received = 0;
  readonly #url: string;
  readonly #settings: WorkerSettings;
  readonly #target: BodyTarget;
  readonly #announced: number | undefined;
  readonly #decoding: Decoding | undefined;
  readonly #besides: BodyForm['besides'];
  #written: number;

  /**
   * @param before the number of bytes that the target already has. @throws AttemptError if the body is unacceptable.
   */
  constructor(
    url: string,
    head: Head,
    settings: WorkerSettings,
    target: BodyTarget,
    before: number,
    { codings, besides }: BodyForm,
  ) {
    this.#url = url;
    this.#settings = settings;
    this.#target = target;
    this.#written = before;
    this.#announced = lengthOf(head);
    const { maxBytes } = settings;
    if (maxBytes !== undefined && before + (this.#announced ?? 0) > maxBytes) {
      throw this.#tooLarge(`is ${before + (this.#announced ?? 0)} bytes`);
    }
    this.#besides = besides;
    if (codings.length > 0) this.#decoding = new Decoding(codings, url, (chunk) => this.#write(chunk));
  }

  data(chunk: Buffer): number {
    this.received += chunk.length;
    const wait = this.#decoding ? this.#decoding.write(chunk) : this.#write(chunk);
    return this.#besides ? Math.max(wait, this.#besides.write(chunk)) : wait;
  }

  /** Call at the end of the answer. @throws AttemptError if it ended too early. */
  async end(): Promise<void> {
    if (this.#announced !== undefined && this.received < this.#announced) {
      throw new AttemptError(
        'TRUNCATED',
        `${this.#url}: ${this.received} bytes came of ${this.#announced} announced.`,
        { retryable: true },
      );
    }
    await this.#decoding?.end();
  }

  /** Call if no more will come. */
  abandon(): void {
    this.#decoding?.destroy();
  }

  #write(chunk: Buffer): 0 {
    this.#written += chunk.length;
    const { maxBytes } = this.#settings;
    if (maxBytes !== undefined && this.#written > maxBytes) throw this.#tooLarge('is larger');
    if (maxBytes === undefined && this.#decoding) this.#checkUnpacked();
    this.#target.write(chunk);
    return 0;
  }

  #checkUnpacked(): void {
    if (this.#written <= freelyUnpackedBytes || this.#written <= this.received * maxUnpackedRatio) return;
    throw new AttemptError(
      'TOO_LARGE',
      `${this.#url} unpacks to more than ${maxUnpackedRatio} times what came (${this.received} bytes), and no size was allowed for.`,
    );
  }

  #tooLarge(how: string): AttemptError {
    return new AttemptError('TOO_LARGE', `${this.#url} ${how}; the limit is ${this.#settings.maxBytes}.`);
  }
}

/** The length of the body that an answer announces, in bytes. */
export function lengthOf({ headers }: Head): number | undefined {
  // Chunks say themselves where they end (RFC 9112, 6.3).
  if (headers['transfer-encoding'] !== undefined) return undefined;
  const value = headers['content-length'];
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}
