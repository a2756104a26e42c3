import { setMaxListeners } from 'node:events';
import type { TaskContext } from '../protocol.ts';
import { fetchItem } from './attempt.ts';
import { Clients } from './clients.ts';
import { Cookies } from './cookies.ts';
import { fetchText } from './fetch-text.ts';
import type { Means } from './journey.ts';
import type { Attempt, FetchPayload, FetchSettings, TextAttempt, TextPayload } from './protocol.ts';

/** A worker serves one run: its settings come with the worker, and its connections are kept between items. */
let means: Means | undefined;

/** The task `fetch`: one attempt at one item (or at a small text that a decision depends on, such as a robots.txt). */
export function fetchTask(
  payload: unknown,
  { signal, settings }: TaskContext,
): Promise<Attempt> | Promise<TextAttempt> {
  if (!means) {
    // Every item in flight listens for the run's end.
    setMaxListeners(0, signal);
    means = prepare(settings as FetchSettings);
  }
  const item = payload as FetchPayload | TextPayload;
  return 'text' in item ? fetchText(means, item.text, signal) : fetchItem(means, item, signal);
}

function prepare(settings: FetchSettings): Means {
  return {
    settings,
    clients: new Clients(settings),
    cookies: settings.cookies === undefined ? undefined : new Cookies(settings.cookies),
  };
}
