import { isIP, type LookupFunction, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ItemError } from '../../../../shared/failure.ts';
import type { Address } from './address.ts';
import { isPublicAddress } from './address-guard.ts';
import type { NameCache } from './dns.ts';
import { bareHost, isLoopbackName, isPrivateName } from './host-name.ts';

/** With more open sockets than this, connections are closed after their answer instead of being kept for another. */
const mostIdleSockets = 256;

type Names = Pick<NameCache, 'resolve'> & Partial<Pick<NameCache, 'hasFound'>>;

/** How long an attempt waits for its host's name before it makes room for others, in milliseconds. */
const nameWaitMs = 250;

export interface AddressPolicyOptions {
  readonly names?: Names;
  /** Decides which addresses are on the public network. */
  readonly isPublic?: (address: string) => boolean;
  /** Whether private addresses are refused even if the list names them. */
  readonly deniesPrivate?: boolean;
  /** The most sockets that may be open. Default: no limit. */
  readonly mostSockets?: number | undefined;
  /** The longest wait for a name's addresses, in milliseconds. Default: no limit but that of the look-up itself. */
  readonly lookupMs?: number;
}

/**
 * Decides which addresses may be reached. A `guarded` request may reach only the public network, and is checked three
 * times, by checks that each suffice on their own: an address in the URL before connecting, a name's addresses when
 * they are looked up, and the address of the connected socket.
 */
export class AddressPolicy {
  #names: Names | Promise<Names> | undefined;
  readonly #isPublic: (address: string) => boolean;
  readonly #mostSockets: number;
  readonly #proxied: boolean;
  readonly #deniesPrivate: boolean;
  readonly #lookupMs: number | undefined;
  /** Origins on the public network that are connected, with the number of open sockets to each. */
  readonly #publicOrigins = new Map<string, number>();
  #sockets = 0;

  /** @param ceiling the most requests in flight. @param proxied whether a proxy is used. */
  constructor(
    ceiling: number,
    proxied: boolean,
    {
      names,
      isPublic,
      deniesPrivate = false,
      mostSockets = Number.POSITIVE_INFINITY,
      lookupMs,
    }: AddressPolicyOptions = {},
  ) {
    this.#mostSockets = Math.min(ceiling + mostIdleSockets, mostSockets);
    this.#proxied = proxied;
    this.#lookupMs = lookupMs;
    this.#names = names;
    this.#deniesPrivate = deniesPrivate;
    this.#isPublic = isPublic ?? rememberingTheLast(isPublicAddress);
  }

  /**
   * Whether an answer from this URL came from the public network. Behind a proxy this cannot be seen: every host counts
   * as public unless its name is clearly private.
   */
  reachedPublic(url: URL): boolean {
    if (this.#publicOrigins.size > 0 && this.#publicOrigins.has(url.origin)) return true;
    return this.#proxied && !this.#isPlainlyPrivate(url);
  }

  /**
   * Refuses at once what is clearly private; everything else is judged when it is connected to.
   * @throws ItemError `BLOCKED_ADDRESS`.
   */
  assertAllowed(url: URL): void {
    if (this.#isPlainlyPrivate(url)) throw this.#blocked(url.hostname);
  }

  /** Whether connections should be closed instead of kept: thousands of hosts would otherwise use up the sockets. */
  get crowded(): boolean {
    return this.#sockets > this.#mostSockets;
  }

  /** Why a guarded request may not go to this host, if it is an address: addresses are not looked up. */
  refusalOf(hostname: string): ItemError | undefined {
    const host = bareHost(hostname);
    return isIP(host) !== 0 && !this.#isPublic(host) ? this.#blocked(host) : undefined;
  }

  /** A look-up of names; if guarded, it returns only addresses on the public network. */
  lookup(guarded: boolean): LookupFunction {
    return (host, options, callback) => {
      this.#resolveInTime(host).then(
        (addresses) => {
          const allowed = guarded ? addresses.filter(({ address }) => this.#isPublic(address)) : addresses;
          const [first] = allowed;
          if (!first) callback(this.#blocked(named(host, addresses)), '');
          else if (options.all) callback(null, [...allowed]);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, ''),
      );
    };
  }

  /**
   * Judges the address that was actually connected to, whatever the name resolved to before.
   * @returns why the socket must not be used, or undefined.
   */
  admit(socket: Socket, origin: string, guarded: boolean): ItemError | undefined {
    const address = socket.remoteAddress;
    const isPublic = address !== undefined && this.#isPublic(address);
    if (guarded && !isPublic) return this.#blocked(address ?? origin);
    this.#sockets += 1;
    if (isPublic) this.#publicOrigins.set(origin, (this.#publicOrigins.get(origin) ?? 0) + 1);
    socket.once('close', () => {
      this.#sockets -= 1;
      if (!isPublic) return;
      const open = (this.#publicOrigins.get(origin) ?? 1) - 1;
      if (open === 0) this.#publicOrigins.delete(origin);
      else this.#publicOrigins.set(origin, open);
    });
    return undefined;
  }

  /**
   * Asks for the host's addresses and waits a moment for them. @returns whether they are still to come: an attempt made now
   * would hold a place that others can use.
   */
  awaitsName({ hostname }: URL): false | Promise<boolean> {
    const host = bareHost(hostname);
    if (this.#proxied || isIP(host) !== 0) return false;
    if (!(this.#names instanceof Promise) && this.#names?.hasFound?.(host)) return false;
    return this.#awaitsAddress(host);
  }

  async #awaitsAddress(host: string): Promise<boolean> {
    const answered = this.#resolve(host).then(
      () => false,
      () => false,
    );
    return Promise.race([answered, delay(nameWaitMs, true, { ref: false })]);
  }

  /** A name that has no address in time is the reason, not its host: the time for connecting has not run out yet. */
  #resolveInTime(host: string): Promise<Address[]> {
    const asked = this.#resolve(host);
    if (this.#lookupMs === undefined) return asked;
    const { promise, reject } = Promise.withResolvers<never>();
    const late = Object.assign(new Error(`No answer about ${host}`), { code: 'ETIMEOUT' });
    const timer = setTimeout(() => reject(late), this.#lookupMs);
    return Promise.race([asked, promise]).finally(() => clearTimeout(timer));
  }

  /** Loads the resolver with the first name: lists with addresses alone do not need it. */
  async #resolve(host: string): Promise<Address[]> {
    this.#names ??= import('./dns.ts').then(({ NameCache: Cache }) => new Cache({ servers: nameServers() }));
    this.#names = await this.#names;
    return this.#names.resolve(host);
  }

  #blocked(what: string): ItemError {
    const rule = this.#deniesPrivate
      ? 'private addresses are denied for this run'
      : 'it may only be reached where the list names it';
    return new ItemError('BLOCKED_ADDRESS', `${what} is not on the public network: ${rule}.`);
  }

  #isPlainlyPrivate({ hostname }: URL): boolean {
    const host = bareHost(hostname);
    if (isIP(host) !== 0) return !this.#isPublic(host);
    // Behind a proxy only the name can be judged; otherwise the address that it resolves to is.
    return isLoopbackName(host) || (this.#proxied && isPrivateName(host));
  }
}

function named(host: string, addresses: readonly Address[]): string {
  return `${host} (${addresses.map(({ address }) => address).join(', ')})`;
}

/** `SHOAL_DNS_SERVERS` replaces the system's name servers: `127.0.0.1:5353,9.9.9.9`. */
function nameServers(): string[] | undefined {
  const { SHOAL_DNS_SERVERS: servers } = process.env;
  return servers ? servers.split(',').map((server) => server.trim()) : undefined;
}

/**
 * Remembers the last result: many connections in a row go to one address, and parsing it costs as much as connecting.
 */
function rememberingTheLast(judge: (address: string) => boolean): (address: string) => boolean {
  let last: string | undefined;
  let verdict = false;
  return (address) => {
    if (address !== last) {
      verdict = judge(address);
      last = address;
    }
    return verdict;
  };
}
