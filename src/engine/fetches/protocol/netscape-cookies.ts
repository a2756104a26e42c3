/** A cookie from a line of a Netscape cookie file. */
interface ListedCookie {
  readonly key: string;
  readonly value: string;
  readonly domain: string;
  /** Whether it is for this host only, not for its subdomains. */
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly expires: Date | 'Infinity';
}

/** The result of reading a line: a cookie, nothing (a comment or empty line), or why the line cannot be used. */
export type CookieLine =
  | { readonly kind: 'cookie'; readonly cookie: ListedCookie }
  | { readonly kind: 'none' }
  | { readonly kind: 'bad'; readonly reason: string };

const none: CookieLine = { kind: 'none' };
const httpOnlyMark = '#HttpOnly_';

export function cookieLinesOf(text: string): string[] {
  return text.replace(/^\ufeff/, '').split(/\r?\n/);
}

/** Reads a line: seven columns, divided by tabs. Editors may have removed an empty last column. */
export function parseCookieLine(line: string): CookieLine {
  // curl puts this mark before cookies that scripts may not read; other lines that begin with # are comments.
  const httpOnly = line.startsWith(httpOnlyMark);
  if (line.trim() === '' || (line.startsWith('#') && !httpOnly)) return none;
  const columns = (httpOnly ? line.slice(httpOnlyMark.length) : line).split('\t');
  const [domain = '', subdomains = '', path = '', secure = '', expires = '', key = '', value = ''] = columns;
  if (columns.length < 6) return bad('it has no seven columns, divided by tabs');
  const host = hostOf(domain.replace(/^\./, ''));
  if (host === undefined) return bad('its domain is none');
  if (!path.startsWith('/')) return bad('its path is none');
  const seconds = Number(expires);
  if (Number.isNaN(seconds)) return bad('the time that it expires at is no number');
  if (!isSendable(key) || !isSendable(value)) return bad('no request can carry its name and value');
  if (key === '' && value === '') return bad('it has no name');
  const until = new Date(seconds * 1_000);
  return {
    kind: 'cookie',
    cookie: {
      key,
      value,
      domain: host,
      hostOnly: subdomains.toUpperCase() !== 'TRUE',
      path,
      secure: secure.toUpperCase() === 'TRUE',
      httpOnly,
      // 0 means until the browser is closed. A date beyond the calendar is later than any run.
      expires: seconds > 0 && !Number.isNaN(until.getTime()) ? until : 'Infinity',
    },
  };
}

/** Whether a header can contain the text: one line of Latin-1. */
export function isSendable(text: string): boolean {
  return /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(text);
}

function bad(reason: string): CookieLine {
  return { kind: 'bad', reason };
}

/** The domain in the form that URLs have; `undefined` if it is invalid. */
function hostOf(domain: string): string | undefined {
  if (/[/?#@:\\]/.test(domain.replace(/^\[[^\]]*\]$/, ''))) return undefined;
  const host = URL.parse(`http://${domain}/`)?.hostname;
  return host !== undefined && /^([a-z0-9._-]+|\[[0-9a-f:.]+\])$/.test(host) ? host : undefined;
}
