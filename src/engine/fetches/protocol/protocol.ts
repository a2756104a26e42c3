import type { Failure } from '../../../shared/failure.ts';
import type { FetchRecipe, ThumbnailRecipe } from '../../../shared/recipe.ts';
import type { MadeThumbnail } from '../../../shared/result.ts';
import type { StageTimes } from '../../../shared/stages.ts';
import type { Outcome } from '../../pool/threads/protocol.ts';
import type { HostRulesTable } from './host-rules.ts';
import type { MemorySettings } from './memory-budget.ts';

/**
 * Settings that are the same for every item of a run. Sent to each worker once, at its start: may contain secrets. Most of
 * them are the recipe's own, so that a worker has a new setting without a line of code that copies it.
 */
export interface WorkerSettings
  extends Omit<FetchRecipe, 'thumbnail' | 'timeout' | 'userAgent' | 'bandwidth'> {
  /** The output folder, which exists already. */
  readonly folder: string;
  /** The key that signs the notes beside parts. */
  readonly noteKey: string;
  /** Whether files are flushed to the disk before they get their names. */
  readonly durable: boolean;
  /** `memory` returns the bytes and leaves no file: for a run that keeps only thumbnails. */
  readonly keep: 'file' | 'memory';
  /** The budget for all bodies in memory. */
  readonly memory: MemorySettings;
  /** If set, thumbnails that are quicker to make than to hand to another thread are made at once, into this folder. */
  readonly thumbnails: ThumbnailsAtOnceSettings | undefined;
  /** The largest number of requests that will ever be in flight. */
  readonly ceiling: number;
  /** The most sockets of one thread, including idle ones, allowed by the limit of open files. Default: no limit. */
  readonly mostSockets?: number;
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** The text of a Netscape cookie file. */
  readonly cookies: string | undefined;
  /** Further certificate authorities, PEM. */
  readonly ca: string | undefined;
  /** What hosts have of their own. */
  readonly hosts?: HostRulesTable | undefined;
  /** The URL of a proxy for all requests. Default: those of the environment. */
  readonly proxy?: string | undefined;
  /** The run's bandwidth limit, see `Bandwidth.shared`. Absent where there is none, and can be none. */
  readonly bandwidth: SharedArrayBuffer | undefined;
}

/** Makes thumbnails in the thread that fetched the images, see `then-thumbnail/thumbnails-at-once.ts`. */
export interface ThumbnailMaker {
  /** @returns the attempt, with its thumbnail if it was made at once. */
  with(attempt: Attempt, item: Pick<FetchPayload, 'url' | 'name' | 'mayReplace'>): Attempt;
}

export interface ThumbnailsAtOnceSettings {
  readonly recipe: ThumbnailRecipe;
  readonly folder: string;
  readonly durable: boolean;
}

/** The redirects that a URL has followed so far. It may contain secrets, so no result includes it. */
export interface Trail {
  /** The URLs requested so far, in order; each of them redirected. */
  readonly visited: readonly string[];
  readonly next: string;
  /** Whether a host on the public network has been reached: from there no redirect may lead to a private address. */
  readonly guarded: boolean;
  /** The `Set-Cookie` headers of these answers. */
  readonly cookies: readonly (readonly [url: string, cookies: readonly string[]])[];
}

/** One item, as posted to a worker. */
export interface FetchPayload {
  /** Without credentials; those go in `authorization`. */
  readonly url: string;
  /** `Authorization` for the URL's own origin, where the URL carried a user name. */
  readonly authorization?: string;
  /** The planned file name. It is `final` if a person gave it; otherwise the answer may have a better one. */
  readonly name: string;
  readonly nameIsFinal: boolean;
  /** The names of the file's parts in the folder, from an earlier run or try. */
  readonly parts?: readonly string[];
  /** The file that an earlier run made from this URL: it may be replaced. */
  readonly owned?: Owned;
  /**
   * Whether existing files in the places of its thumbnails were made from this URL; set only if no originals are kept.
   */
  readonly mayReplace?: boolean;
  /** Validators of that file: if the server says it has not changed, it is kept. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** The most bytes that earlier tries of this run had of the file: only what is beyond them is progress. */
  readonly reached?: number;
  /** Whether only the public network may be reached. */
  readonly guarded?: true;
  /** Whether the URL is not one that a list names: then no credentials are sent there. */
  readonly foreign?: true;
  /** Where the previous attempt ended, if it was `redirected`. */
  readonly trail?: Trail;
  /** The expected digests of the bytes, in lower-case hexadecimal. */
  readonly sha256?: string;
  readonly md5?: string;
}

/** A request for a text that is kept in memory: a robots.txt or a page. */
export interface TextPayload {
  readonly text: string;
  /** Whether only the public network may be reached. */
  readonly guarded: boolean;
  /** Whether its site was reached only through a redirect: then no credentials are sent there. */
  readonly foreign: boolean;
  /** For a page. Then an answer other than success is a failure, and no redirect is followed by the worker. */
  readonly page?: PageRequest;
}

interface PageRequest {
  /** How much of it is read. */
  readonly mostBytes: number;
  /** `Authorization` for the URL's own origin. */
  readonly authorization?: string | undefined;
  /** Where the previous attempt ended, if it was `redirected`. */
  readonly trail?: Trail | undefined;
}

/** What main needs to decide whether, and when, to try again. */
export interface Retry {
  /** The wait that the server asks for, in milliseconds. */
  readonly afterMs?: number;
  /** The host is overloaded or limits our rate (429, 503): its other items should wait too. */
  readonly crowded: boolean;
  /** The host's name is still being looked up, so nothing was asked: this is no try. */
  readonly awaitsName?: true;
  /** Whether the attempt added to the file and this was kept: then it need not count as a failed try. */
  readonly progress: boolean;
}

export interface Saved {
  readonly kind: 'saved';
  readonly output: string;
  /** The file existed already, with the same bytes. */
  readonly adopted?: true;
  /** An earlier version of the file was replaced. */
  readonly replaced?: true;
  /** See `Owned`. */
  readonly madeAt: number;
  readonly bytes: number;
  /** The number of bytes received over the network: less than `bytes` if a download was resumed. */
  readonly received: number;
  readonly sha256: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly finalUrl?: string;
  /** What is odd about the file. */
  readonly warning?: string;
  /** The outcome of its thumbnail, if that was made at once. */
  readonly thumbnail?: Outcome<MadeThumbnail>;
}

export interface Gathered {
  readonly kind: 'gathered';
  readonly bytes: number;
  /** Absent if its thumbnail has been made at once, or if it was too large. */
  readonly body?: Uint8Array<ArrayBuffer>;
  /** The file of a body for which there was no room in memory; the taker must remove it. */
  readonly file?: string;
  readonly thumbnail?: Outcome<MadeThumbnail>;
  readonly name: string;
  readonly sha256: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly finalUrl?: string;
}

/**
 * How one attempt at one item ended, and how long the stages of a transfer took. As plain data, so that the code that
 * decides about retries need not know HTTP.
 */
export type Attempt = AttemptEnd & { readonly stages?: StageTimes };

type AttemptEnd =
  | Saved
  | Gathered
  | { readonly kind: 'unchanged'; readonly output: string }
  | { readonly kind: 'noai' }
  /** Main decides whether the target may be requested. */
  | { readonly kind: 'redirected'; readonly trail: Trail; readonly part?: string }
  | {
      readonly kind: 'failed';
      readonly error: Failure;
      readonly retry?: Retry;
      /** The name of the part, if some of the file was kept, and how many bytes it has. */
      readonly part?: string;
      readonly reached?: number;
    };

/** How an attempt at a small text ended. `failed`: its contents are unknown, also after a server error (5xx). */
export type TextAttempt =
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly text: string;
      /** Where it was found. */
      readonly url: string;
      /** Its `Content-Type`. */
      readonly type: string | undefined;
      /** Whether the public network has been reached. */
      readonly guarded: boolean;
    }
  /** Of a page: main decides whether the target may be requested. */
  | { readonly kind: 'redirected'; readonly trail: Trail }
  | {
      readonly kind: 'failed';
      readonly error: Failure;
      readonly retry?: Retry;
      /** The name of the part, if some of the file was kept. */
      readonly part?: string;
    };

/** A file that an earlier run made, as that run left it. */
export interface Owned {
  readonly output: string;
  readonly bytes: number;
  readonly sha256?: string | undefined;
  /** When it last changed while it was made, by the clock of its file system, in milliseconds since 1970. */
  readonly madeAt?: number | undefined;
}
