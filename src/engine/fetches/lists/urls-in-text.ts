import { looksLikeUrl } from './list-entry.ts';

/** A URL as it stands in Markdown, HTML or prose. */
const embedded = /https?:\/\/[^\s<>"'`\\]+/gi;

/** What ends a sentence, a link in Markdown or a list in JSON rather than the URL before it. */
const punctuation = /[.,;:!?*_|}\]]$/;

/** One URL of a line, with the name that stands behind it. */
export interface UrlInText {
  readonly url: string;
  readonly name?: string;
}

/**
 * The URLs of a line of text. A blank ends a URL (RFC 3986 knows none within); behind it may stand a remark (`# why`), a
 * name for the file, or another URL. A line that begins with something else may hold URLs as Markdown and HTML do.
 * @returns nothing if there is no URL.
 */
export function urlsInText(text: string): readonly UrlInText[] {
  if (!looksLikeUrl(text)) return embeddedUrls(text).map((url) => ({ url }));
  const blank = text.search(/\s/);
  if (blank < 0) return [{ url: text }];
  const [url, rest] = [text.slice(0, blank), text.slice(blank).trim()];
  if (rest === '' || rest.startsWith('#')) return [{ url }];
  if (looksLikeUrl(rest)) return [{ url }, ...urlsInText(rest)];
  const name = rest.replace(/\s#\s.*$/, '').trim();
  return [{ url, name }];
}

/** All URLs in a piece of Markdown, HTML or prose. */
export function embeddedUrls(text: string): string[] {
  const decode = text.includes('<') ? withoutEntities : (url: string) => url;
  return [...text.matchAll(embedded)].map(([match]) => decode(withoutPunctuation(match)));
}

function withoutPunctuation(url: string): string {
  let bare = url;
  for (;;) {
    // A bracket belongs to the URL only where it is opened in it.
    const isClosing = bare.endsWith(')') && count(bare, '(') < count(bare, ')');
    if (!isClosing && !punctuation.test(bare)) return bare;
    bare = bare.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Of HTML's entities a URL needs only the one for `&`. */
function withoutEntities(url: string): string {
  return url.replaceAll('&amp;', '&').replaceAll('&#38;', '&');
}
