import { failureOf } from '../../../shared/failure.ts';
import { enough } from '../protocol/exchange.ts';
import { AttemptError, toAttemptError } from '../protocol/fetch-errors.ts';
import { isImageType } from '../protocol/image-type.ts';
import type { TextAttempt, TextPayload } from '../protocol/protocol.ts';
import { retryOf } from './attempt.ts';
import { Download } from './body/download.ts';
import { type FetchContext, followRedirects } from './follow-redirects.ts';
import { codingsOf } from './http/content-codings.ts';
import { failureOfStatus } from './http/status.ts';
import { pageText } from './page-text.ts';

/** The most bytes that are read of a text; RFC 9309 (2.5) allows a limit for robots.txt. */
const maxTextBytes = 512 * 1024;
/** The number of redirects that RFC 9309 (2.3.1.2) asks for. */
const mostRedirectsOfRobots = 5;

/** Fetches a text into memory. Failures are returned, not thrown. */
export async function fetchText(
  context: FetchContext,
  { text: url, guarded, foreign, page }: TextPayload,
  signal: AbortSignal,
): Promise<TextAttempt> {
  const text = new Beginning(page?.mostBytes ?? maxTextBytes);
  const maxRedirects = page ? context.settings.maxRedirects : mostRedirectsOfRobots;
  // The size limit is for files: a text that is too large is cut, not refused.
  const settings = { ...context.settings, maxBytes: undefined };
  let [status, finalUrl]: [number, string] = [0, url];
  let type: string | undefined;
  let trouble: AttemptError | undefined;
  let download: Download | undefined;
  try {
    const onward = await followRedirects(
      context,
      {
        url,
        signal,
        further: [],
        maxRedirects,
        guarded,
        foreign,
        authorization: page?.authorization,
        byStages: page !== undefined,
        trail: page?.trail,
      },
      {
        arrive: (head, at) => {
          status = head.status;
          finalUrl = at;
          type = head.headers['content-type'];
          const isTrouble = page ? status < 200 || status > 299 : status >= 500;
          if (isTrouble) trouble = failureOfStatus(url, status, head.headers);
          if (status < 200 || status > 299) return undefined;
          // Of an image its address is enough.
          if (page && isImageType(type)) return undefined;
          const whole = new Download(url, head, settings, text, 0, { codings: codingsOf(head) });
          const deadline = new Deadline(url, settings.timeoutMs);
          download = whole;
          return {
            data: (chunk) => {
              const wait = whole.data(chunk);
              if (text.isFull) throw enough;
              deadline.check(wait);
              return wait;
            },
          };
        },
      },
    );
    if (onward) return { kind: 'redirected', trail: onward };
    if (trouble) throw trouble;
    if (!text.isFull) await download?.end();
    const told = page ? await pageText(text.bytes(), type) : text.toString();
    const reached = guarded || context.clients.addresses.reachedPublic(new URL(finalUrl));
    return { kind: 'text', status, text: told, url: finalUrl, type, guarded: reached };
  } catch (error) {
    const reason = toAttemptError(error, url, true);
    const retry = retryOf(reason);
    return { kind: 'failed', error: failureOf(reason, 'FETCH_FAILED'), ...(retry && { retry }) };
  } finally {
    download?.abandon();
  }
}

/** The beginning of a text, as far as it is kept. */
class Beginning {
  readonly #most: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#bytes >= this.#most;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Adds a chunk, which is copied. */
  write(chunk: Buffer): void {
    const kept = chunk.subarray(0, this.#most - this.#bytes);
    this.#bytes += kept.length;
    if (kept.length > 0) this.#chunks.push(Buffer.from(kept));
  }

  /** The text without the line in which it was cut: half a line could mean something else. */
  toString(): string {
    const text = this.bytes().toString('utf8');
    if (!this.isFull) return text;
    return text.slice(0, 1 + Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')));
  }
}

/** A text must arrive completely within the time-out: a host's items wait for it. */
class Deadline {
  readonly #url: string;
  readonly #withinMs: number;
  #until: number;

  constructor(url: string, withinMs: number) {
    this.#url = url;
    this.#withinMs = withinMs;
    this.#until = performance.now() + withinMs;
  }

  /** @param wait the pause of our own bandwidth limit, in milliseconds: it does not count against the server. */
  check(wait: number): void {
    if (performance.now() > this.#until) {
      const seconds = Math.round(this.#withinMs / 1_000);
      throw new AttemptError('TOO_SLOW', `${this.#url} did not come whole within ${seconds} s.`, {
        retryable: true,
      });
    }
    this.#until += wait;
  }
}
