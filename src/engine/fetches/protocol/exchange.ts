import type { IncomingHttpHeaders } from 'node:http';

/** An answer's status and headers; names are in lower case. */
export interface Head {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Takes one answer's body as it comes. */
export interface Receiver {
  /**
   * May throw, which ends the exchange.
   * @returns how long the body may take as a whole, in milliseconds: then the exchange ends well without its rest.
   * `undefined` where it may take as long as it comes.
   */
  head(head: Head): number | undefined;
  /**
   * The chunk is the caller's, which may use its memory again: what is kept of it is copied. May throw.
   * @returns how long to read nothing more, in milliseconds: 0 goes on at once.
   */
  data(chunk: Buffer): number;
}

export interface ExchangeRequest {
  readonly url: URL;
  /** Names, in lower case, and values in turn. */
  readonly headers: readonly string[];
  readonly timeoutMs: number;
  /** Whether the connection is closed afterwards. */
  readonly last: boolean;
  /** Of the whole run: the same for every request of a transport. */
  readonly signal: AbortSignal;
}

/** What makes requests. */
export interface Transport {
  /** Settles when the body has come whole, and rejects with an AttemptError otherwise. */
  exchange(request: ExchangeRequest, receiver: Receiver): Promise<void>;
  destroy(): Promise<void>;
}

/** Thrown by a receiver that has seen enough: the exchange ends well, and the rest is not read. */
export const enough = new Error('Enough of this answer has been read.');
