/** What stands for a value that is not told. */
const mark = '***';

/** Hides a user name and password in an item, which is a URL, was meant to be one, or has one in its midst. */
export function withoutCredentials(text: string): string {
  if (!text.includes('@')) return text;
  return withoutCredentialsIn(text.replace(/^([a-z][a-z0-9+.-]*:\/*)[^/?#\\]*@/i, '$1'));
}

/** No scheme has more than 32 letters; without a bound a long line of letters would take hours. */
function withoutCredentialsIn(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]{0,31}:\/\/)[^/?#\\\s"']*@/gi, '$1');
}

/**
 * An item, which is a URL or was meant to be one, without the values of its query and without its fragment: either may
 * be a key to what it names. A parameter without a value may be nothing but a key, and is hidden as one.
 */
export function withoutQuery(text: string): string {
  const isUrl = text.includes('://');
  const begin = text.search(isUrl ? /[?#]/ : /\?/);
  if (begin === -1) return text;
  const [asked = ''] = text.slice(begin).split('#', 1);
  return text.slice(0, begin) + asked.replace(/[^?&;][^&;]*/g, withoutValue);
}

function withoutValue(parameter: string): string {
  // The equals signs at the end of a bare key only fill it up.
  const [, name] = /^([^=]*)=+[^=]/.exec(parameter) ?? [];
  return name === undefined ? mark : `${name}=${mark}`;
}

/** Whether a URL is one whose query `withoutQuery` has hidden: nobody can ask for it any more. */
export function queryIsHidden(url: string): boolean {
  return /[?&;](?:[^&;=#]*=)?\*\*\*(?:[&;]|$)/.test(url);
}

export interface Secrets {
  /** Whether the values of queries are among them; passwords always are. */
  readonly query: boolean;
  /** Items that the text may quote, as they are, as JSON, or their first 200 characters. */
  readonly known?: readonly string[];
}

/** A sentence without what is secret in the URLs in it. */
export function withoutSecretsIn(sentence: string, { query, known = [] }: Secrets): string {
  let told = sentence;
  for (const item of known) {
    const hidden = hideIn(item, query);
    if (hidden === item) continue;
    for (const form of [asJson(item), item, asJson(item.slice(0, 200))]) {
      if (told.includes(form)) told = told.replaceAll(form, () => hideIn(form, query));
    }
  }
  // A server may redirect to what names no scheme; within a path two slashes are nothing but that.
  if (told.includes('@'))
    told = withoutCredentialsIn(told).replace(/(?<=^|[\s"'(])\/\/[^/?#\\\s"']*@/g, '//');
  // In a sentence a URL ends with its word: spaces and quotation marks are encoded in those that we write.
  return query ? told.replace(/[^\s"]+/g, withoutQueryOfWord) : told;
}

function hideIn(item: string, query: boolean): string {
  return query ? withoutQuery(withoutCredentials(item)) : withoutCredentials(item);
}

function asJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const marksBehind = new Set(".,:;!?)]}'…");

/** Without what stands behind the URL, which is the sentence's. */
function withoutQueryOfWord(word: string): string {
  const query = word.indexOf('?');
  if (!word.includes('://') && (query === -1 || !word.includes('=', query))) return word;
  let end = word.length;
  while (marksBehind.has(word.charAt(end - 1))) end -= 1;
  return withoutQuery(word.slice(0, end)) + word.slice(end);
}
