import { setMaxListeners } from 'node:events';
import type { TaskContext } from '../../pool/threads/protocol.ts';
import { fetchItem } from './attempt.ts';
import { Clients } from './clients.ts';
import { fetchText } from './fetch-text.ts';
import type { Means } from './journey.ts';
import { MemoryBudget } from '../protocol/memory-budget.ts';
import type { Attempt, FetchPayload, FetchSettings, TextAttempt, TextPayload } from '../protocol/protocol.ts';
import { RequestHeaders } from './http/request-headers.ts';
import type { ThumbnailsAtOnce } from '../thumbnails/thumbnails-at-once.ts';

/** A lane is of one run: its settings come with it, and its connections are kept between its items. */
interface Lane {
  readonly settings: unknown;
  readonly means: Promise<Means>;
  readonly thumbnails: Promise<ThumbnailsAtOnce> | undefined;
}

let current: Lane | undefined;

/**
 * The task `fetch`: one attempt at one item, with its thumbnail where that is made at once, or at a small text that a
 * decision depends on, such as a robots.txt.
 */
export async function fetchTask(
  payload: unknown,
  { signal, settings }: TaskContext,
): Promise<Attempt | TextAttempt> {
  const lane = laneOf(settings, signal);
  const means = await lane.means;
  const item = payload as FetchPayload | TextPayload;
  if ('text' in item) return fetchText(means, item, signal);
  const attempt = await fetchItem(means, item, signal);
  if (!lane.thumbnails) return attempt;
  const told = (await lane.thumbnails).with(attempt, item);
  // Who is handed a body gives its memory back; here it ends where its thumbnail has been made.
  if (attempt.kind === 'gathered' && attempt.body && !('body' in told)) means.memory.give(attempt.bytes);
  return told;
}

function laneOf(settings: unknown, signal: AbortSignal): Lane {
  if (current && current.settings === settings) return current;
  // Every item in flight may listen for the run's end.
  setMaxListeners(0, signal);
  const { thumbnails } = settings as FetchSettings;
  current = {
    settings,
    means: prepare(settings as FetchSettings),
    // Loaded while the first answers are awaited.
    thumbnails: thumbnails && loadThumbnails(thumbnails),
  };
  return current;
}

async function loadThumbnails(settings: NonNullable<FetchSettings['thumbnails']>): Promise<ThumbnailsAtOnce> {
  const { ThumbnailsAtOnce } = await import('../thumbnails/thumbnails-at-once.ts');
  return new ThumbnailsAtOnce(settings);
}

async function prepare(settings: FetchSettings): Promise<Means> {
  const { cookies } = settings;
  return {
    settings,
    clients: new Clients(settings),
    headers: new RequestHeaders(settings),
    cookies: cookies === undefined ? undefined : await readCookies(cookies),
    memory: new MemoryBudget(settings.memory),
  };
}

/** The cookie jar brings a list of all public suffixes along: it is loaded only where it is needed. */
async function readCookies(text: string) {
  const { Cookies } = await import('./http/cookies.ts');
  return new Cookies(text);
}
