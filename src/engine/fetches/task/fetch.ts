import { setMaxListeners } from 'node:events';
import { StageWatch, transferStages } from '../../../shared/stages.ts';
import type { Task, TaskContext } from '../../pool/threads/protocol.ts';
import { MemoryBudget } from '../protocol/memory-budget.ts';
import type {
  Attempt,
  FetchPayload,
  TextAttempt,
  TextPayload,
  ThumbnailMaker,
  ThumbnailsAtOnceSettings,
  WorkerSettings,
} from '../protocol/protocol.ts';
import { fetchItem } from './attempt.ts';
import { Clients } from './clients.ts';
import { fetchText } from './fetch-text.ts';
import type { FetchContext } from './follow-redirects.ts';
import { RequestHeaders } from './http/request-headers.ts';

/** A channel belongs to one run: it brings the run's settings, and keeps connections open between items. */
interface Channel {
  readonly settings: unknown;
  readonly context: Promise<FetchContext>;
  readonly thumbnails: Promise<ThumbnailMaker> | undefined;
}

/** Loads the code that makes thumbnails at once: the fetching code knows nothing of images. */
export type LoadThumbnails = (settings: ThumbnailsAtOnceSettings) => Promise<ThumbnailMaker>;

let current: Channel | undefined;

/**
 * The task `fetch`: one attempt at one item, with its thumbnail if that is made at once; or one attempt at a small text
 * that a decision depends on, such as a robots.txt.
 */
export function fetchTaskWith(loadThumbnails: LoadThumbnails): Task {
  return (payload, context) => fetchTask(payload, context, loadThumbnails);
}

async function fetchTask(
  payload: unknown,
  { signal, settings }: TaskContext,
  loadThumbnails: LoadThumbnails,
): Promise<Attempt | TextAttempt> {
  const channel = channelOf(settings, signal, loadThumbnails);
  const watch = new StageWatch(transferStages);
  watch.start();
  const context = await channel.context;
  const item = payload as FetchPayload | TextPayload;
  const url = 'text' in item ? item.text : (item.trail?.next ?? item.url);
  const awaitsName = context.clients.addresses.awaitsName(new URL(url));
  const isNameless = awaitsName && (await awaitsName);
  if (awaitsName) watch.lap('dns');
  if (isNameless) return { ...withoutName(url), stages: watch.take() };
  if ('text' in item) return fetchText(context, item, signal);
  const attempt = { ...(await fetchItem(context, item, signal, watch)), stages: watch.take() };
  if (!channel.thumbnails) return attempt;
  const told = (await channel.thumbnails).with(attempt, item);
  // The taker of a body gives its memory back. A body whose thumbnail is made already has no taker.
  if (attempt.kind === 'gathered' && attempt.body && !('body' in told)) context.memory.give(attempt.bytes);
  return told;
}

/** Gives the place in flight back: names whose servers are slow or dead hold up no other host's files. */
function withoutName(url: string): Extract<Attempt & TextAttempt, { kind: 'failed' }> {
  const message = `${url}: the name server did not answer.`;
  const retry = { crowded: false, progress: false, awaitsName: true } as const;
  return { kind: 'failed', error: { code: 'DNS_FAILED', message }, retry };
}

function channelOf(settings: unknown, signal: AbortSignal, loadThumbnails: LoadThumbnails): Channel {
  if (current && current.settings === settings) return current;
  // Every item in flight may listen for the run's end.
  setMaxListeners(0, signal);
  const { thumbnails } = settings as WorkerSettings;
  current = {
    settings,
    context: prepare(settings as WorkerSettings),
    // Loaded while the first answers are awaited.
    thumbnails: thumbnails && loadThumbnails(thumbnails),
  };
  return current;
}

async function prepare(settings: WorkerSettings): Promise<FetchContext> {
  const { cookies } = settings;
  return {
    settings,
    clients: new Clients(settings),
    headers: new RequestHeaders(settings),
    cookies: cookies === undefined ? undefined : await readCookies(cookies),
    memory: new MemoryBudget(settings.memory),
  };
}

/** Loads the cookie jar, which contains a list of all public suffixes, only if it is needed. */
async function readCookies(text: string) {
  const { Cookies } = await import('./http/cookies.ts');
  return new Cookies(text);
}
