import {
  hostOf,
  journalLines,
  journalPath,
  type ResultLine,
  type RunOverview,
} from '../../engine/run/front-ends/index.ts';
import { hostWords } from '../inputs/hosts-of-text.ts';

/** So many results are read to learn the hosts of a run that has not told them. */
const mostRead = 200;

/** The first results of a run. */
export function* firstResults(id: string, most: number): Generator<ResultLine, void> {
  let read = 0;
  for (const line of journalLines(journalPath(id))) {
    if (line.type !== 'result') continue;
    read += 1;
    yield line;
    if (read === most) return;
  }
}

/** "img.example.org", "img.example.org and 2 more hosts": what tells runs of pasted lists apart. */
export function hostsInWords(run: RunOverview): string | undefined {
  const told = run.summary?.hosts?.map(({ host }) => host);
  const hosts = new Set(told ?? hostsOfFirst(run.head.id));
  // The summary has the ten busiest, and the first results are not all.
  return hostWords(hosts, told !== undefined && told.length < 10);
}

function hostsOfFirst(id: string): string[] {
  try {
    return [...firstResults(id, mostRead)].flatMap(({ input }) => hostOf(input) ?? []);
  } catch {
    // Pruned meanwhile, or not readable.
    return [];
  }
}
