import type { Receiver } from '../../../protocol/exchange.ts';
import { AttemptError } from '../../../protocol/fetch-errors.ts';
import { isHeaderLine, notHttp, type ParsedHead, parseHead, proper } from './response-head.ts';

/** As undici's limit. */
const maxHeadBytes = 16 * 1024;
const maxChunkLineBytes = 4 * 1024;
const endOfHead = Buffer.from('\r\n\r\n');
const beginning = 'HTTP/1.';
const carriageReturn = 13;

type State = 'head' | 'length' | 'until-close' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'done';

/**
 * Takes the bytes of one answer as they come, in pieces of any size, and hands its head and its body on. Bytes
 * after its end are left alone: who sends them is not to be trusted with another request.
 */
export class ResponseParser {
  readonly #url: string;
  readonly #receiver: Receiver;
  #state: State = 'head';
  #head: ParsedHead | undefined;
  /** What has come of the head, or of a chunk's line, where its end is still missing. */
  #begun: Buffer | undefined;
  /** Bytes of the body, or of the chunk, that are still to come. */
  #left = 0;
  #surplus = false;
  /** Bytes of the body that have come. */
  body = 0;
  /** How long the body may take as a whole, in milliseconds, where its receiver does not want all of it. */
  bodyWithinMs: number | undefined;
  /** Whether nothing has come at all. */
  untouched = true;

  constructor(url: string, receiver: Receiver) {
    this.#url = url;
    this.#receiver = receiver;
  }

  /** Whether the answer has come whole. */
  get done(): boolean {
    return this.#state === 'done';
  }

  get headSeen(): boolean {
    return this.#head !== undefined;
  }

  /** Whether the connection can serve another request after this answer. */
  get reusable(): boolean {
    return this.done && this.#head?.persistent === true && !this.#surplus;
  }

  /**
   * @returns how long to read nothing more, in milliseconds.
   * @throws AttemptError, and what the receiver throws.
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

  /** The server has closed the connection. @throws AttemptError where that was too early. */
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
      // The chunk's memory is the reader's, which uses it again.
      this.#begun = Buffer.from(bytes);
      return undefined;
    }
    this.#begun = undefined;
    const head = parseHead(bytes.toString('latin1', 0, end), this.#url);
    if (head.status === 101) throw notHttp(this.#url, 'it changes to another protocol');
    // Other 1xx answers only announce the real one.
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

  /** Takes a line of those that stand between chunks, once it is whole. */
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

/** Nothing of an answer has come. */
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
