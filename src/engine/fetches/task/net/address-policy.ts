import { isIP, type LookupFunction, type Socket } from 'node:net';
import { ItemError } from '../../../../shared/failure.ts';
import { isPublicAddress } from './address-guard.ts';
import type { Address, NameCache } from './dns.ts';
import { bareHost, isLoopbackName, isPrivateName } from './host-name.ts';

/** Beyond this many open sockets a connection is closed after its answer instead of being kept for a next one. */
const mostIdleSockets = 256;

type Names = Pick<NameCache, 'resolve'>;

export interface AddressPolicyOptions {
  readonly names?: Names;
  /** Which addresses are on the public network. */
  readonly isPublic?: (address: string) => boolean;
  /** Whether private addresses are refused also where the list names them. */
  readonly deniesPrivate?: boolean;
  /** How many sockets may be open at all. Default: as many as there is use for. */
  readonly mostSockets?: number | undefined;
}

/**
 * Who may be reached. What is `guarded` may reach only the public network, and is judged three times, each of
 * which holds on its own: an address written as such before it is connected to, a name's addresses when they
 * are looked up, and the address of the socket that is open.
 */
export class AddressPolicy {
  #names: Names | Promise<Names> | undefined;
  readonly #isPublic: (address: string) => boolean;
  readonly #mostSockets: number;
  readonly #proxied: boolean;
  readonly #deniesPrivate: boolean;
  /** Origins that were connected to on the public network, with how many sockets to each are open. */
  readonly #publicOrigins = new Map<string, number>();
  #sockets = 0;

  /** @param ceiling the most requests in flight. @param proxied whether a proxy stands in between. */
  constructor(
    ceiling: number,
    proxied: boolean,
    {
      names,
      isPublic,
      deniesPrivate = false,
      mostSockets = Number.POSITIVE_INFINITY,
    }: AddressPolicyOptions = {},
  ) {
    this.#mostSockets = Math.min(ceiling + mostIdleSockets, mostSockets);
    this.#proxied = proxied;
    this.#names = names;
    this.#deniesPrivate = deniesPrivate;
    this.#isPublic = isPublic ?? rememberingTheLast(isPublicAddress);
  }

  /**
   * Whether an answer from this URL came from the public network. What lies behind a proxy cannot be seen:
   * everything is taken for public there that is not plainly private by its name.
   */
  reachedPublic(url: URL): boolean {
    if (this.#publicOrigins.size > 0 && this.#publicOrigins.has(url.origin)) return true;
    return this.#proxied && !this.#isPlainlyPrivate(url);
  }

  /**
   * Refuses at once what is plainly private; whatever else is judged when it is connected to.
   * @throws ItemError `BLOCKED_ADDRESS`.
   */
  assertAllowed(url: URL): void {
    if (this.#isPlainlyPrivate(url)) throw this.#blocked(url.hostname);
  }

  /** Whether connections had better be closed than kept: thousands of hosts would use up the sockets. */
  get crowded(): boolean {
    return this.#sockets > this.#mostSockets;
  }

  /** Why a guarded request may not go to this host, where that is an address: those are not looked up. */
  refusalOf(hostname: string): ItemError | undefined {
    const host = bareHost(hostname);
    return isIP(host) !== 0 && !this.#isPublic(host) ? this.#blocked(host) : undefined;
  }

  /** Names to addresses; of a guarded one only those on the public network. */
  lookup(guarded: boolean): LookupFunction {
    return (host, options, callback) => {
      this.#resolve(host).then(
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
   * Judges the address that was really connected to, whatever the name resolved to a moment ago.
   * @returns why the socket may not be used.
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

  /** What resolves names is loaded for the first one: lists of addresses do without. */
  async #resolve(host: string): Promise<Address[]> {
    this.#names ??= import('./dns.ts').then(({ NameCache: Cache }) => new Cache({ servers: nameServers() }));
    return (await this.#names).resolve(host);
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
    // Behind a proxy the name is all that can be seen; else the address that it leads to tells.
    return isLoopbackName(host) || (this.#proxied && isPrivateName(host));
  }
}

function named(host: string, addresses: readonly Address[]): string {
  return `${host} (${addresses.map(({ address }) => address).join(', ')})`;
}

/** `SHOAL_DNS_SERVERS` names other name servers than the system's: `127.0.0.1:5353,9.9.9.9`. */
function nameServers(): string[] | undefined {
  const { SHOAL_DNS_SERVERS: servers } = process.env;
  return servers ? servers.split(',').map((server) => server.trim()) : undefined;
}

/** Dozens of connections go to the address of the one before, and to take an address apart costs as much as to connect. */
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
