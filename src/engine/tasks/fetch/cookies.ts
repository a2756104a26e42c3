import { Cookie, CookieJar } from 'tough-cookie';

/** The cookies of a file in the Netscape format, and those that servers set on the way. */
export class Cookies {
  readonly #jar = new CookieJar(undefined, { looseMode: true });

  /** @param text the file's text: seven columns a line, divided by tabs. */
  constructor(text: string) {
    for (const line of text.split(/\r?\n/)) {
      const cookie = parseLine(line);
      if (!cookie) continue;
      const { domain, path, secure } = cookie;
      const url = `${secure ? 'https' : 'http'}://${domain}${path}`;
      this.#jar.setCookieSync(cookie, url, { ignoreError: true });
    }
  }

  /** The `Cookie` header for a URL. */
  for(url: URL): string | undefined {
    return this.#jar.getCookieStringSync(url.href) || undefined;
  }

  /** Takes the `Set-Cookie` headers of an answer. */
  take(url: URL, cookies: readonly string[]): void {
    for (const cookie of cookies) {
      this.#jar.setCookieSync(cookie, url.href, { ignoreError: true });
    }
  }
}

function parseLine(line: string): Cookie | undefined {
  // curl writes cookies that scripts may not read with this in front; other lines with # are comments.
  const httpOnly = line.startsWith('#HttpOnly_');
  if (line.startsWith('#') && !httpOnly) return undefined;
  const [domain = '', subdomains, path = '/', secure, expires, key = '', value] = line
    .replace(/^#HttpOnly_/, '')
    .split('\t');
  if (domain === '' || value === undefined) return undefined;
  const seconds = Number(expires);
  return new Cookie({
    key,
    value,
    domain: domain.replace(/^\./, ''),
    hostOnly: subdomains?.toUpperCase() !== 'TRUE',
    path,
    secure: secure?.toUpperCase() === 'TRUE',
    httpOnly,
    // 0 means until the browser is closed.
    expires: seconds > 0 ? new Date(seconds * 1_000) : 'Infinity',
  });
}
