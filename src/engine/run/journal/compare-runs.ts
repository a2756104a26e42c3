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

/** The items whose status, code of failure, bytes or dimensions differ between two runs. */
export function* compareRuns(
  a: RunOverview,
  b: RunOverview,
  { folder = journalFolder(), held = mostHeld }: { readonly folder?: string; readonly held?: number } = {},
): Generator<Difference, void> {
  const shares = Math.max(1, Math.ceil(endedOf(a) / held));
  for (let share = 0; share < shares; share += 1) {
    const inShare = ({ input }: ResultLine): boolean => hash64(input)[0] % shares === share;
    const before = new Map<string, Standing>();
    for (const line of resultsOf(a, folder)) if (inShare(line)) before.set(line.input, standingOf(line));
    for (const line of resultsOf(b, folder)) {
      if (!inShare(line)) continue;
      const { input } = line;
      const was = before.get(input);
      const is = standingOf(line);
      before.delete(input);
      if (!was || !areEqual(was, is)) yield { input, ...(was && { a: was }), b: is };
    }
    for (const [input, was] of before) yield { input, a: was };
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
