import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { ExchangeRequest, Receiver } from '../../../protocol/exchange.ts';
import { lost } from '../http1/response-parser.ts';
import type { SendableHeaders } from '../sendable-headers.ts';
import { exchangeBy, Unanswered } from './stream-exchange.ts';

/** Loaded with the first server that speaks it. */
const http2 = () => process.getBuiltinModule('node:http2');

/** The most requests at once over one connection, whatever the server allows: they share one window. */
const maxStreams = 100;
/** How much may be on its way unread, in bytes: of one answer, and of all together. */
const streamWindow = 1024 * 1024;
const sessionWindow = 8 * 1024 * 1024;
const maxHeadBytes = 256 * 1024;
const maxHeaders = 2_000;

/** A connection that speaks HTTP/2, by Node's own library. Many requests share it. */
export class Http2Session {
  /** When its last request ended, by `performance.now()`. */
  idleSince = performance.now();
  /** Resolves when the server has told how many requests it takes at once, or is gone. */
  readonly ready: Promise<void>;
  readonly #session: ClientHttp2Session;
  #open = 0;
  #answered = 0;
  #failure: Error | undefined;

  /** @param socket connected, its protocol agreed on. @param onGone called when no further request may be made. */
  constructor(socket: Socket, origin: string, onGone: () => void) {
    const session = http2().connect(origin, {
      createConnection: () => socket,
      maxHeaderListPairs: maxHeaders,
      settings: { enablePush: false, initialWindowSize: streamWindow, maxHeaderListSize: maxHeadBytes },
    });
    this.#session = session;
    session.on('connect', () => session.setLocalWindowSize(sessionWindow));
    session.on('error', (error) => {
      this.#failure = error;
    });
    session.on('goaway', onGone);
    session.on('close', onGone);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    session.on('remoteSettings', () => resolve());
    session.on('close', () => resolve());
  }

  /** Whether another request may be made now. */
  get hasRoom(): boolean {
    return !this.#session.closed && !this.#session.destroyed && this.#open < this.#mostStreams;
  }

  get isIdle(): boolean {
    return this.#open === 0;
  }

  /** Whether it has answered anything: then a lost connection need not mean that the next is lost as well. */
  get hasAnswered(): boolean {
    return this.#answered > 0;
  }

  /** @throws Unanswered if the request may be made again, by another session. */
  async exchange(request: ExchangeRequest, headers: SendableHeaders, receiver: Receiver): Promise<void> {
    const stream = this.#begin(request, headers);
    this.#open += 1;
    try {
      await exchangeBy(stream, request, receiver, {
        isStale: () => this.#answered > 0 && this.#session.destroyed,
        failure: () => this.#failure,
      });
      this.#answered += 1;
    } finally {
      this.#open -= 1;
      this.idleSince = performance.now();
      if (request.last && this.#open === 0) this.close();
    }
  }

  /** Ends the connection when what is on its way has come. */
  close(): void {
    this.#session.close();
  }

  destroy(): void {
    this.#session.destroy();
  }

  get #mostStreams(): number {
    const { maxConcurrentStreams = maxStreams } = this.#session.remoteSettings ?? {};
    return Math.min(maxStreams, maxConcurrentStreams);
  }

  #begin({ url }: ExchangeRequest, { host, others }: SendableHeaders): ClientHttp2Stream {
    try {
      return this.#session.request(
        {
          ':method': 'GET',
          ':scheme': 'https',
          ':authority': host ?? url.host,
          ':path': url.pathname + url.search,
          ...Object.fromEntries(others),
        },
        { endStream: true },
      );
    } catch (error) {
      // It was closed since it was chosen.
      if (this.#session.closed || this.#session.destroyed) throw new Unanswered(true, lost(url.href, error));
      throw error;
    }
  }
}
