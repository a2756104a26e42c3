import type { Failure } from '../../../shared/failure.ts';
import type { FetchRecipe, ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { MadeThumbnail } from '../../../shared/result.ts';
import type { Outcome } from '../../pool/threads/protocol.ts';
import type { MemorySettings } from './memory-budget.ts';

/**
 * What is the same for every item of a run. Sent to each worker once, when it starts: it may hold secrets. Most of it is
 * the recipe as it is, so that a new setting is there without being copied.
 */
export interface WorkerSettings
  extends Omit<FetchRecipe, 'thumbnail' | 'timeout' | 'userAgent' | 'bandwidth'> {
  /** The folder that files go to; it is there. */
  readonly folder: string;
  /** What the notes beside parts are signed with. */
  readonly noteKey: string;
  /** Whether files are forced to the disk before they get their names. */
  readonly durable: boolean;
  /** `memory` hands the bytes back and leaves no file: for a run that keeps thumbnails only. */
  readonly keep: 'file' | 'memory';
  /** What the bodies that are in memory may take, all together. */
  readonly memory: MemorySettings;
  /** Thumbnails that take less time than telling another thread of them are made at once, and go to this folder. */
  readonly thumbnails: ThumbnailsAtOnceSettings | undefined;
  /** The most requests in flight there will ever be. */
  readonly ceiling: number;
  /** The most sockets of one thread, idle ones included, as far as files may be open. Default: none. */
  readonly mostSockets?: number;
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** The text of a Netscape cookie file. */
  readonly cookies: string | undefined;
  /** Further certificate authorities, PEM. */
  readonly ca: string | undefined;
  /** The run's bandwidth, shared by all workers. */
  readonly bandwidth: { readonly bytesPerSecond: number; readonly clock: SharedArrayBuffer } | undefined;
}

/** Makes thumbnails in the thread that fetched the images, see `thumbnails/thumbnails-at-once.ts`. */
export interface ThumbnailMaker {
  /** @returns the attempt, with its thumbnail if it has one now. */
  with(attempt: Attempt, item: Pick<FetchPayload, 'url' | 'name' | 'mayReplace'>): Attempt;
}

export interface ThumbnailsAtOnceSettings {
  readonly recipe: ThumbnailRecipe;
  readonly folder: string;
  readonly durable: boolean;
}

/** How far a URL's redirects have been followed. It may hold secrets: no result has it. */
export interface Trail {
  /** What has been asked, in order; all of it redirected. */
  readonly visited: readonly string[];
  readonly next: string;
  /** Whether the public network has been reached, from where no redirect may lead into private addresses. */
  readonly guarded: boolean;
  /** `Set-Cookie` of the answers, where cookies are kept. */
  readonly cookies: readonly (readonly [url: string, cookies: readonly string[]])[];
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
  /** Parts of it in the folder, of an earlier run or try, by name. */
  readonly parts?: readonly string[];
  /** The file that an earlier run made of this URL: it may be replaced. */
  readonly owned?: Owned;
  /** Whether what is in its thumbnails' places was made of this URL, where no file is kept. */
  readonly mayReplace?: boolean;
  /** Validators of that file: when the server says it has not changed, it is kept. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** Where an attempt before ended, that was `redirected`. */
  readonly trail?: Trail;
  /** What the bytes must hash to, in lower-case hexadecimal. */
  readonly sha256?: string;
  readonly md5?: string;
}

/** What a robots.txt is fetched with: a small text, kept in memory. */
export interface TextPayload {
  readonly text: string;
  /** Whether only the public network may be reached for it. */
  readonly guarded: boolean;
  /** Whether only a redirect has led to its site: no credentials go there. */
  readonly foreign: boolean;
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
  /** The file was there already, with the same bytes. */
  readonly adopted?: true;
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
  /** Absent where its thumbnail has been made at once, and where it was too large. */
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Where a body lies that memory had no room for: to be removed. */
  readonly file?: string;
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
  /** Whether its target may be asked is for main to say. */
  | { readonly kind: 'redirected'; readonly trail: Trail; readonly part?: string }
  | {
      readonly kind: 'failed';
      readonly error: Failure;
      readonly retry?: Retry;
      /** What came of the file, where it was kept: the name of the part. */
      readonly part?: string;
    };

/** How an attempt at a small text ended. `failed`: nobody knows what it says, also where the server is in trouble (5xx). */
export type TextAttempt =
  | { readonly kind: 'text'; readonly status: number; readonly text: string }
  | {
      readonly kind: 'failed';
      readonly error: Failure;
      readonly retry?: Retry;
      /** What came of the file, where it was kept: the name of the part. */
      readonly part?: string;
    };

/** A file that an earlier run made, as it left it. */
export interface Owned {
  readonly output: string;
  readonly bytes: number;
  readonly sha256?: string | undefined;
  /** When that was, in milliseconds since 1970. */
  readonly madeAt?: number | undefined;
}
