import type { Transport } from '../protocol/exchange.ts';
import type { WorkerSettings } from '../protocol/protocol.ts';
import { usesProxy } from '../protocol/proxy-environment.ts';
import { Http1Transport } from './http/http1/http1-transport.ts';
import { AddressPolicy, type AddressPolicyOptions } from './net/address-policy.ts';

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
  readonly #proxied = usesProxy();
  readonly #plainByUndici: boolean;
  readonly #plain: Readonly<Record<Side, Http1Transport>>;
  readonly #undici: Partial<Record<Side, Promise<Transport>>> = {};

  constructor(settings: WorkerSettings, options: ClientsOptions = {}) {
    this.#plainByUndici = this.#proxied || options.plainBy === 'undici';
    this.#settings = settings;
    const deniesPrivate = settings.privateAddresses === 'deny';
    const { ceiling, mostSockets, timeoutMs } = settings;
    const bounds = { mostSockets, lookupMs: nameShare * timeoutMs };
    this.addresses = new AddressPolicy(ceiling, this.#proxied, { deniesPrivate, ...bounds, ...options });
    this.#plain = {
      open: new Http1Transport(this.addresses, false),
      guarded: new Http1Transport(this.addresses, true),
    };
  }

  /** @param guarded whether only the public network may be reached. */
  transport({ protocol }: URL, guarded: boolean): Transport | Promise<Transport> {
    const side = guarded ? 'guarded' : 'open';
    if (protocol === 'http:' && !this.#plainByUndici) return this.#plain[side];
    this.#undici[side] ??= this.#loadUndici(guarded);
    return this.#undici[side];
  }

  /** Closes all connections. Not needed before a worker ends. */
  async destroy(): Promise<void> {
    const loaded = await Promise.all(Object.values(this.#undici));
    const all = [...Object.values(this.#plain), ...loaded];
    await Promise.all(all.map((transport) => transport.destroy()));
  }

  /** Loads undici, which takes a tenth of a second, only if it is needed. */
  async #loadUndici(guarded: boolean): Promise<Transport> {
    const { UndiciTransport } = await import('./http/undici/undici-transport.ts');
    return new UndiciTransport(this.#settings, this.addresses, { guarded, proxied: this.#proxied });
  }
}

type Side = 'open' | 'guarded';
