import { connect, type LookupFunction, type Socket } from 'node:net';
import type { TransferWatch } from '../../protocol/exchange.ts';
import type { AddressPolicy } from './address-policy.ts';
import { bareHost } from './host-name.ts';
import type { SecureSockets } from './secure-sockets.ts';

/** All sockets of the thread read into this buffer: the data of one has been handled before the next one reads. */
const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);

/** Where a connection leads. */
export interface Route {
  /** Connections of one key can stand in for each other. */
  readonly key: string;
  readonly url: URL;
  /** The host that is asked for, if a person names another one than the URL's. */
  readonly host: string | undefined;
}

/** @param host asked for, if a person names another one than the URL's. */
export function routeOf(url: URL, host: string | undefined): Route {
  // In TLS the certificate has to be for this name.
  const isNamed = host !== undefined && url.protocol === 'https:';
  return { key: isNamed ? `${url.origin} ${host}` : url.origin, url, host };
}

/** An open socket, and who reads from it. */
export interface Wire {
  readonly socket: Socket;
  /** Gets what arrives, in memory that is used again. @returns whether to go on reading. */
  read: (bytes: Buffer) => boolean;
}

/** Opens sockets, with TLS or without, to addresses that the policy allows. */
export class Connector {
  readonly #policy: AddressPolicy;
  readonly #guarded: boolean;
  readonly #lookup: LookupFunction;
  readonly #secure: SecureSockets;

  /** @param guarded whether only the public network may be reached. */
  constructor(policy: AddressPolicy, guarded: boolean, secure: SecureSockets) {
    this.#policy = policy;
    this.#guarded = guarded;
    this.#lookup = policy.lookup(guarded);
    this.#secure = secure;
  }

  /** Why no socket may be opened to this host, as far as its URL tells. */
  refusalOf({ url }: Route): Error | undefined {
    return this.#guarded ? this.#policy.refusalOf(bareHost(url.hostname)) : undefined;
  }

  /**
   * @param protocols offered in TLS.
   * @param onReady called when bytes can be sent, or with the reason if the address is not allowed.
   * @param watch of the item that the connection is opened for.
   */
  open(
    route: Route,
    protocols: readonly string[],
    onReady: (refused: Error | undefined) => void,
    watch?: TransferWatch,
  ): Wire {
    const { url, host } = route;
    const isSecure = url.protocol === 'https:';
    const hostname = bareHost(url.hostname);
    const options = {
      host: hostname,
      port: Number(url.port || (isSecure ? 443 : 80)),
      lookup: this.#lookup,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 60_000,
      autoSelectFamily: true,
      onread: {
        buffer: readBuffer,
        callback: (bytes: number) => wire.read(readBuffer.subarray(0, bytes)),
      },
    };
    const name = host === undefined ? hostname : nameIn(host, hostname);
    const socket = isSecure ? this.#secure.connect(options, name, protocols) : connect(options);
    const wire: Wire = { socket, read: () => true };
    // Before TLS begins, so that a refused address does not even get a greeting.
    socket.once('lookup', () => watch?.lap('dns'));
    socket.prependOnceListener('connect', () => {
      watch?.lap('connect');
      const refused = this.#policy.admit(socket, url.origin, this.#guarded);
      if (refused) socket.destroy();
      if (refused || !isSecure) onReady(refused);
    });
    if (isSecure) {
      socket.once('secureConnect', () => {
        watch?.lap('tls');
        onReady(undefined);
      });
    }
    return wire;
  }
}

/** The name in a `Host` header, without its port. */
function nameIn(header: string, fallback: string): string {
  const { hostname } = URL.parse(`https://${header}`) ?? { hostname: fallback };
  return bareHost(hostname);
}
