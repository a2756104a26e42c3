import type { ExchangeRequest, Receiver, Transport } from '../../../protocol/exchange.ts';
import { AttemptError, timedOut, toAttemptError } from '../../../protocol/fetch-errors.ts';
import { type Connector, type Route, routeOf, type Wire } from '../../net/connector.ts';
import { Http1Transport } from '../http1/http1-transport.ts';
import { Http2Session } from '../http2/http2-session.ts';
import { Unanswered } from '../http2/stream-exchange.ts';
import { type SendableHeaders, sendable } from '../sendable-headers.ts';

const protocols = ['h2', 'http/1.1'];
/** A session without requests is closed after this time, in milliseconds. */
const idleMs = 4_000;
/** How many servers' protocols are remembered. */
const maxSites = 10_000;
/**
 * How often a request is made again that a connection ended without answering: in all, and where that does not mean that
 * the connection was used up.
 */
const maxUnanswered = 100;
const maxFruitless = 1;
/** How many connections in a row a request waits for that take no requests. */
const maxUnusable = 3;

/** What is known of one server. */
interface Site {
  readonly route: Route;
  speaksHttp1: boolean;
  sessions: Http2Session[];
  /** The connection that is being made to find out what it speaks. All requests wait for it; it never rejects. */
  greeting: Promise<Greeting> | undefined;
}

/** Why there is no connection, if there is none. One that takes no requests is `unusable`, and closed. */
type Greeting = { readonly failure: unknown } | 'timed out' | 'unusable' | 'connected';

/**
 * `https:` without a proxy. The first connection to a server finds out what it speaks: HTTP/2 is then spoken by that
 * connection, for all requests; in HTTP/1.1 each request has its own.
 */
export class SecureTransport implements Transport {
  readonly #connector: Connector;
  readonly #http1: Http1Transport;
  readonly #sites = new Map<string, Site>();
  #headers: { readonly of: readonly string[]; readonly sendable: SendableHeaders } | undefined;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(connector: Connector) {
    this.#connector = connector;
    this.#http1 = new Http1Transport(connector);
  }

  exchange(request: ExchangeRequest, receiver: Receiver): Promise<void> {
    request.signal.throwIfAborted();
    if (this.#headers?.of !== request.headers)
      this.#headers = { of: request.headers, sendable: sendable(request.url, request.headers) };
    const { sendable: headers } = this.#headers;
    const site = this.#siteOf(routeOf(request.url, headers.host));
    if (site.speaksHttp1) return this.#http1.exchange(request, receiver);
    return this.#exchangeAt(site, request, headers, receiver);
  }

  async destroy(): Promise<void> {
    clearInterval(this.#sweeping);
    for (const { sessions } of this.#sites.values()) for (const session of sessions) session.destroy();
    await this.#http1.destroy();
  }

  async #exchangeAt(
    site: Site,
    request: ExchangeRequest,
    headers: SendableHeaders,
    receiver: Receiver,
  ): Promise<void> {
    for (let unanswered = 0, fruitless = 0, unusable = 0; ; ) {
      const session = site.sessions.find(({ hasRoom }) => hasRoom);
      if (!session) {
        const greeting = await this.#greet(site, request);
        if (greeting === 'connected') unusable = 0;
        else if (greeting === 'unusable') unusable += 1;
        if (unusable === maxUnusable) throw takesNone(request.url.href);
        if (site.speaksHttp1) return this.#http1.exchange(request, receiver);
        continue;
      }
      try {
        return await session.exchange(request, headers, receiver);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        unanswered += 1;
        if (!error.isUntouched || !session.hasAnswered) fruitless += 1;
        if (unanswered > maxUnanswered || fruitless > maxFruitless) throw error.cause;
      }
    }
  }

  /**
   * Makes a connection, or waits for the one that is being made. @throws AttemptError if there is none.
   * @returns what became of it: where only another request's has `failed`, this one makes its own.
   */
  async #greet(site: Site, request: ExchangeRequest): Promise<'connected' | 'unusable' | 'failed'> {
    const { href } = request.url;
    const isOurs = site.greeting === undefined;
    site.greeting ??= this.#connect(site, request).finally(() => {
      site.greeting = undefined;
    });
    const greeting = await site.greeting;
    // Where another request makes the connection, all of the wait for it goes here.
    request.watch?.lap(isOurs ? 'tls' : 'connect');
    if (greeting === 'connected' || greeting === 'unusable') return greeting;
    if (greeting === 'timed out') throw timedOut('connect', href);
    const error = toAttemptError(greeting.failure, href, false);
    // What takes no time was perhaps only this connection's bad luck: the others make their own.
    const isQuick = error.code === 'CONNECTION_LOST' || error.code === 'CONNECT_REFUSED';
    if (isOurs || !isQuick || request.signal.aborted) throw error;
    return 'failed';
  }

  #connect(site: Site, { timeoutMs, signal, watch }: ExchangeRequest): Promise<Greeting> {
    const { route } = site;
    const { promise, resolve } = Promise.withResolvers<Greeting>();
    const unwanted = this.#connector.refusalOf(route);
    if (unwanted) return Promise.resolve({ failure: unwanted });
    const onReady = async (refused: Error | undefined) => {
      end(refused ? { failure: refused } : await this.#learn(site, wire));
    };
    const wire = this.#connector.open(route, protocols, onReady, watch);
    const { socket } = wire;
    const end = (greeting: Greeting): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
      socket.off('close', onClose);
      if (greeting !== 'connected') socket.on('error', () => {}).destroy();
      resolve(greeting);
    };
    const timer = setTimeout(() => end('timed out'), timeoutMs);
    const onAbort = () => end({ failure: new AttemptError('FETCH_FAILED', 'The run was cancelled.') });
    const onError = (failure: Error) => end({ failure });
    const onClose = () => end({ failure: Object.assign(new Error('closed'), { code: 'ECONNRESET' }) });
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', onError);
    socket.on('close', onClose);
    return promise;
  }

  /** Gives a connection to those who speak what the server has chosen. */
  async #learn(site: Site, wire: Wire): Promise<'connected' | 'unusable'> {
    const { socket } = wire;
    if (!('alpnProtocol' in socket) || socket.alpnProtocol !== 'h2') {
      site.speaksHttp1 = true;
      this.#http1.adopt(wire, site.route);
      return 'connected';
    }
    const session = new Http2Session(socket, site.route.url.origin, () => {
      site.sessions = site.sessions.filter((other) => other !== session);
    });
    this.#sweeping ??= setInterval(() => this.#sweep(), 1_000).unref();
    await session.ready;
    if (!session.hasRoom) {
      session.destroy();
      return 'unusable';
    }
    site.sessions.push(session);
    return 'connected';
  }

  #siteOf(route: Route): Site {
    const known = this.#sites.get(route.key);
    if (known) return known;
    const site: Site = { route, speaksHttp1: false, sessions: [], greeting: undefined };
    this.#sites.set(route.key, site);
    if (this.#sites.size > maxSites) this.#forgetOne();
    return site;
  }

  /** Forgets the oldest site that nothing is going on with: it is greeted anew. */
  #forgetOne(): void {
    for (const [key, { sessions, greeting }] of this.#sites) {
      if (sessions.length > 0 || greeting) continue;
      this.#sites.delete(key);
      return;
    }
  }

  #sweep(): void {
    const oldest = performance.now() - idleMs;
    let open = 0;
    for (const { sessions } of this.#sites.values()) {
      open += sessions.length;
      for (const session of sessions) if (session.isIdle && session.idleSince < oldest) session.close();
    }
    if (open > 0) return;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
  }
}

function takesNone(url: string): AttemptError {
  return new AttemptError(
    'CONNECTION_LOST',
    `${url}: the server takes no requests: it allowed none on ${maxUnusable} connections in a row, or closed them.`,
    { retryable: true },
  );
}
