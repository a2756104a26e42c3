import type { IncomingHttpHeaders } from 'node:http';
import type { Head } from '../../../protocol/exchange.ts';
import { AttemptError } from '../../../protocol/fetch-errors.ts';

const statusLine = /^HTTP\/1\.([01]) ([1-9]\d{2})(?: |\r|$)/;
const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** A line end by itself (RFC 9112, 2.2), or a line that goes on with the one before (5.2). */
const unusualLineEnd = /[^\r]\n|\n[ \t]/;
/** Lines without forbidden characters: controls, or a CR by itself (RFC 9112, 2.2; RFC 9110, 5.5). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
export const proper = /^[^\u0000-\u0008\u000a-\u001f\u007f]*(?:\r\n[^\u0000-\u0008\u000a-\u001f\u007f]*)*$/;

/** How the end of a body is found (RFC 9112, 6.3). */
type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

export interface ParsedHead extends Head {
  readonly framing: Framing;
  /** Whether the connection can be reused once the body is complete. */
  readonly persistent: boolean;
}

/**
 * Reads a status line and headers, without the empty line at their end. As liberal as RFC 9112 allows a user agent to be:
 * what servers send is read wherever only one meaning is possible.
 * @throws AttemptError `BAD_RESPONSE`.
 */
export function parseHead(raw: string, url: string): ParsedHead {
  const text = unusualLineEnd.test(raw) ? withUsualLineEnds(raw) : raw;
  const [, minor, digits] = statusLine.exec(text) ?? [];
  if (digits === undefined || !proper.test(text)) throw notHttp(url, 'its first lines make no sense');
  const status = Number(digits);
  if (status < 200 && minor === '0') throw notHttp(url, 'HTTP/1.0 announces no answers');
  const headers = headersOf(text, url);
  const { framing, isPlain } = framingOf(status, headers, url);
  const connection = tokensOf(headers.connection);
  const wishes = minor === '1' ? !connection.includes('close') : connection.includes('keep-alive');
  return { status, headers, framing, persistent: wishes && isPlain && framing.kind !== 'until-close' };
}

function withUsualLineEnds(text: string): string {
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const isFolded = line.startsWith(' ') || line.startsWith('\t');
    if (isFolded && lines.length > 0) lines.push(`${lines.pop()} ${trimmed(line, 0, line.length)}`);
    else lines.push(line);
  }
  return lines.join('\r\n');
}

function headersOf(text: string, url: string): IncomingHttpHeaders {
  const headers: Record<string, string> = Object.create(null);
  const cookies: string[] = [];
  let at = text.indexOf('\r\n');
  while (at !== -1) {
    const from = at + 2;
    at = text.indexOf('\r\n', from);
    const colon = text.indexOf(':', from);
    const end = at === -1 ? text.length : at;
    const name = text.slice(from, colon).toLowerCase();
    if (colon === -1 || colon > end || !token.test(name)) throw notHttp(url, 'a header has no name');
    const value = trimmed(text, colon + 1, end);
    if (name === 'set-cookie') {
      cookies.push(value);
      continue;
    }
    const before = headers[name];
    headers[name] = before === undefined ? value : joined(name, before, value);
  }
  return cookies.length === 0 ? headers : Object.assign(headers, { 'set-cookie': cookies });
}

/** Trims spaces and tabs, but nothing else: a byte of UTF-8 can look like Latin-1's no-break space. */
function trimmed(text: string, from: number, to: number): string {
  let [first, last] = [from, to];
  while (first < last && isBlank(text.charCodeAt(first))) first += 1;
  while (first < last && isBlank(text.charCodeAt(last - 1))) last -= 1;
  return text.slice(first, last);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Whether a line after the last chunk is a header, or goes on with one. */
export function isTrailerLine(line: string): boolean {
  if (!proper.test(line)) return false;
  return isBlank(line.charCodeAt(0)) || token.test(line.slice(0, line.indexOf(':')).toLowerCase());
}

/** Combines repeated headers: of those that may occur only once the first counts, lists are joined (RFC 9110, 5.3). */
function joined(name: string, before: string, value: string): string {
  return single.has(name) ? before : `${before}, ${value}`;
}

const single = new Set([
  'content-disposition',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
  'location',
  'retry-after',
]);

interface Framed {
  readonly framing: Framing;
  /** Whether every reader finds the same end. Otherwise the connection is not used again (RFC 9112, 6.3). */
  readonly isPlain: boolean;
}

/** Finds out how the body ends, and makes the header `content-length` say only what counts. */
function framingOf(status: number, headers: IncomingHttpHeaders, url: string): Framed {
  if (status < 200 || status === 204 || status === 304) return { framing: { kind: 'none' }, isPlain: true };
  const { 'transfer-encoding': coding, 'content-length': length } = headers;
  // Some servers say `identity`, as HTTP/1.1 once allowed, or the same twice.
  const codings = new Set(tokensOf(coding).filter((token) => token !== 'identity' && token !== ''));
  if (codings.size > 0) {
    if (!codings.has('chunked') || codings.size > 1) throw notHttp(url, `its transfer coding is ${coding}`);
    delete headers['content-length'];
    const isPlain = length === undefined && coding?.toLowerCase() === 'chunked';
    return { framing: { kind: 'chunked' }, isPlain };
  }
  if (length === undefined) return { framing: { kind: 'until-close' }, isPlain: false };
  const bytes = lengthOf(length, url);
  headers['content-length'] = `${bytes}`;
  return { framing: { kind: 'length', bytes }, isPlain: coding === undefined };
}

/** @param header may say the same several times (RFC 9110, 8.6). */
function lengthOf(header: string, url: string): number {
  if (/^\d{1,15}$/.test(header)) return Number(header);
  const parts = header.split(',').map((part) => part.trim());
  if (!parts.every((part) => /^\d{1,15}$/.test(part))) throw notHttp(url, 'its length is no number');
  const lengths = new Set(parts.map(Number));
  const [bytes = 0] = lengths;
  if (lengths.size > 1) throw notHttp(url, 'it announces two lengths');
  return bytes;
}

function tokensOf(header: string | undefined): string[] {
  if (header === undefined) return [];
  return header.split(',').map((part) => part.trim().toLowerCase());
}

export function notHttp(url: string, reason: string): AttemptError {
  return new AttemptError('BAD_RESPONSE', `${url} did not answer in HTTP: ${reason}.`);
}
