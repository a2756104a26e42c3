import { setMaxListeners } from 'node:events';
import type { TaskContext } from '../protocol.ts';
import { fetchItem } from './attempt.ts';
import { Clients } from './clients.ts';
import { fetchText } from './fetch-text.ts';
import type { Means } from './journey.ts';
import type { Attempt, FetchPayload, FetchSettings, TextAttempt, TextPayload } from './protocol.ts';

/** A worker serves one run: its settings come with the worker, and its connections are kept between items. */
let means: Promise<Means> | undefined;

/** The task `fetch`: one attempt at one item (or at a small text that a decision depends on, such as a robots.txt). */
export async function fetchTask(
  payload: unknown,
  { signal, settings }: TaskContext,
): Promise<Attempt | TextAttempt> {
  if (!means) {
    // Every item in flight listens for the run's end.
    setMaxListeners(0, signal);
    means = prepare(settings as FetchSettings);
  }
  const item = payload as FetchPayload | TextPayload;
  return 'text' in item ? fetchText(await means, item.text, signal) : fetchItem(await means, item, signal);
}

async function prepare(settings: FetchSettings): Promise<Means> {
  const { cookies } = settings;
  return {
    settings,
    clients: new Clients(settings),
    cookies: cookies === undefined ? undefined : await readCookies(cookies),
  };
}

/** The cookie jar brings a list of all public suffixes along: it is loaded only where it is needed. */
async function readCookies(text: string) {
  const { Cookies } = await import('./cookies.ts');
  return new Cookies(text);
}
