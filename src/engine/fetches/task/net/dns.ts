import { lookup, Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { bareHost } from './host-name.ts';
import { Turnstile } from './turnstile.ts';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

export interface NameCacheOptions {
  /** Name servers to ask instead of the system's. */
  readonly servers?: readonly string[] | undefined;
  /** Resolves by the system's own means (NSS, mDNS), for names that no name server knows. */
  readonly systemLookup?: (host: string) => Promise<Address[]>;
  readonly hostsFile?: string;
  readonly now?: () => number;
}

/** Bounds for a TTL, in milliseconds: 0 would mean a query for every connection, days would outlive a move. */
const minLifeMs = 1_000;
const maxLifeMs = 3_600_000;
/** How long a name that does not exist, or that only the system knows, is remembered, in milliseconds. */
const missingLifeMs = 5_000;
const systemLifeMs = 60_000;
const maxNames = 20_000;
/** How many of libuv's few threads the system's resolver may use at once. */
const maxSystemLookups = 2;

const defaultHostsFile =
  process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts';

interface Answer {
  readonly addresses: Address[];
  /** How long the answer is valid, in milliseconds. */
  readonly life: number;
}

interface Remembered {
  until: number;
  readonly addresses: Promise<Address[]>;
}

/**
 * Resolves host names without libuv's threads: `dns.lookup` would take one of them for each name, from the few that
 * read files and decode images. It asks name servers through c-ares, keeps answers for their TTL, asks only once for a
 * name however many callers wait, and uses the system's resolver only for names that no name server knows.
 */
export class NameCache {
  readonly #resolver = new Resolver({ timeout: 2_000, tries: 3 });
  readonly #systemLookup: (host: string) => Promise<Address[]>;
  readonly #hostsFile: string;
  readonly #now: () => number;
  readonly #names = new Map<string, Remembered>();
  readonly #system = new Turnstile(maxSystemLookups);
  #hosts: Map<string, Address[]> | undefined;

  constructor(options: NameCacheOptions = {}) {
    if (options.servers) this.#resolver.setServers(options.servers);
    this.#systemLookup = options.systemLookup ?? systemLookup;
    this.#hostsFile = options.hostsFile ?? defaultHostsFile;
    this.#now = options.now ?? (() => performance.now());
  }

  /** @throws an error with Node's codes: ENOTFOUND, ESERVFAIL, ETIMEOUT … */
  resolve(host: string): Promise<Address[]> {
    const name = bareHost(host.toLowerCase());
    const known = this.#names.get(name);
    if (known && known.until > this.#now()) return known.addresses;
    const asked = this.#ask(name);
    const remembered: Remembered = {
      until: Number.POSITIVE_INFINITY,
      addresses: asked.then(({ addresses }) => addresses),
    };
    this.#remember(name, remembered);
    asked.then(
      ({ life }) => {
        remembered.until = this.#now() + life;
      },
      (error: NodeJS.ErrnoException) => {
        remembered.until = error.code === 'ENOTFOUND' ? this.#now() + missingLifeMs : 0;
      },
    );
    return remembered.addresses;
  }

  #remember(name: string, remembered: Remembered): void {
    // Deleted first, so that the oldest entries come first: a Map keeps the order of insertion.
    this.#names.delete(name);
    this.#names.set(name, remembered);
    if (this.#names.size <= maxNames) return;
    const [oldest] = this.#names.keys();
    if (oldest !== undefined) this.#names.delete(oldest);
  }

  async #ask(name: string): Promise<Answer> {
    if (name === 'localhost' || name.endsWith('.localhost')) return { addresses: loopback, life: maxLifeMs };
    this.#hosts ??= readHosts(this.#hostsFile);
    const own = this.#hosts.get(name);
    if (own) return { addresses: own, life: systemLifeMs };
    const answers = await Promise.allSettled([
      this.#resolver.resolve4(name, { ttl: true }),
      this.#resolver.resolve6(name, { ttl: true }),
    ]);
    const records = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (records.length > 0) {
      const ttl = Math.min(...records.map((record) => record.ttl)) * 1_000;
      return {
        addresses: records.map(({ address }) => ({ address, family: isIP(address) === 6 ? 6 : 4 })),
        life: Math.min(maxLifeMs, Math.max(minLifeMs, ttl)),
      };
    }
    return this.#askSystem(name, answers);
  }

  async #askSystem(name: string, answers: PromiseSettledResult<unknown>[]): Promise<Answer> {
    try {
      const addresses = await this.#system.pass(() => this.#systemLookup(name));
      return { addresses, life: systemLifeMs };
    } catch (systemError) {
      // After a server's failure it is open whether the name exists; NXDOMAIN is an answer.
      const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
      const trouble = reasons.find(({ code }) => code !== 'ENOTFOUND' && code !== 'ENODATA');
      throw trouble ?? reasons[0] ?? systemError;
    }
  }
}

const loopback: Address[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

async function systemLookup(host: string): Promise<Address[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** Reads the hosts file, which takes precedence over name servers, as in every other program. */
function readHosts(path: string): Map<string, Address[]> {
  const hosts = new Map<string, Address[]>();
  for (const line of textOf(path).split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names) {
      const addresses = hosts.get(name.toLowerCase()) ?? [];
      addresses.push({ address, family: family === 6 ? 6 : 4 });
      hosts.set(name.toLowerCase(), addresses);
    }
  }
  return hosts;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
