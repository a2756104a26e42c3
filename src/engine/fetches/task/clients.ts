import type { Transport } from '../protocol/exchange.ts';
import type { WorkerSettings } from '../protocol/protocol.ts';
import { type Proxies, ProxiesOfHosts } from '../protocol/proxies.ts';
import { Http1Transport } from './http/http1/http1-transport.ts';
import { SecureTransport } from './http/secure/secure-transport.ts';
import { AddressPolicy, type AddressPolicyOptions } from './net/address-policy.ts';
import { Connector } from './net/connector.ts';
import { SecureSockets } from './net/secure-sockets.ts';

/** How much of the time for connecting its host's name may take. */
const nameShare = 0.9;

export interface ClientsOptions extends AddressPolicyOptions {
  /** The transport for `http:` URLs. Default: our own. */
  readonly plainBy?: 'undici';
}

/**
 * The connections of one worker. There are two separate sets: `open` reaches any address, `guarded` only the public
 * network. So a guarded request can never get a socket that was opened to a private address for another request.
 */
export class Clients {
  readonly addresses: AddressPolicy;
  readonly #settings: WorkerSettings;
  readonly #proxies: ProxiesOfHosts;
  readonly #plainByUndici: boolean;
  readonly #sockets: SecureSockets;
  readonly #own: Readonly<Record<Side, OwnTransports>>;
  /** By side and proxies. */
  readonly #undici = new Map<string, Promise<Transport>>();

  constructor(settings: WorkerSettings, options: ClientsOptions = {}) {
    this.#plainByUndici = options.plainBy === 'undici';
    this.#settings = settings;
    this.#proxies = new ProxiesOfHosts(settings.proxy, settings.hosts);
    const deniesPrivate = settings.privateAddresses === 'deny';
    const { ceiling, mostSockets, timeoutMs } = settings;
    const bounds = { mostSockets, lookupMs: nameShare * timeoutMs };
    this.addresses = new AddressPolicy(ceiling, this.#proxies.any, { deniesPrivate, ...bounds, ...options });
    this.#sockets = new SecureSockets(settings.ca);
    this.#own = { open: this.#ownTransports(false), guarded: this.#ownTransports(true) };
  }

  /** @param guarded whether only the public network may be reached. */
  transport(url: URL, guarded: boolean): Transport | Promise<Transport> {
    const side = guarded ? 'guarded' : 'open';
    const proxies = this.#proxies.for(url);
    if (!proxies) {
      if (url.protocol === 'https:') return this.#own[side].secure;
      if (!this.#plainByUndici) return this.#own[side].plain;
    }
    const key = `${side} ${proxies?.urls.http} ${proxies?.urls.https}`;
    let transport = this.#undici.get(key);
    if (!transport) {
      transport = this.#loadUndici(guarded, proxies);
      this.#undici.set(key, transport);
    }
    return transport;
  }

  /** Closes all connections. Not needed before a worker ends. */
  async destroy(): Promise<void> {
    const loaded = await Promise.all(this.#undici.values());
    const own = Object.values(this.#own).flatMap(({ plain, secure }) => [plain, secure]);
    const all = [...own, ...loaded];
    await Promise.all(all.map((transport) => transport.destroy()));
  }

  #ownTransports(guarded: boolean): OwnTransports {
    const connector = new Connector(this.addresses, guarded, this.#sockets);
    return { plain: new Http1Transport(connector), secure: new SecureTransport(connector) };
  }

  /** Loads undici, which takes a tenth of a second, only if it is needed. */
  async #loadUndici(guarded: boolean, proxies: Proxies | undefined): Promise<Transport> {
    const { UndiciTransport } = await import('./http/undici/undici-transport.ts');
    const { context } = this.#sockets;
    return new UndiciTransport(this.#settings, this.addresses, { guarded, proxies, context });
  }
}

type Side = 'open' | 'guarded';

interface OwnTransports {
  readonly plain: Http1Transport;
  readonly secure: SecureTransport;
}
