import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '../../../shared/failure.ts';
import { SeenSet } from '../../files/seen-set.ts';
import { Tries } from '../hosts/retries.ts';
import type { FetchText, RobotsGate } from '../hosts/robots-gate.ts';
import type { Found, ListEntry, ListedUrl, SkippedPage } from '../lists/list-entry.ts';
import { isImageType } from '../protocol/image-type.ts';
import type { TextAttempt, Trail } from '../protocol/protocol.ts';
import { remember } from '../protocol/remember.ts';
import type { PageLinks } from './link-collector.ts';
import { linksOfPage } from './links-of-page.ts';

/** How many levels of sitemaps and pages are followed below what was given: an index, its sitemaps, their pages. */
const mostLevels = 3;
/** The most pages that sitemaps can lead to, for each page given. */
const mostPages = 50_000;
/** The largest page that is read, in bytes: what a sitemap may have (sitemaps.org). */
const mostBytes = 50 * 1024 * 1024;
/** The most hosts of which is remembered when they were asked. */
const mostHosts = 10_000;
/** Images are passed on in batches of this size. */
const batchSize = 64;

export interface PagesOptions {
  readonly fetchText: FetchText;
  readonly robots: RobotsGate;
  /** Further tries of a page. */
  readonly retries: number;
  /** The `Authorization` for a page that a list names. */
  readonly authorizationOf: (entry: ListedUrl) => string | undefined;
  /** The least time between two requests to a host, in milliseconds. */
  readonly minGapMsOf: (host: string) => number;
  /** Whether an image with this path is wanted: that of its URL, decoded and without the slash at the beginning. */
  readonly matches: (path: string) => boolean;
  readonly onWarning: (warning: string) => void;
  readonly signal: AbortSignal | undefined;
}

interface Visit {
  readonly url: string;
  readonly level: number;
  /** How the run came to it. */
  readonly way: Found;
  /** The pages that led to it, as results name them. */
  readonly from: readonly string[];
}

type Text = Extract<TextAttempt, { kind: 'text' }>;

type Read =
  | { readonly kind: 'read'; readonly answer: Text }
  | { readonly kind: 'failed'; readonly error: Failure }
  | { readonly kind: 'forbidden' | 'cancelled' };

/**
 * The images of pages: those of HTML pages and feeds, and of what sitemaps lead to. Pages are read one after the other, in
 * order, while the images before them are being fetched. A page that cannot be read is an item that fails.
 */
export async function* imagesOfPages(
  entries: AsyncIterable<readonly ListEntry[]>,
  options: PagesOptions,
): AsyncGenerator<readonly (ListEntry | SkippedPage)[], void> {
  const reader = new PageReader(options);
  for await (const batch of entries) {
    for (const entry of batch) {
      if (entry.kind === 'url') yield* reader.imagesOf(entry);
      else yield [entry];
    }
  }
}

class PageReader {
  readonly #options: PagesOptions;
  readonly #visited = new SeenSet();
  readonly #images = new SeenSet();
  /** When each host was last asked, in milliseconds. */
  readonly #askedAt = new Map<string, number>();

  constructor(options: PagesOptions) {
    this.#options = options;
  }

  async *imagesOf(entry: ListedUrl): AsyncGenerator<(ListEntry | SkippedPage)[], void> {
    const { origin } = new URL(entry.url);
    const queue: Visit[] = [{ url: entry.url, level: 0, way: { guarded: false, foreign: false }, from: [] }];
    for (let visit = queue.shift(); visit && !this.#options.signal?.aborted; visit = queue.shift()) {
      if (!this.#visited.add(visit.url)) continue;
      const read = await this.#read(visit, entry);
      const input = visit.level === 0 ? entry.input : visit.url;
      if (read.kind === 'failed') yield [{ kind: 'rejected', input, error: read.error, from: visit.from }];
      if (read.kind === 'forbidden') yield [{ kind: 'skipped', input, reason: 'robots', from: visit.from }];
      if (read.kind === 'cancelled') return;
      if (read.kind !== 'read') continue;
      const { images, pages } = linksIn(visit.url, read.answer);
      const { guarded } = read.answer;
      const from = [...visit.from, input];
      const wayTo = (url: string): Found => ({ guarded, foreign: new URL(url).origin !== origin });
      for (let at = 0; at < images.length; at += batchSize) {
        const batch = images.slice(at, at + batchSize);
        yield batch.flatMap((url) => this.#entryOf(url, visit.url, { found: wayTo(url), from }));
      }
      if (visit.level === mostLevels) continue;
      for (const url of this.#withinBounds(pages, visit.url, queue.length)) {
        queue.push({ url, level: visit.level + 1, way: wayTo(url), from });
      }
    }
  }

  #withinBounds(pages: readonly string[], url: string, queued: number): readonly string[] {
    const room = Math.max(0, mostPages - queued);
    if (pages.length > room) {
      const left = pages.length - room;
      this.#options.onWarning(
        `${url} leads to ${pages.length} pages: ${left} of them are left out, as they are too many.`,
      );
    }
    return pages.slice(0, room);
  }

  #entryOf(url: string, page: string, origin: Pick<ListedUrl, 'found' | 'from'>): ListEntry[] {
    const { pathname, host } = new URL(url);
    if (!this.#options.matches(decodedPath(pathname)) || !this.#images.add(url)) return [];
    return [{ kind: 'url', input: url, url, host, columns: { page }, ...origin }];
  }

  /** Reads a page, by its redirects, each of which its site's robots.txt has to allow. */
  async #read({ url, way }: Visit, entry: ListedUrl): Promise<Read> {
    const { robots, retries } = this.#options;
    let trail: Trail | undefined;
    for (const tries = new Tries(); ; ) {
      if (!trail) tries.count += 1;
      const next = trail?.next ?? url;
      const wayNext = trail ? { guarded: trail.guarded, foreign: true } : way;
      const verdict = await robots.judge(next, wayNext);
      if (verdict.kind === 'cancelled' || verdict.kind === 'forbidden') return { kind: verdict.kind };
      const answer = verdict.kind === 'failed' ? verdict : await this.#ask(url, way, entry, trail);
      if (answer.kind === 'cancelled') return { kind: 'cancelled' };
      if (answer.kind === 'text') return { kind: 'read', answer };
      if (answer.kind === 'redirected') {
        trail = answer.trail;
        continue;
      }
      const { retry, error } = answer;
      const delayMs = retry?.awaitsName ? tries.nextWithName(retry, retries) : tries.next(retry, retries);
      if (delayMs === undefined) return { kind: 'failed', error };
      // Where a redirect leads is still known when its host's name is.
      if (!retry?.awaitsName) trail = undefined;
      await sleep(delayMs, undefined, { signal: this.#options.signal }).catch(() => undefined);
      if (this.#options.signal?.aborted) return { kind: 'cancelled' };
    }
  }

  async #ask(url: string, way: Found, entry: ListedUrl, trail: Trail | undefined): ReturnType<FetchText> {
    await this.#takeTurn(new URL(trail?.next ?? url).host);
    const authorization = way.foreign ? undefined : this.#options.authorizationOf(entry);
    return this.#options.fetchText({ text: url, ...way, page: { mostBytes, authorization, trail } });
  }

  /** Waits until the host may be asked again. */
  async #takeTurn(host: string): Promise<void> {
    const gapMs = Math.max(this.#options.minGapMsOf(host), this.#options.robots.gapOf(host));
    const waitMs = (this.#askedAt.get(host) ?? Number.NEGATIVE_INFINITY) + gapMs - performance.now();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal: this.#options.signal }).catch(() => undefined);
    remember(this.#askedAt, host, performance.now(), mostHosts);
  }
}

/** What was given may be an image itself. */
function linksIn(asked: string, { url, text, type }: Text): PageLinks {
  return isImageType(type) ? { images: [asked], pages: [] } : linksOfPage({ url, text, type });
}

function decodedPath(pathname: string): string {
  try {
    return decodeURIComponent(pathname.slice(1));
  } catch {
    return pathname.slice(1);
  }
}
