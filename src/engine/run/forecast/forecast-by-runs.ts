import { journalPath, runIds } from '../journal/journal-folder.ts';
import type { ResultLine } from '../journal/journal-line.ts';
import { headOf, journalLines } from '../journal/read-journal.ts';
import type { Forecast } from './forecast.ts';
import { HostHistory, type ItemsOfHosts } from './host-history.ts';
import { hostOf } from './planned-items.ts';

/** How many of the newest runs are looked at, and for how long, in milliseconds. */
const mostRuns = 50;
const withinMs = 1_000;
/** The first so many results of a run tell its hosts. */
const mostResults = 20_000;

/** Foretells what fetching will take from the newest runs that asked the same hosts. Nobody is asked anything. */
export function forecastByRuns(hosts: ItemsOfHosts, poolSize: number, perHost: number): Forecast | undefined {
  const history = new HostHistory(hosts);
  const until = performance.now() + withinMs;
  for (const id of runIds().slice(0, mostRuns)) {
    if (history.isFull || performance.now() > until) break;
    history.add(fetchesOf(journalPath(id), until), hostOf);
  }
  return history.forecast(poolSize, () => perHost);
}

/** The results of a run that fetched; none of another, or of one that has been pruned meanwhile. */
function* fetchesOf(path: string, until: number): Generator<ResultLine, void> {
  try {
    const { request } = headOf(path) ?? {};
    if (!request || !('kind' in request) || request.kind !== 'fetch') return;
    let results = 0;
    for (const line of journalLines(path)) {
      if (line.type !== 'result') continue;
      results += 1;
      if (results > mostResults || performance.now() > until) return;
      yield line;
    }
  } catch {
    // Pruned meanwhile, or not readable: other runs tell of the hosts.
  }
}
