import type { ExchangeRequest, Receiver, Transport } from '../../../protocol/exchange.ts';
import { AttemptError, toAttemptError } from '../../../protocol/fetch-errors.ts';
import { type Connector, type Route, routeOf, type Wire } from '../../net/connector.ts';
import { type SendableHeaders, sendable } from '../sendable-headers.ts';
import { Connection, type Order } from './connection.ts';

/** An unused connection is closed after this time, in milliseconds. */
const idleMs = 4_000;
/** Offered in TLS: whoever asks here knows already that the server speaks no HTTP/2. */
const protocols = ['http/1.1'];

/**
 * HTTP/1.1, with TLS or without: GET requests, one at a time on a connection, and connections are reused. It does what
 * undici does with much less processor time; see docs/adr/0026.
 */
export class Http1Transport implements Transport {
  readonly #connector: Connector;
  /** By route. The most recently used connection is at the end: the server has least likely closed it. */
  readonly #idle = new Map<string, Connection[]>();
  readonly #all = new Set<Connection>();
  #signal: AbortSignal | undefined;
  /** The header lines of the last request: nearly all requests of a run have the same. */
  #lines: HeaderLines | undefined;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(connector: Connector) {
    this.#connector = connector;
  }

  exchange(request: ExchangeRequest, receiver: Receiver): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const { url, signal, timeoutMs, last, watch } = request;
    signal.throwIfAborted();
    this.#listenTo(signal);
    const lines = this.#linesOf(request);
    const text = `GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${lines.host ?? url.host}\r\n${lines.text}\r\n`;
    const about = { url: url.href, request: text, receiver, timeoutMs, keep: !last, watch };
    const order: Order = { ...about, resolve, reject };
    const route = routeOf(url, lines.host);
    const idle = this.#takeIdle(route.key);
    if (idle) idle.serve(order);
    else this.#open(route, order);
    return promise;
  }

  /** Takes over an open socket, for the next request of its route. */
  adopt(wire: Wire, route: Route): void {
    const connection = this.#connectionOn(wire, route);
    connection.connected(undefined);
    this.#keep(connection, route);
  }

  async destroy(): Promise<void> {
    clearInterval(this.#sweeping);
    for (const connection of this.#all) connection.end(cancelled());
  }

  #linesOf({ url, headers, last }: ExchangeRequest): HeaderLines {
    if (this.#lines?.headers !== headers || this.#lines.last !== last)
      this.#lines = headerLines(url, headers, last);
    return this.#lines;
  }

  #open(route: Route, order: Order): void {
    const refused = this.#connector.refusalOf(route);
    if (refused) {
      order.reject(toAttemptError(refused, order.url, false));
      return;
    }
    const onReady = (unwanted: Error | undefined) => connection.connected(unwanted);
    const wire = this.#connector.open(route, protocols, onReady, order.watch);
    const connection = this.#connectionOn(wire, route);
    connection.serve(order);
  }

  #connectionOn(wire: Wire, route: Route): Connection {
    const connection: Connection = new Connection(wire.socket, {
      onFree: () => this.#keep(connection, route),
      onGone: () => {
        this.#all.delete(connection);
        this.#forget(route.key, connection);
      },
      onStale: (order) => this.#open(route, order),
    });
    wire.read = (bytes) => connection.read(bytes);
    this.#all.add(connection);
    return connection;
  }

  #keep(connection: Connection, { key }: Route): void {
    connection.idleSince = performance.now();
    const idle = this.#idle.get(key);
    if (idle) idle.push(connection);
    else this.#idle.set(key, [connection]);
    this.#sweeping ??= setInterval(() => this.#sweep(), 1_000).unref();
  }

  #takeIdle(key: string): Connection | undefined {
    const idle = this.#idle.get(key);
    const connection = idle?.pop();
    if (idle?.length === 0) this.#idle.delete(key);
    return connection;
  }

  #forget(key: string, connection: Connection): void {
    const idle = this.#idle.get(key);
    const place = idle?.indexOf(connection) ?? -1;
    if (!idle || place === -1) return;
    idle.splice(place, 1);
    if (idle.length === 0) this.#idle.delete(key);
  }

  #sweep(): void {
    const oldest = performance.now() - idleMs;
    const stale = [...this.#idle.values()].flat().filter(({ idleSince }) => idleSince < oldest);
    for (const connection of stale) connection.end(undefined);
    if (this.#idle.size > 0) return;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
  }

  /** One listener for the run instead of one a request: adding and removing one costs as much as a small answer. */
  #listenTo(signal: AbortSignal): void {
    if (signal === this.#signal) return;
    this.#signal = signal;
    signal.addEventListener(
      'abort',
      () => {
        for (const connection of this.#all) connection.end(cancelled());
      },
      { once: true },
    );
  }
}

interface HeaderLines extends Pick<SendableHeaders, 'host'> {
  readonly headers: readonly string[];
  readonly last: boolean;
  /** All headers but the host, each with its line end. */
  readonly text: string;
}

/** @throws AttemptError for a header that contains a line end or cannot be sent. */
function headerLines(url: URL, headers: readonly string[], last: boolean): HeaderLines {
  const { host, others } = sendable(url, headers);
  const lines = others.map(([name, value]) => `${name}: ${value}\r\n`);
  return { headers, last, host, text: `connection: ${last ? 'close' : 'keep-alive'}\r\n${lines.join('')}` };
}

function cancelled(): AttemptError {
  return new AttemptError('FETCH_FAILED', 'The run was cancelled.');
}
