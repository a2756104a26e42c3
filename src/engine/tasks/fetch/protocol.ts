import type { Failure } from '../../../shared/failure.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { Outcome } from '../protocol.ts';
import type { MadeThumbnail } from '../thumbnail/thumbnail.ts';

/** What is the same for every item of a run. Sent to each worker once, when it starts: it may hold secrets. */
export interface FetchSettings {
  /** The folder that files go to; it is there. */
  readonly folder: string;
  /** `memory` hands the bytes back and writes nothing: for a run that keeps thumbnails only. */
  readonly keep: 'file' | 'memory';
  /** Thumbnails that take less time than telling another thread of them are made at once, and go to this folder. */
  readonly thumbnails: { readonly recipe: ThumbnailRecipe; readonly folder: string } | undefined;
  /** The most requests in flight there will ever be. */
  readonly ceiling: number;
  /** The most sockets of one thread, idle ones included, as far as files may be open. Default: none. */
  readonly mostSockets?: number;
  readonly timeoutMs: number;
  readonly minSpeed: number;
  readonly maxBytes: number | undefined;
  readonly maxRedirects: number;
  readonly userAgent: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly privateAddresses: 'typed' | 'deny';
  readonly noai: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** The text of a Netscape cookie file. */
  readonly cookies: string | undefined;
  /** Further certificate authorities, PEM. */
  readonly ca: string | undefined;
  /** The run's bandwidth, shared by all workers. */
  readonly bandwidth: { readonly bytesPerSecond: number; readonly clock: SharedArrayBuffer } | undefined;
}

/** One item, as posted to a worker. */
export interface FetchPayload {
  /** Without credentials; those go in `authorization`. */
  readonly url: string;
  /** `Authorization` for the URL's own origin, where the URL carried a user name. */
  readonly authorization?: string;
  /** The file name planned. `final` where a person gave it; else the answer may know better. */
  readonly name: string;
  readonly nameIsFinal: boolean;
  /** Whether a part of it may be there, of an earlier run or try: looking for one costs as much as a small file. */
  readonly resume?: boolean;
  /** The file that an earlier run made of this URL: it may be replaced. */
  readonly owned?: string;
  /** Validators of that file: when the server says it has not changed, it is kept. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** What the bytes must hash to, in lower-case hexadecimal. */
  readonly sha256?: string;
  readonly md5?: string;
}

/** What a robots.txt is fetched with: a small text, kept in memory. */
export interface TextPayload {
  readonly text: string;
}

/** What main needs to know to decide whether, and when, to try again. */
export interface Retry {
  /** The server's own wish, in milliseconds. */
  readonly afterMs?: number;
  /** The host is overloaded or counts us out (429, 503): its other items had better wait too. */
  readonly crowded: boolean;
  /** The attempt brought the file on, and what came was kept: it need not count as a try in vain. */
  readonly progress: boolean;
}

export interface Saved {
  readonly kind: 'saved';
  readonly output: string;
  readonly bytes: number;
  /** Bytes that came over the network: fewer than `bytes` where a download was resumed. */
  readonly received: number;
  readonly sha256: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly finalUrl?: string;
  /** What became of its thumbnail, where that was made at once. */
  readonly thumbnail?: Outcome<MadeThumbnail>;
}

export interface Gathered {
  readonly kind: 'gathered';
  readonly bytes: number;
  /** Absent where its thumbnail has been made at once. */
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly thumbnail?: Outcome<MadeThumbnail>;
  readonly name: string;
  readonly sha256: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly finalUrl?: string;
}

/** How one attempt at one item ended: data, so that what decides about retries need not know HTTP. */
export type Attempt =
  | Saved
  | Gathered
  | { readonly kind: 'unchanged'; readonly output: string }
  | { readonly kind: 'noai' }
  | { readonly kind: 'failed'; readonly error: Failure; readonly retry?: Retry };

/** How an attempt at a small text ended. */
export type TextAttempt =
  | { readonly kind: 'text'; readonly status: number; readonly text: string }
  | { readonly kind: 'unreachable'; readonly reason: string };
