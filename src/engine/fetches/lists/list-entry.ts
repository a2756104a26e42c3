import type { Failure } from '../../../shared/failure.ts';
import { withoutCredentials } from '../../../shared/without-secrets.ts';

/** One URL of a list, with what the list says about it. */
export interface ListedUrl {
  readonly kind: 'url';
  /** The text in the list, without credentials: the item's name in results. */
  readonly input: string;
  /** Normalised, without credentials and fragment. */
  readonly url: string;
  readonly host: string;
  readonly credentials?: { readonly user: string; readonly password: string };
  /** The file name given in the list. */
  readonly name?: string;
  readonly sha256?: string;
  readonly md5?: string;
  /** Further columns, unchanged. */
  readonly columns?: Readonly<Record<string, string>>;
  /** How the run came to the URL, if no list names it but a page that a list names. */
  readonly found?: Found;
  /** The pages that led to it, as results name them. */
  readonly from?: readonly string[];
}

export interface Found {
  /** Whether the page is on the public network: then what it names may not be on a private one. */
  readonly guarded: boolean;
  /** Whether it is of another origin than the page that the list names: then nothing meant for that one is sent. */
  readonly foreign: boolean;
}

/** A line without anything that can be fetched. */
export interface RejectedLine {
  readonly kind: 'rejected';
  readonly input: string;
  readonly error: Failure;
  readonly columns?: Readonly<Record<string, string>>;
  readonly from?: readonly string[];
}

export type ListEntry = ListedUrl | RejectedLine;

/** A page that may not be read, so that nobody knows its images. */
export interface SkippedPage {
  readonly kind: 'skipped';
  readonly input: string;
  readonly reason: 'robots';
  readonly from?: readonly string[];
}

/** The most characters of a line that is no URL in a result: it may be a whole file without line ends. */
const longestInput = 2_000;

/** Entries are passed on in batches of this size: an async step for each would cost more than reading it. */
const batchSize = 64;

/** Groups entries into small batches, for a source that has many of them ready. */
export function* inBatches(entries: Iterable<ListEntry>): Generator<ListEntry[], void> {
  let batch: ListEntry[] = [];
  for (const entry of entries) {
    batch.push(entry);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The contents of a list's line, before it is known whether it is a URL. */
export interface ListLine {
  readonly text: string;
  readonly fields: Omit<ListedUrl, 'kind' | 'input' | 'url' | 'host' | 'credentials'>;
  /** For messages: `urls.csv line 12`. */
  readonly where: string;
  /** The place in the line where the URL was expected, for messages: ` in the column url`. */
  readonly place?: string;
  /** Why it cannot be told which URL the line means. */
  readonly fault?: string;
}

/** Checks and normalises the URL of a line. */
export function toEntry({ text, fields, where, place = '', fault }: ListLine): ListEntry {
  const { columns } = fields;
  const reject = (error: Failure): RejectedLine => ({
    kind: 'rejected',
    input: bounded(withoutCredentials(text), longestInput),
    error,
    ...(columns && { columns }),
  });
  if (fault !== undefined) return reject({ code: 'BAD_LIST_LINE', message: `${where}: ${fault}.` });
  const url = URL.parse(text);
  if (!url) {
    const message = `${where}: expected an http or https URL${place}, got ${quoted(withoutCredentials(text))}.`;
    return reject({ code: 'BAD_URL', message });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const message = `${where}: only http and https are fetched, not ${url.protocol} (${quoted(withoutCredentials(text))}).`;
    return reject({ code: 'UNSUPPORTED_SCHEME', message });
  }
  if (fields.sha256 !== undefined && !/^[0-9a-f]{64}$/.test(fields.sha256)) {
    return reject({
      code: 'BAD_LIST_LINE',
      message: `${where}: expected sha256 to be 64 hexadecimal digits.`,
    });
  }
  if (fields.md5 !== undefined && !/^[0-9a-f]{32}$/.test(fields.md5)) {
    return reject({ code: 'BAD_LIST_LINE', message: `${where}: expected md5 to be 32 hexadecimal digits.` });
  }
  url.hash = '';
  if (url.username === '' && url.password === '') {
    return { kind: 'url', input: text, url: url.href, host: url.host, ...fields };
  }
  const credentials = { user: decoded(url.username), password: decoded(url.password) };
  url.username = '';
  url.password = '';
  const input = withoutCredentials(text);
  return { kind: 'url', input, url: url.href, host: url.host, credentials, ...fields };
}

/** Whether a text begins with a scheme and two slashes: then it is neither a path nor a Windows drive. */
export function looksLikeUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text);
}

function quoted(text: string): string {
  return JSON.stringify(bounded(text, 200));
}

function bounded(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
