import { isIP, type LookupFunction, type Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { ItemError } from '../../../shared/failure.ts';
import { isPublicAddress } from './address-guard.ts';
import { type Address, NameCache } from './dns.ts';
import type { FetchSettings } from './protocol.ts';

/** Beyond this many open sockets a connection is closed after its answer instead of being kept for a next one. */
const mostIdleSockets = 256;

export interface ClientsOptions {
  readonly names?: Pick<NameCache, 'resolve'>;
  /** Which addresses are on the public network. */
  readonly isPublic?: (address: string) => boolean;
}

/**
 * The connections of one worker: who may be reached by them, and how. There are two sets that share nothing:
 * `open` reaches any address, `guarded` only the public network. A guarded request can so never be given a
 * socket that was opened to a private address for another.
 */
export class Clients {
  readonly #names: Pick<NameCache, 'resolve'>;
  readonly #settings: FetchSettings;
  readonly #isPublic: (address: string) => boolean;
  readonly #proxied = usesProxy();
  readonly #open: Dispatcher;
  readonly #guarded: Dispatcher;
  /** Origins that were connected to on the public network, with how many sockets to each are open. */
  readonly #publicOrigins = new Map<string, number>();
  #sockets = 0;

  constructor(settings: FetchSettings, { names, isPublic }: ClientsOptions = {}) {
    this.#settings = settings;
    this.#names = names ?? new NameCache({ servers: nameServers() });
    this.#isPublic = isPublic ?? isPublicAddress;
    this.#open = this.#makeDispatcher(false);
    this.#guarded = this.#makeDispatcher(true);
  }

  /** @param guarded whether only the public network may be reached. */
  dispatcher(guarded: boolean): Dispatcher {
    return guarded ? this.#guarded : this.#open;
  }

  /**
   * Whether an answer from this URL came from the public network. What lies behind a proxy cannot be seen:
   * everything is taken for public there that is not plainly private by its name.
   */
  reachedPublic(url: URL): boolean {
    return this.#publicOrigins.has(url.origin) || (this.#proxied && !this.#isPlainlyPrivate(url));
  }

  /**
   * Refuses at once what is plainly private; whatever else is judged when it is connected to.
   * @throws ItemError `BLOCKED_ADDRESS`.
   */
  assertAllowed(url: URL): void {
    if (this.#isPlainlyPrivate(url)) throw blocked(url.hostname);
  }

  /** Whether connections had better be closed than kept: thousands of hosts would use up the sockets. */
  get crowded(): boolean {
    return this.#sockets > this.#settings.ceiling + mostIdleSockets;
  }

  /** Ends all connections. A worker that ends does so by itself. */
  async destroy(): Promise<void> {
    await Promise.all([this.#open.destroy(), this.#guarded.destroy()]);
  }

  #isPlainlyPrivate({ hostname }: URL): boolean {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(host) !== 0) return !this.#isPublic(host);
    return host === 'localhost' || host.endsWith('.localhost');
  }

  #makeDispatcher(guarded: boolean): Dispatcher {
    const connect = this.#connector(guarded);
    const options = {
      connections: this.#settings.ceiling,
      pipelining: 1,
      connect,
      // What a proxy is reached by is the person's own doing; what lies behind it the proxy decides.
      ...(this.#settings.ca !== undefined && { requestTls: { ca: this.#authorities() } }),
    };
    return this.#proxied ? new EnvHttpProxyAgent(options) : new Agent(options);
  }

  #connector(guarded: boolean): buildConnector.connector {
    const { timeoutMs, ca } = this.#settings;
    const connect = buildConnector({
      lookup: this.#lookup(guarded),
      timeout: timeoutMs,
      autoSelectFamily: true,
      allowH2: true,
      preferH2: true,
      ...(ca !== undefined && { ca: this.#authorities() }),
    } as buildConnector.BuildOptions);
    return (options, callback) => {
      // Addresses written as such are not looked up, so they are judged here.
      if (guarded && isIP(options.hostname) !== 0 && !this.#isPublic(options.hostname)) {
        callback(blocked(options.hostname), null);
        return;
      }
      connect(options, (...answer) => {
        const [error, socket] = answer;
        if (error) return callback(error, null);
        const refused = this.#admit(socket, originOf(options), guarded);
        if (refused) {
          socket.destroy();
          return callback(refused, null);
        }
        return callback(null, socket);
      });
    };
  }

  /** Judges the address that was really connected to, whatever the name resolved to a moment ago. */
  #admit(socket: Socket, origin: string, guarded: boolean): Error | undefined {
    const address = socket.remoteAddress;
    const isPublic = address !== undefined && this.#isPublic(address);
    if (guarded && !isPublic) return blocked(address ?? origin);
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

  #lookup(guarded: boolean): LookupFunction {
    return (host, options, callback) => {
      this.#names.resolve(host).then(
        (addresses) => {
          const allowed = guarded ? addresses.filter(({ address }) => this.#isPublic(address)) : addresses;
          const [first] = allowed;
          if (!first) callback(blocked(named(host, addresses)), '');
          else if (options.all) callback(null, [...allowed]);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, ''),
      );
    };
  }

  #authorities(): string[] {
    const { ca } = this.#settings;
    return ca === undefined ? [...rootCertificates] : [...rootCertificates, ca];
  }
}

function blocked(what: string): ItemError {
  return new ItemError(
    'BLOCKED_ADDRESS',
    `${what} is not on the public network: it may only be reached where the list names it.`,
  );
}

function named(host: string, addresses: readonly Address[]): string {
  return `${host} (${addresses.map(({ address }) => address).join(', ')})`;
}

function originOf({ protocol, host, hostname, port }: buildConnector.Options): string {
  return `${protocol}//${host ?? (port ? `${hostname}:${port}` : hostname)}`;
}

function usesProxy(): boolean {
  const { env } = process;
  return Boolean(env.http_proxy ?? env.HTTP_PROXY ?? env.https_proxy ?? env.HTTPS_PROXY);
}

/** `SHOAL_DNS_SERVERS` names other name servers than the system's: `127.0.0.1:5353,9.9.9.9`. */
function nameServers(): string[] | undefined {
  const { SHOAL_DNS_SERVERS: servers } = process.env;
  return servers ? servers.split(',').map((server) => server.trim()) : undefined;
}
