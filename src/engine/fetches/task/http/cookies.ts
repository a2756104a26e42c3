import { Cookie, CookieJar } from 'tough-cookie';
import { cookieLinesOf, isSendable, parseCookieLine } from '../../protocol/netscape-cookies.ts';

/** The cookies of a file in the Netscape format, and those that servers set on the way. No cookie fails a request. */
export class Cookies {
  readonly #jar = new CookieJar(undefined, { looseMode: true });

  /** @param text the file's text; lines that cannot be used are left out. */
  constructor(text: string) {
    for (const line of cookieLinesOf(text)) {
      const parsed = parseCookieLine(line);
      if (parsed.kind !== 'cookie') continue;
      const { domain, path, secure } = parsed.cookie;
      this.#set(new Cookie(parsed.cookie), `${secure ? 'https' : 'http'}://${domain}${path}`);
    }
  }

  /** The `Cookie` header for a URL. */
  for(url: URL): string | undefined {
    // Servers may have set what no request can carry.
    const cookies = this.#matching(url).filter((cookie) => cookie !== '' && isSendable(cookie));
    return cookies.length > 0 ? cookies.join('; ') : undefined;
  }

  /** Takes the `Set-Cookie` headers of an answer. */
  take(url: URL, cookies: readonly string[]): void {
    for (const cookie of cookies) this.#set(cookie, url.href);
  }

  #matching(url: URL): string[] {
    try {
      return this.#jar.getCookiesSync(url.href).map((cookie) => cookie.cookieString());
    } catch {
      // The jar refuses hosts that are nobody's, such as `local`: they have no cookies.
      return [];
    }
  }

  #set(cookie: Cookie | string, url: string): void {
    try {
      this.#jar.setCookieSync(cookie, url, { ignoreError: true });
    } catch {
      // Not every error is ignored on demand.
    }
  }
}
