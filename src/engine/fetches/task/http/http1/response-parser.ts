import type { Receiver } from '../../../protocol/exchange.ts';
import { AttemptError } from '../../../protocol/fetch-errors.ts';
import { isTrailerLine, notHttp, type ParsedHead, parseHead, proper } from './response-head.ts';
import { Unfinished } from './unfinished.ts';

/** Some sites send policies and cookies of a hundred kilobytes; curl reads up to 300. */
const maxHeadBytes = 256 * 1024;
const maxChunkLineBytes = 4 * 1024;
const beginning = 'HTTP/1.';
const carriageReturn = 13;
const lineFeed = 10;

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
  readonly #begun = new Unfinished();
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
    const before = this.#begun.length;
    const bytes = before === 0 ? chunk : this.#begun.add(chunk);
    // What was there before was searched already, but for an end that is cut.
    const end = endOfHead(bytes, Math.max(0, before - 2));
    if (!beginsWell(bytes)) throw notHttp(this.#url, 'it begins otherwise');
    if ((end?.from ?? bytes.length) > maxHeadBytes) {
      throw new AttemptError('BAD_RESPONSE', `${this.#url}: its headers are larger than 256 KiB.`);
    }
    if (!end) {
      if (before === 0) this.#begun.add(chunk);
      return undefined;
    }
    if (before > 0) this.#begun.clear();
    const head = parseHead(bytes.toString('latin1', 0, end.from), this.#url);
    if (head.status === 101) throw notHttp(this.#url, 'it changes to another protocol');
    // Other 1xx answers are only interim: the real one follows.
    if (head.status >= 200) this.#begin(head);
    return chunk.subarray(end.to - before);
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
    const end = chunk.indexOf(lineFeed);
    const before = this.#begun.length;
    if (before + (end === -1 ? chunk.length : end) > maxChunkLineBytes)
      throw notHttp(this.#url, 'its chunks have no end');
    if (end === -1) {
      this.#begun.add(chunk);
      return undefined;
    }
    const line = before === 0 ? chunk.subarray(0, end) : this.#begun.add(chunk.subarray(0, end));
    const length = line.at(-1) === carriageReturn ? line.length - 1 : line.length;
    if (before > 0) this.#begun.clear();
    this.#onLine(line.toString('latin1', 0, length));
    return chunk.subarray(end + 1);
  }

  #onLine(line: string): void {
    if (this.#state === 'trailer') {
      if (line === '') this.#state = 'done';
      else if (!isTrailerLine(line)) throw notHttp(this.#url, 'its last chunk is followed by no header');
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

/** Where the empty line after the headers is, if it has come: lines may end in a bare LF (RFC 9112, 2.2). */
function endOfHead(bytes: Buffer, from: number): { from: number; to: number } | undefined {
  const usual = bytes.indexOf('\n\r\n', from, 'latin1');
  const bare = bytes.subarray(0, usual === -1 ? bytes.length : usual + 1).indexOf('\n\n', from, 'latin1');
  const at = bare === -1 ? usual : bare;
  if (at === -1) return undefined;
  return { from: bytes[at - 1] === carriageReturn ? at - 1 : at, to: at + (bare === -1 ? 3 : 2) };
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
