import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { remember } from '../../protocol/remember.ts';
import type { Address } from './address.ts';
import { bareHost } from './host-name.ts';
import * as system from './system-names.ts';
import { Turnstile } from './turnstile.ts';

export interface NameCacheOptions {
  /** Name servers to ask instead of the system's. */
  readonly servers?: readonly string[] | undefined;
  /** Resolves by the system's own means (NSS, mDNS), for names that no name server knows. */
  readonly systemLookup?: (host: string) => Promise<Address[]>;
  readonly hostsFile?: string;
  /** The file that says where the system looks for names. */
  readonly switchFile?: string;
  readonly now?: () => number;
}

/** Bounds for a TTL, in milliseconds: 0 would mean a query for every connection, days would outlive a move. */
const minLifeMs = 1_000;
const maxLifeMs = 3_600_000;
/** How long a name that does not exist, or that only the system knows, is remembered, in milliseconds. */
const missingLifeMs = 5_000;
const systemLifeMs = 60_000;
/**
 * How long a name server's failure is remembered, in milliseconds: longer than the time after which an item that waits for
 * the name comes back, shorter than that of its last tries.
 */
const failureLifeMs = 2_000;
/** How long to wait for name servers, in milliseconds: a question may get lost, so a second one follows. */
const firstWaitMs = 2_500;
const secondWaitMs = 5_000;
/** How much longer to wait for the addresses of one family when those of the other are there, in milliseconds. */
const otherFamilyMs = 250;
/** How many names may be asked for at once, for the sake of small name servers. */
const maxLookups = 256;
/** The longest wait for one of these places, and for the system's resolver, in milliseconds. */
const longestQueueMs = 20_000;
const systemWaitMs = 5_000;
const maxNames = 20_000;
/** How many of libuv's few threads the system's resolver may use at once. */
const maxSystemLookups = 2;

interface Answer {
  readonly addresses: Address[];
  /** How long the answer is valid, in milliseconds. */
  readonly life: number;
}

interface Remembered {
  until: number;
  /** Whether the name has been found. */
  found: boolean;
  readonly addresses: Promise<Address[]>;
}

/**
 * Resolves host names without libuv's threads: `dns.lookup` would take one of them for each name, from the few that
 * read files and decode images. It asks name servers through c-ares, keeps answers for their TTL, asks only once for a
 * name however many callers wait, and uses the system's resolver only for names that no name server knows.
 */
export class NameCache {
  /** One try each: c-ares would ask again after a server has answered that it failed. */
  readonly #resolvers = [firstWaitMs, secondWaitMs].map((timeout) => new Resolver({ timeout, tries: 1 }));
  readonly #systemLookup: (host: string) => Promise<Address[]>;
  readonly #hostsFile: string;
  readonly #now: () => number;
  readonly #names = new Map<string, Remembered>();
  readonly #lookups = new Turnstile(maxLookups);
  readonly #system = new Turnstile(maxSystemLookups);
  readonly #switchFile: string;
  #hasOtherSources: boolean | undefined;
  #hosts: Map<string, Address[]> | undefined;

  constructor(options: NameCacheOptions = {}) {
    if (options.servers) for (const resolver of this.#resolvers) resolver.setServers(options.servers);
    this.#systemLookup = options.systemLookup ?? system.systemLookup;
    this.#hostsFile = options.hostsFile ?? system.hostsFile;
    this.#switchFile = options.switchFile ?? system.switchFile;
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
      found: known?.found ?? false,
      addresses: asked.then(({ addresses }) => addresses),
    };
    remember(this.#names, name, remembered, maxNames);
    asked.then(
      ({ life }) => {
        remembered.until = this.#now() + life;
        remembered.found = true;
      },
      (error: NodeJS.ErrnoException) => {
        remembered.until = this.#now() + (isMissing(error) ? missingLifeMs : failureLifeMs);
        remembered.found = false;
      },
    );
    return remembered.addresses;
  }

  /** Whether the name has been found already, even if it must be asked for again. */
  hasFound(host: string): boolean {
    return this.#names.get(bareHost(host.toLowerCase()))?.found ?? false;
  }

  async #ask(name: string): Promise<Answer> {
    if (name === 'localhost' || name.endsWith('.localhost')) return { addresses: loopback, life: maxLifeMs };
    this.#hosts ??= system.readHosts(this.#hostsFile);
    const own = this.#hosts.get(name);
    if (own) return { addresses: own, life: systemLifeMs };
    const answer = await this.#lookups.pass(() => this.#askServers(name), longestQueueMs);
    if (!answer) throw timedOut(name);
    return 'life' in answer ? answer : this.#askSystem(name, answer.trouble);
  }

  /** @returns the name's addresses, or why there are none. */
  async #askServers(name: string): Promise<Answer | { readonly trouble: NodeJS.ErrnoException }> {
    let trouble: NodeJS.ErrnoException = timedOut(name);
    for (const resolver of this.#resolvers) {
      const answers = await settledSoon([
        resolver.resolve4(name, { ttl: true }),
        resolver.resolve6(name, { ttl: true }),
      ]);
      const records = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      if (records.length > 0) {
        const ttl = Math.min(...records.map((record) => record.ttl)) * 1_000;
        return {
          addresses: records.map(({ address }) => ({ address, family: isIP(address) === 6 ? 6 : 4 })),
          life: Math.min(maxLifeMs, Math.max(minLifeMs, ttl)),
        };
      }
      // After a server's failure it is open whether the name exists; NXDOMAIN is an answer.
      const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
      trouble = reasons.find((reason) => !isMissing(reason)) ?? reasons[0] ?? trouble;
      if (trouble.code !== 'ETIMEOUT') break;
    }
    return { trouble };
  }

  /**
   * The system's resolver would ask the same servers once more, two names at a time, so that dead names would hold up each
   * other: it gets only what it may know better.
   */
  async #askSystem(name: string, trouble: NodeJS.ErrnoException): Promise<Answer> {
    this.#hasOtherSources ??= system.hasOtherSources(this.#switchFile);
    if (!system.isLocal(name) && !(isMissing(trouble) && this.#hasOtherSources)) throw trouble;
    const looking = this.#system.pass(() => this.#systemLookup(name), systemWaitMs).catch(() => undefined);
    const addresses = await Promise.race([looking, delay(systemWaitMs, undefined, { ref: false })]);
    if (!addresses) throw trouble;
    return { addresses, life: systemLifeMs };
  }
}

function isMissing({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOTFOUND' || code === 'ENODATA';
}

function timedOut(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`No answer about ${name}`), { code: 'ETIMEOUT' });
}

/** All answers, or those that are there a moment after the first good one. */
async function settledSoon<Value>(
  asked: readonly Promise<Value[]>[],
): Promise<PromiseSettledResult<Value[]>[]> {
  const settled: PromiseSettledResult<Value[]>[] = [];
  const each = asked.map((asking) =>
    asking.then(
      (value) => settled.push({ status: 'fulfilled', value }),
      (reason) => settled.push({ status: 'rejected', reason }),
    ),
  );
  const good = Promise.any(asked).then(
    () => delay(otherFamilyMs, undefined, { ref: false }),
    () => Promise.all(each),
  );
  await Promise.race([Promise.all(each), good]);
  return settled;
}

const loopback: Address[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];
