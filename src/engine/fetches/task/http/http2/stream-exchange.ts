import type { ClientHttp2Stream, IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2';
import { type ExchangeRequest, enough, type Receiver } from '../../../protocol/exchange.ts';
import { AttemptError, timedOut, toAttemptError } from '../../../protocol/fetch-errors.ts';
import { lost } from '../http1/response-parser.ts';

/** Codes of RFC 9113 (7). */
const noError = 0;
const refusedStream = 7;
const cancel = 8;

/** Thrown for a request that the server has not begun to answer and that may be made again. */
export class Unanswered extends Error {
  /** Whether the server, or nobody, has told that it did nothing about it (RFC 9113, 8.7). */
  readonly isUntouched: boolean;

  constructor(isUntouched: boolean, cause: unknown) {
    super('The connection ended before the request was answered.', { cause });
    this.isUntouched = isUntouched;
  }
}

/** What a stream's end has to be judged by. */
interface SessionState {
  /** Whether its connection is lost that was used before: a server may close such a one at any time. */
  isStale(): boolean;
  /** What the connection failed from. */
  failure(): Error | undefined;
}

/** One request and its answer. @throws Unanswered, AttemptError, and whatever the receiver throws. */
export function exchangeBy(
  stream: ClientHttp2Stream,
  { url, timeoutMs, signal }: ExchangeRequest,
  receiver: Receiver,
  session: SessionState,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { href } = url;
  let headSeen = false;
  let isWhole: boolean | undefined;
  let settled = false;
  let failure: unknown;
  let pause: NodeJS.Timeout | undefined;
  let bound: NodeJS.Timeout | undefined;
  // Node tells of a head with the next tick, but of what comes with it in one piece at once.
  const early: Buffer[] = [];
  const timer = setTimeout(() => {
    if (!pause) give(timedOut(headSeen ? 'body' : 'headers', href));
  }, timeoutMs);
  const onAbort = () => give(new AttemptError('FETCH_FAILED', `${href}: cancelled.`));
  signal.addEventListener('abort', onAbort, { once: true });

  const settle = (): boolean => {
    if (settled) return false;
    settled = true;
    clearTimeout(timer);
    clearTimeout(pause);
    clearTimeout(bound);
    signal.removeEventListener('abort', onAbort);
    return true;
  };
  /** Ends the stream, but not the connection. */
  const give = (reason: unknown): void => {
    if (!settle()) return;
    stream.close(cancel);
    if (reason === enough) resolve();
    else reject(toAttemptError(reason, href, headSeen));
  };
  const guarded = (step: () => void): void => {
    try {
      if (!settled) step();
    } catch (error) {
      give(error);
    }
  };

  const take = (chunk: Buffer): void => {
    timer.refresh();
    guarded(() => {
      const wait = receiver.data(chunk);
      if (wait <= 0) return;
      stream.pause();
      clearTimeout(pause);
      pause = setTimeout(() => {
        pause = undefined;
        timer.refresh();
        stream.resume();
      }, wait);
    });
  };
  stream.on('response', (headers: IncomingHttpHeaders & IncomingHttpStatusHeader) => {
    headSeen = true;
    timer.refresh();
    guarded(() => {
      const { ':status': status = 0, ...named } = headers;
      const within = receiver.head({ status, headers: named });
      if (within !== undefined) bound = setTimeout(() => give(enough), within);
    });
    for (const chunk of early.splice(0)) take(chunk);
  });
  stream.on('data', (chunk: Buffer) => {
    if (headSeen) take(chunk);
    else early.push(chunk);
  });
  // Node emits `end` for a stream that the server takes back without an error, too. It tells of both ends by pushing
  // `null`: after it has marked such a stream as closed, but before it marks one that has ended. When `end` comes, both
  // may be closed.
  const push = stream.push.bind(stream);
  stream.push = (chunk, encoding) => {
    if (chunk === null) isWhole ??= !stream.closed;
    return push(chunk, encoding);
  };
  stream.on('error', (error) => {
    failure = error;
  });
  stream.on('close', () => {
    if (!settle()) return;
    const { rstCode } = stream;
    if (isWhole && stream.readableEnded && headSeen && rstCode === noError) {
      resolve();
      return;
    }
    const reason = failure ?? session.failure() ?? takenBack();
    if (headSeen) reject(toAttemptError(reason, href, true));
    else if (rstCode === refusedStream) reject(new Unanswered(true, lost(href, reason)));
    else if (session.isStale()) reject(new Unanswered(false, lost(href, reason)));
    else reject(toAttemptError(reason, href, false));
  });
  return promise;
}

/** Node has no error of its own for a stream or a connection that ends too early without an error code. */
function takenBack(): Error {
  return Object.assign(new Error('The stream ended early.'), { code: 'ECONNRESET' });
}
