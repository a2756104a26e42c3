import { setMaxListeners } from 'node:events';
import type { TaskContext } from '../protocol.ts';
import { fetchItem } from './attempt.ts';
import { Clients } from './clients.ts';
import { fetchText } from './fetch-text.ts';
import type { Means } from './journey.ts';
import type { Attempt, FetchPayload, FetchSettings, TextAttempt, TextPayload } from './protocol.ts';

/** A lane is of one run: its settings come with it, and its connections are kept between its items. */
let current: { readonly settings: unknown; readonly means: Promise<Means> } | undefined;

/** The task `fetch`: one attempt at one item (or at a small text that a decision depends on, such as a robots.txt). */
export async function fetchTask(
  payload: unknown,
  { signal, settings }: TaskContext,
): Promise<Attempt | TextAttempt> {
  const means = await meansOf(settings, signal);
  const item = payload as FetchPayload | TextPayload;
  return 'text' in item ? fetchText(means, item.text, signal) : fetchItem(means, item, signal);
}

function meansOf(settings: unknown, signal: AbortSignal): Promise<Means> {
  if (current && current.settings === settings) return current.means;
  // Every item in flight may listen for the run's end.
  setMaxListeners(0, signal);
  const means = prepare(settings as FetchSettings);
  current = { settings, means };
  return means;
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
