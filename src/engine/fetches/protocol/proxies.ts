import { BlockList, isIP } from 'node:net';
import { HostRules, type HostRulesTable } from './host-rules.ts';

interface Proxy {
  /** What names it: an environment variable, or the flag. */
  readonly variable: string;
  readonly value: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The schemes of proxies that are spoken to. */
const schemes = /^(https?|socks5?):$/;

/**
 * Which proxy a request goes by: the one that was given, or those of the environment. The one for `http:` also serves
 * `https:`, as undici has it; `NO_PROXY` names hosts that are asked directly, whatever names the proxy.
 */
export class Proxies {
  readonly #http: Proxy | undefined;
  readonly #https: Proxy | undefined;
  readonly #isExempt: (url: URL) => boolean;

  /** @param given the URL of a proxy for all requests. */
  constructor(given?: string | undefined, environment: Environment = process.env) {
    const all = given === undefined ? undefined : { variable: 'the proxy', value: given };
    this.#http = all ?? firstOf(environment, 'http_proxy', 'HTTP_PROXY');
    this.#https = all ?? firstOf(environment, 'https_proxy', 'HTTPS_PROXY') ?? this.#http;
    this.#isExempt = exemption(environment.no_proxy ?? environment.NO_PROXY ?? '');
  }

  /** Whether there are any. */
  get any(): boolean {
    return this.#http !== undefined || this.#https !== undefined;
  }

  /** The proxies' URLs, with their passwords. */
  get urls(): { readonly http: string | undefined; readonly https: string | undefined } {
    return { http: this.#http?.value, https: this.#https?.value };
  }

  get speakSocks(): boolean {
    return [this.#http, this.#https].some((proxy) => proxy?.value.startsWith('socks'));
  }

  /** Whether a request goes by a proxy. */
  serve(url: URL): boolean {
    return this.#for(url.protocol) !== undefined && !this.#isExempt(url);
  }

  /** The proxy's URL for messages, without the password that it may contain. */
  originFor(protocol: string): string {
    const url = URL.parse(this.#for(protocol)?.value ?? '');
    // URLs of other schemes than the web's have no origin.
    return url ? `${url.protocol}//${url.host}` : 'the proxy';
  }

  /** What names the proxy. */
  variableFor(protocol: string): string {
    return this.#for(protocol)?.variable ?? 'HTTP_PROXY';
  }

  /** What is wrong with the proxies, as a sentence; undefined if nothing is. */
  fault(): string | undefined {
    for (const proxy of [this.#http, this.#https]) {
      if (!proxy) continue;
      const url = URL.parse(proxy.value);
      if (url && schemes.test(url.protocol) && url.hostname !== '') continue;
      const got = proxy.value.includes('@') ? '' : `, got ${JSON.stringify(proxy.value)}`;
      const where = proxy.variable === 'the proxy' ? '' : ' in the environment';
      return `Expected ${proxy.variable}${where} to be a URL such as http://proxy:3128 or socks5://proxy:1080${got}.`;
    }
    return undefined;
  }

  #for(protocol: string): Proxy | undefined {
    return protocol === 'https:' ? this.#https : this.#http;
  }
}

/** The proxies of a run, where hosts may have one of their own. */
export class ProxiesOfHosts {
  readonly #usual: Proxies;
  readonly #rules: HostRules;
  /** By the proxy's URL. */
  readonly #own = new Map<string, Proxies>();
  readonly any: boolean;

  constructor(given?: string | undefined, hosts: HostRulesTable = {}) {
    this.#usual = new Proxies(given);
    this.#rules = new HostRules(hosts);
    this.any = this.#usual.any || Object.values(hosts).some(({ proxy }) => proxy);
  }

  /** Those that serve a request; undefined if it goes directly. */
  for(url: URL): Proxies | undefined {
    const { proxy } = this.#rules.for(url.host);
    if (proxy === undefined) return this.#usual.serve(url) ? this.#usual : undefined;
    if (proxy === '') return undefined;
    let own = this.#own.get(proxy);
    if (!own) {
      // A proxy that is told for a host serves it, whatever `NO_PROXY` says.
      own = new Proxies(proxy, {});
      this.#own.set(proxy, own);
    }
    return own;
  }
}

/** The first variable that is set. An empty one counts: it means no proxy. */
function firstOf(environment: Environment, ...variables: readonly string[]): Proxy | undefined {
  for (const variable of variables) {
    const value = environment[variable];
    if (value === '') return undefined;
    if (value !== undefined) return { variable, value };
  }
  return undefined;
}

/**
 * What `NO_PROXY` exempts: names divided by commas or blanks, each with the hosts below it (as curl and wget have it), with
 * a port if one is given; addresses, and ranges of them (`10.0.0.0/8`, `fd00::/8`); `*` for all.
 */
function exemption(list: string): (url: URL) => boolean {
  const rules = list.split(/[\s,]+/).flatMap((entry) => (entry === '' ? [] : [ruleOf(entry.toLowerCase())]));
  return rules.length === 0 ? () => false : (url) => rules.some((matches) => matches(url));
}

function ruleOf(entry: string): (url: URL) => boolean {
  if (entry === '*') return () => true;
  if (entry.includes('/')) return rangeRule(entry);
  const [, bracketed, named, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  // An IPv6 address without brackets has no port.
  const host = bracketed ?? named ?? entry;
  const isPort = (url: URL) => port === undefined || port === portOf(url);
  if (isIP(host) !== 0) {
    const isAddress = rangeRule(`${host}/${isIP(host) === 4 ? 32 : 128}`);
    return (url) => isAddress(url) && isPort(url);
  }
  const name = host.replace(/^\*?\.|\.$/g, '');
  return (url) => {
    const asked = url.hostname.toLowerCase().replace(/\.$/, '');
    return (asked === name || asked.endsWith(`.${name}`)) && isPort(url);
  };
}

/** Of addresses in a range, also where IPv6 writes an address of IPv4. */
function rangeRule(range: string): (url: URL) => boolean {
  const [network = '', bits] = range.split('/');
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(bits), isIP(network) === 4 ? 'ipv4' : 'ipv6');
  } catch {
    return () => false;
  }
  return ({ hostname }) => {
    const bare = hostname.replace(/^\[|\]$/g, '');
    const version = isIP(bare);
    return version !== 0 && list.check(bare, version === 4 ? 'ipv4' : 'ipv6');
  };
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}
