interface Proxy {
  /** The environment's variable that names it. */
  readonly variable: string;
  readonly value: string;
}

/** The proxy for URLs of this kind, as undici reads the environment: that for `http:` serves `https:` too. */
function proxyFor(protocol: string): Proxy | undefined {
  const http = firstOf('http_proxy', 'HTTP_PROXY');
  return protocol === 'https:' ? (firstOf('https_proxy', 'HTTPS_PROXY') ?? http) : http;
}

/** One that is set counts although it is empty, which stands for none. */
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

/** What to call the proxy, without the password that its URL may have. */
export function proxyOrigin(protocol: string): string {
  return URL.parse(proxyFor(protocol)?.value ?? '')?.origin ?? 'the proxy';
}

/** What is wrong with the environment's proxies, as a sentence. */
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
