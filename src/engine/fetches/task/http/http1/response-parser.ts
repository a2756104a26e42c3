import type { Receiver } from '../../../protocol/exchange.ts';
import { AttemptError } from '../../../protocol/fetch-errors.ts';
import { isHeaderLine, notHttp, type ParsedHead, parseHead, proper } from './response-head.ts';

/** The same limit as undici's. */
const maxHeadBytes = 16 * 1024;
const maxChunkLineBytes = 4 * 1024;
const endOfHead = Buffer.from('\r\n\r\n');
const beginning = 'HTTP/1.';
const carriageReturn = 13;

type State = 'head' | 'length' | 'until-close' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'done';

/**
 * Parses one answer from pieces of any size, and passes its head and body on. Bytes after its end are not read: a
 * server that sends them is not trusted with another request.
 */
export class ResponseParser {
  readonly #url: string;
  readonly #receiver: Receiver;
  #state: State = 'head';
  #head: ParsedHead | undefined;
  /** The incomplete beginning of the head, or of a chunk's line. */
  #begun: Buffer | undefined;
  /** The number of bytes of the body, or of the chunk, that are still to come. */
  #left = 0;
  #surplus = false;
  /** The number of bytes of the body received. */
  body = 0;
  /** The time limit for the whole body, in milliseconds, if its receiver does not want all of it. */
  bodyWithinMs: number | undefined;
  /** Whether nothing has been received. */
  untouched = true;

  constructor(url: string, receiver: Receiver) {
    this.#url = url;
    this.#receiver = receiver;
  }

  /** Whether the answer is complete. */
  get done(): boolean {
    return this.#state === 'done';
  }

  get headSeen(): boolean {
    return this.#head !== undefined;
  }

  /** Whether the connection can be used again after this answer. */
  get reusable(): boolean {
    return this.done && this.#head?.persistent === true && !this.#surplus;
  }

  /**
   * @returns how long to pause reading, in milliseconds.
   * @throws AttemptError, and whatever the receiver throws.
   */
  feed(input: Buffer): number {
    this.untouched = false;
    let wait = 0;
    let chunk: Buffer | undefined = input;
    while (chunk !== undefined && chunk.length > 0) {
      switch (this.#state) {
        case 'head':
          chunk = this.#takeHead(chunk);
          break;
        case 'length':
        case 'chunk': {
          const part: Buffer = chunk.length > this.#left ? chunk.subarray(0, this.#left) : chunk;
          this.#left -= part.length;
          wait = Math.max(wait, this.#deliver(part));
          if (this.#left === 0) this.#state = this.#state === 'length' ? 'done' : 'chunk-end';
          chunk = part === chunk ? undefined : chunk.subarray(part.length);
          break;
        }
        case 'until-close':
          wait = Math.max(wait, this.#deliver(chunk));
          chunk = undefined;
          break;
        case 'chunk-size':
        case 'chunk-end':
        case 'trailer':
          chunk = this.#takeLine(chunk);
          break;
        case 'done':
          this.#surplus = true;
          return wait;
      }
    }
    return wait;
  }

  /** Call when the server has closed the connection. @throws AttemptError if that was too early. */
  end(): void {
    if (this.#state === 'done') return;
    if (this.#state === 'until-close') this.#state = 'done';
    else if (!this.headSeen) throw lost(this.#url);
    else throw cut(this.#url);
  }

  #deliver(part: Buffer): number {
    this.body += part.length;
    return this.#receiver.data(part);
  }

  #takeHead(chunk: Buffer): Buffer | undefined {
    const bytes = this.#begun === undefined ? chunk : Buffer.concat([this.#begun, chunk]);
    const end = bytes.indexOf(endOfHead);
    if (!beginsWell(bytes)) throw notHttp(this.#url, 'it begins otherwise');
    if (end > maxHeadBytes || (end === -1 && bytes.length > maxHeadBytes)) {
      throw new AttemptError('BAD_RESPONSE', `${this.#url}: its headers are larger than 16 KiB.`);
    }
    if (end === -1) {
      const line = bytes.indexOf('\n');
      if (line !== -1 && bytes[line - 1] !== carriageReturn)
        throw notHttp(this.#url, 'its lines end otherwise');
      // Copied, because the reader reuses the chunk's memory.
      this.#begun = Buffer.from(bytes);
      return undefined;
    }
    this.#begun = undefined;
    const head = parseHead(bytes.toString('latin1', 0, end), this.#url);
    if (head.status === 101) throw notHttp(this.#url, 'it changes to another protocol');
    // Other 1xx answers are only interim: the real one follows.
    if (head.status >= 200) this.#begin(head);
    return bytes.subarray(end + endOfHead.length);
  }

  #begin(head: ParsedHead): void {
    this.#head = head;
    const { framing } = head;
    if (framing.kind === 'chunked') this.#state = 'chunk-size';
    else if (framing.kind === 'until-close') this.#state = 'until-close';
    else {
      this.#left = framing.kind === 'length' ? framing.bytes : 0;
      this.#state = this.#left > 0 ? 'length' : 'done';
    }
    this.bodyWithinMs = this.#receiver.head(head);
  }

  /** Takes one of the lines between chunks, once it is complete. */
  #takeLine(chunk: Buffer): Buffer | undefined {
    const bytes = this.#begun === undefined ? chunk : Buffer.concat([this.#begun, chunk]);
    const end = bytes.indexOf('\r\n');
    if (end > maxChunkLineBytes || (end === -1 && bytes.length > maxChunkLineBytes)) {
      throw notHttp(this.#url, 'its chunks have no end');
    }
    if (end === -1) {
      this.#begun = Buffer.from(bytes);
      return undefined;
    }
    this.#begun = undefined;
    this.#onLine(bytes.toString('latin1', 0, end));
    return bytes.subarray(end + 2);
  }

  #onLine(line: string): void {
    if (this.#state === 'trailer') {
      if (line === '') this.#state = 'done';
      else if (!isHeaderLine(line)) throw notHttp(this.#url, 'its last chunk is followed by no header');
      return;
    }
    if (this.#state === 'chunk-end') {
      if (line !== '') throw notHttp(this.#url, 'a chunk is longer than it says');
      this.#state = 'chunk-size';
      return;
    }
    const digits = /^([0-9a-f]{1,12})[ \t]*(?:;|$)/i.exec(line)?.[1];
    if (digits === undefined || !proper.test(line))
      throw notHttp(this.#url, 'a chunk does not say how long it is');
    this.#left = Number.parseInt(digits, 16);
    this.#state = this.#left === 0 ? 'trailer' : 'chunk';
  }
}

function beginsWell(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, beginning.length);
  return bytes.toString('latin1', 0, length) === beginning.slice(0, length);
}

/** The error for a connection that ended before any of the answer came. */
export function lost(url: string, cause?: unknown): AttemptError {
  return new AttemptError('CONNECTION_LOST', `${url}: the server closed the connection.`, {
    cause,
    retryable: true,
  });
}

function cut(url: string): AttemptError {
  return new AttemptError('TRUNCATED', `${url}: the connection was cut in the middle of the body.`, {
    retryable: true,
  });
}
