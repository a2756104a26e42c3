import { looksLikeUrl } from './list-entry.ts';

/** A URL as it stands in Markdown, HTML or prose. */
const embedded = /https?:\/\/[^\s<>"'`\\]+/gi;

/** What ends a sentence, a link in Markdown or a list in JSON rather than the URL before it. */
const punctuation = /[.,;:!?*_|}\]]/;

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
  const words = text.split(/\s+/);
  const beyond = words.findIndex((word) => !looksLikeUrl(word));
  const urls = (beyond < 0 ? words : words.slice(0, beyond)).map((url): UrlInText => ({ url }));
  const behind = beyond < 0 ? [] : words.slice(beyond);
  const remark = behind.findIndex((word) => word.startsWith('#'));
  const name = (remark < 0 ? behind : behind.slice(0, remark)).join(' ');
  const last = urls.at(-1);
  return last && name !== '' ? [...urls.slice(0, -1), { ...last, name }] : urls;
}

/** All URLs in a piece of Markdown, HTML or prose. */
export function embeddedUrls(text: string): string[] {
  const decode = text.includes('<') ? withoutEntities : (url: string) => url;
  return [...text.matchAll(embedded)].map(([match]) => decode(withoutPunctuation(match)));
}

function withoutPunctuation(url: string): string {
  let end = url.length;
  // A bracket belongs to the URL only where it is opened in it.
  let unopened = count(url, ')') - count(url, '(');
  for (; end > 0; end -= 1) {
    const last = url[end - 1] ?? '';
    if (last === ')' && unopened > 0) unopened -= 1;
    else if (!punctuation.test(last)) break;
  }
  return url.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Of HTML's entities a URL needs only the one for `&`. */
function withoutEntities(url: string): string {
  return url.replaceAll('&amp;', '&').replaceAll('&#38;', '&');
}
