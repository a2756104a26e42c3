import { Cookie, CookieJar } from 'tough-cookie';
import { cookieLinesOf, isSendable, parseCookieLine } from '../../protocol/netscape-cookies.ts';

/**
 * The cookies of a Netscape cookie file, and those that servers set during the run. A bad cookie never fails a request.
 */
export class Cookies {
  readonly #jar = new CookieJar(undefined, { looseMode: true });

  /** @param text the file's text; unusable lines are left out. */
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
    // Servers may have set cookies that no request can contain.
    const cookies = this.#matching(url).filter((cookie) => cookie !== '' && isSendable(cookie));
    return cookies.length > 0 ? cookies.join('; ') : undefined;
  }

  /** Stores the cookies of an answer's `Set-Cookie` headers. */
  take(url: URL, cookies: readonly string[]): void {
    for (const cookie of cookies) this.#set(cookie, url.href);
  }

  #matching(url: URL): string[] {
    try {
      return this.#jar.getCookiesSync(url.href).map((cookie) => cookie.cookieString());
    } catch {
      // The jar rejects special host names such as `local`: they have no cookies.
      return [];
    }
  }

  #set(cookie: Cookie | string, url: string): void {
    try {
      this.#jar.setCookieSync(cookie, url, { ignoreError: true });
    } catch {
      // The jar throws some errors even though it is told to ignore them.
    }
  }
}
