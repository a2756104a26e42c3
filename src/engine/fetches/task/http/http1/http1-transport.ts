import { connect, type LookupFunction, type Socket } from 'node:net';
import type { ExchangeRequest, Receiver, Transport } from '../../../protocol/exchange.ts';
import { AttemptError, toAttemptError } from '../../../protocol/fetch-errors.ts';
import type { AddressPolicy } from '../../net/address-policy.ts';
import { bareHost } from '../../net/host-name.ts';
import { Connection, type Order } from './connection.ts';

/** An unused connection is closed after this time, in milliseconds. */
const idleMs = 4_000;
/** All sockets of the thread read into this buffer: the data of one has been handled before the next one reads. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * HTTP/1.1 over plain sockets: GET requests, one at a time on a connection, and connections are reused. It does what
 * undici does with much less processor time; see docs/adr/0026. Everything else (TLS, HTTP/2, proxies) is left to
 * undici.
 */
export class Http1Transport implements Transport {
  readonly #policy: AddressPolicy;
  readonly #guarded: boolean;
  readonly #lookup: LookupFunction;
  /** By origin. The most recently used connection is at the end: the server has least likely closed it. */
  readonly #idle = new Map<string, Connection[]>();
  readonly #all = new Set<Connection>();
  #signal: AbortSignal | undefined;
  /** The header lines of the last request: nearly all requests of a run have the same. */
  #lines: HeaderLines | undefined;
  #sweeping: NodeJS.Timeout | undefined;

  /** @param guarded whether only the public network may be reached. */
  constructor(policy: AddressPolicy, guarded: boolean) {
    this.#policy = policy;
    this.#guarded = guarded;
    this.#lookup = policy.lookup(guarded);
  }

  exchange(request: ExchangeRequest, receiver: Receiver): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const { url, signal, timeoutMs, last } = request;
    signal.throwIfAborted();
    this.#listenTo(signal);
    const lines = this.#linesOf(request);
    const text = `GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${lines.host ?? url.host}\r\n${lines.text}\r\n`;
    const order: Order = { url: url.href, request: text, receiver, timeoutMs, keep: !last, resolve, reject };
    const idle = this.#takeIdle(url.origin);
    if (idle) idle.serve(order);
    else this.#open(url, order);
    return promise;
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

  #open(url: URL, order: Order): void {
    const { origin, port } = url;
    const hostname = bareHost(url.hostname);
    const refused = this.#guarded ? this.#policy.refusalOf(hostname) : undefined;
    if (refused) {
      order.reject(toAttemptError(refused, url.href, false));
      return;
    }
    const socket = connect({
      host: hostname,
      port: Number(port || 80),
      lookup: this.#lookup,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 60_000,
      autoSelectFamily: true,
      onread: {
        buffer: readBuffer,
        callback: (bytes) => connection.read(readBuffer.subarray(0, bytes)),
      },
    });
    const connection = this.#connectionOn(socket, url);
    this.#all.add(connection);
    socket.once('connect', () => connection.connected(this.#policy.admit(socket, origin, this.#guarded)));
    connection.serve(order);
  }

  #connectionOn(socket: Socket, url: URL): Connection {
    const { origin } = url;
    return new Connection(socket, {
      onFree: (connection) => {
        connection.idleSince = performance.now();
        const idle = this.#idle.get(origin);
        if (idle) idle.push(connection);
        else this.#idle.set(origin, [connection]);
        this.#sweeping ??= setInterval(() => this.#sweep(), 1_000).unref();
      },
      onGone: (connection) => {
        this.#all.delete(connection);
        this.#forget(origin, connection);
      },
      onStale: (order) => this.#open(url, order),
    });
  }

  #takeIdle(origin: string): Connection | undefined {
    const idle = this.#idle.get(origin);
    const connection = idle?.pop();
    if (idle?.length === 0) this.#idle.delete(origin);
    return connection;
  }

  #forget(origin: string, connection: Connection): void {
    const idle = this.#idle.get(origin);
    const place = idle?.indexOf(connection) ?? -1;
    if (!idle || place === -1) return;
    idle.splice(place, 1);
    if (idle.length === 0) this.#idle.delete(origin);
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

const printable = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

interface HeaderLines {
  readonly headers: readonly string[];
  readonly last: boolean;
  /** Set if a person names another host than the URL's. */
  readonly host: string | undefined;
  /** All other headers, each with its line end. */
  readonly text: string;
}

/** @throws AttemptError for a header that contains a line end or cannot be sent. */
function headerLines(url: URL, headers: readonly string[], last: boolean): HeaderLines {
  let host: string | undefined;
  let text = `connection: ${last ? 'close' : 'keep-alive'}\r\n`;
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name = '', value = ''] = [headers[at], headers[at + 1]];
    if (!token.test(name) || !printable.test(value)) {
      throw new AttemptError(
        'FETCH_FAILED',
        `${url.href}: the header ${JSON.stringify(name)} cannot be sent.`,
      );
    }
    // The transport sets these two itself, but a person may name another host.
    if (name === 'host') host = value;
    else if (name !== 'connection') text += `${name}: ${value}\r\n`;
  }
  return { headers, last, host, text };
}

function cancelled(): AttemptError {
  return new AttemptError('FETCH_FAILED', 'The run was cancelled.');
}
