/** The replacement for a hidden value. */
const mark = '***';

/** Hides user names and passwords in an item that is a URL, was meant to be one, or contains one. */
export function withoutCredentials(text: string): string {
  if (!text.includes('@')) return text;
  return withoutCredentialsIn(text.replace(/^([^/?#\\\s:@]+:\/*)[^/?#\\]*@/, '$1'));
}

/** No scheme has more than 32 letters. Without a bound, a long line of letters would take hours to match. */
function withoutCredentialsIn(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]{0,31}:\/\/)[^/?#\\\s"']*@/gi, '$1');
}

/**
 * An item that is a URL, or was meant to be one, with the values of its query hidden and without its fragment: either
 * may be a key to the file. A parameter without a value may itself be the key, and is hidden as a whole.
 */
export function withoutQuery(text: string): string {
  const isUrl = text.includes('://');
  const begin = text.search(isUrl ? /[?#]/ : /\?/);
  if (begin === -1) return text;
  const [asked = ''] = text.slice(begin).split('#', 1);
  return text.slice(0, begin) + asked.replace(/[^?&;][^&;]*/g, withoutValue);
}

function withoutValue(parameter: string): string {
  // Equals signs at the end of a bare key are only padding, as in base64.
  const [, name] = /^([^=]*)=+[^=]/.exec(parameter) ?? [];
  return name === undefined ? mark : `${name}=${mark}`;
}

/** The address of a server as it may be told and kept: its password may stand in the query as well. */
export function addressWithoutSecrets(address: string): string {
  return withoutQuery(withoutCredentials(address));
}

/** Whether `withoutQuery` has hidden this URL's query: such a URL can no longer be fetched. */
export function queryIsHidden(url: string): boolean {
  return /[?&;](?:[^&;=#]*=)?\*\*\*(?:[&;]|$)/.test(url);
}

export interface Secrets {
  /** Whether to hide the values of queries as well; passwords are always hidden. */
  readonly query: boolean;
  /** Items that the text may quote: unchanged, as JSON, or cut to their first 200 characters. */
  readonly known?: readonly string[];
}

/** A sentence with the secrets in its URLs hidden. */
export function withoutSecretsIn(sentence: string, { query, known = [] }: Secrets): string {
  let told = sentence;
  for (const item of known) {
    const hidden = hideIn(item, query);
    if (hidden === item) continue;
    for (const form of [asJson(item), item, asJson(item.slice(0, 200))]) {
      if (told.includes(form)) told = told.replaceAll(form, () => hideIn(form, query));
    }
  }
  // A server may redirect to a URL without a scheme; two slashes within a path do not start one.
  if (told.includes('@'))
    told = withoutCredentialsIn(told).replace(/(?<=^|[\s"'(])\/\/[^/?#\\\s"']*@/g, '//');
  // In a sentence a URL ends at a space or quotation mark: URLs that Shoal writes have those encoded.
  return query ? told.replace(/[^\s"]+/g, withoutQueryOfWord) : told;
}

function hideIn(item: string, query: boolean): string {
  return query ? withoutQuery(withoutCredentials(item)) : withoutCredentials(item);
}

function asJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const marksBehind = new Set(".,:;!?)]}'…");

/** Hides the query of a word, leaving the punctuation after the URL to the sentence. */
function withoutQueryOfWord(word: string): string {
  const query = word.indexOf('?');
  if (!word.includes('://') && (query === -1 || !word.includes('=', query))) return word;
  let end = word.length;
  while (marksBehind.has(word.charAt(end - 1))) end -= 1;
  return withoutQuery(word.slice(0, end)) + word.slice(end);
}
