import { hash64 } from '../../../shared/hash64.ts';
import { journalFolder, journalPath } from './journal-folder.ts';
import type { ResultLine } from './journal-line.ts';
import { journalLines } from './read-journal.ts';
import type { RunOverview } from './run-overview.ts';

/** What is compared of an item. */
export interface Standing extends Pick<ResultLine, 'status' | 'width' | 'height'> {
  readonly code?: string;
  readonly bytes?: number;
}

/** An item that ended differently in two runs. A run that has no result of it has no standing. */
export interface Difference {
  readonly input: string;
  readonly a?: Standing;
  readonly b?: Standing;
}

/** So many items are held in memory at once. Of larger runs the journals are read several times, a share each time. */
const mostHeld = 250_000;

/** How the occurrences of an item ended, and how many of them the other run has had. */
interface Occurrences {
  readonly standings: Standing[];
  compared: number;
}

/** The items whose status, code of failure, bytes or dimensions differ between two runs. An item that occurs several times is compared in order. */
export function* compareRuns(
  a: RunOverview,
  b: RunOverview,
  { folder = journalFolder(), held = mostHeld }: { readonly folder?: string; readonly held?: number } = {},
): Generator<Difference, void> {
  const shares = Math.max(1, Math.ceil(endedOf(a) / held));
  for (let share = 0; share < shares; share += 1) {
    const inShare = ({ input }: ResultLine): boolean => hash64(input)[0] % shares === share;
    const before = new Map<string, Occurrences>();
    for (const line of resultsOf(a, folder)) {
      if (!inShare(line)) continue;
      const known = before.get(line.input);
      if (known) known.standings.push(standingOf(line));
      else before.set(line.input, { standings: [standingOf(line)], compared: 0 });
    }
    for (const line of resultsOf(b, folder)) {
      if (!inShare(line)) continue;
      const { input } = line;
      const known = before.get(input);
      const was = known?.standings[known.compared];
      const is = standingOf(line);
      if (known) known.compared += 1;
      if (!was || !areEqual(was, is)) yield { input, ...(was && { a: was }), b: is };
    }
    for (const [input, { standings, compared }] of before) {
      for (const was of standings.slice(compared)) yield { input, a: was };
    }
  }
}

function* resultsOf({ head }: RunOverview, folder: string): Generator<ResultLine, void> {
  for (const line of journalLines(journalPath(head.id, folder))) if (line.type === 'result') yield line;
}

function endedOf({ counts }: RunOverview): number {
  return counts.done + counts.skipped + counts.failed + counts.cancelled;
}

function standingOf({ status, error, bytesOut, width, height, thumbnail }: ResultLine): Standing {
  const bytes = bytesOut ?? thumbnail?.bytesOut;
  return {
    status,
    ...(error && { code: error.code }),
    ...(bytes !== undefined && { bytes }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}

function areEqual(a: Standing, b: Standing): boolean {
  return (
    a.status === b.status &&
    a.code === b.code &&
    a.bytes === b.bytes &&
    a.width === b.width &&
    a.height === b.height
  );
}
