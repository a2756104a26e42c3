interface Proxy {
  /** The environment variable that names it. */
  readonly variable: string;
  readonly value: string;
}

/** The proxy for URLs of this protocol, by undici's rules: the one for `http:` also serves `https:`. */
function proxyFor(protocol: string): Proxy | undefined {
  const http = firstOf('http_proxy', 'HTTP_PROXY');
  return protocol === 'https:' ? (firstOf('https_proxy', 'HTTPS_PROXY') ?? http) : http;
}

/** The first variable that is set. An empty one counts: it means no proxy. */
function firstOf(...variables: readonly string[]): Proxy | undefined {
  for (const variable of variables) {
    const value = process.env[variable];
    if (value === '') return undefined;
    if (value !== undefined) return { variable, value };
  }
  return undefined;
}

export function usesProxy(): boolean {
  return proxyFor('http:') !== undefined || proxyFor('https:') !== undefined;
}

/** The proxy's URL for messages, without the password that it may contain. */
export function proxyOrigin(protocol: string): string {
  return URL.parse(proxyFor(protocol)?.value ?? '')?.origin ?? 'the proxy';
}

/** The environment variable that names the proxy. */
export function proxyVariable(protocol: string): string {
  return proxyFor(protocol)?.variable ?? 'HTTP_PROXY';
}

/** What is wrong with the proxies in the environment, as a sentence; undefined if nothing is. */
export function proxyFault(): string | undefined {
  for (const protocol of ['http:', 'https:']) {
    const proxy = proxyFor(protocol);
    if (!proxy) continue;
    const url = URL.parse(proxy.value);
    if (url && /^https?:$/.test(url.protocol) && url.hostname !== '') continue;
    const got = proxy.value.includes('@') ? '' : `, got ${JSON.stringify(proxy.value)}`;
    return `Expected ${proxy.variable} in the environment to be a URL such as http://proxy:3128${got}.`;
  }
  return undefined;
}
