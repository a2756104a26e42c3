import { statSync } from 'node:fs';
import type { Status, Summary } from '../../../shared/result.ts';
import { abandonedAfterMs } from '../../files/parts/heartbeat.ts';
import { lifeOf } from '../../files/parts/owner.ts';
import { journalFolder, journalPath } from './journal-folder.ts';
import type { JournalHead, JournalLine } from './journal-line.ts';
import { headOf, linesOfTail } from './read-journal.ts';

/** What a journal's head and its last lines say of the run. */
export interface RunOverview {
  readonly head: JournalHead;
  /** `died`: the process ended, or an error ended the run, before there was a summary. */
  readonly state: 'running' | 'ended' | 'cancelled' | 'died';
  readonly counts: Readonly<Record<Status | 'bytesIn' | 'bytesOut', number>>;
  /** The number of items, where it is known. */
  readonly total: number | undefined;
  readonly seconds: number;
  readonly summary: Summary | undefined;
  /** Why the run was cancelled. */
  readonly interrupted: string | undefined;
  /** The error that ended the run. */
  readonly problem: string | undefined;
  /** When the files that the run had made were removed. */
  readonly undone: { readonly at: string; readonly removed: number } | undefined;
  /** When the journal was last written, in milliseconds since 1970. */
  readonly writtenAt: number;
}

/** How much of a journal's end is read first, and at most, in bytes: a batch of results is far smaller. */
const tailBytes = 192 * 1024;
const mostTailBytes = 16 * 1024 * 1024;

/** The first line of a run's journal. Undefined if there is none. */
export function runHead(id: string, folder = journalFolder()): JournalHead | undefined {
  try {
    return headOf(journalPath(id, folder));
  } catch {
    // Pruned meanwhile, or not readable.
    return undefined;
  }
}

/** The overviews that were read last, by path, of runs that are over: a journal that has not grown says the same again. */
const read = new Map<string, { readonly size: number; readonly overview: RunOverview }>();
/** As many as journals are kept. */
const mostRead = 200;

/** @returns undefined if there is no journal of this id, or what is there has no head. */
export function runOverview(id: string, folder = journalFolder()): RunOverview | undefined {
  try {
    const path = journalPath(id, folder);
    const { size, mtimeMs } = statSync(path);
    const before = read.get(path);
    if (before?.size === size && before.overview.writtenAt === mtimeMs) return before.overview;
    const head = headOf(path);
    const overview = head && overviewOf(head, endOf(path, size), mtimeMs);
    read.delete(path);
    if (overview?.summary) keep(path, size, overview);
    return overview;
  } catch {
    // Pruned meanwhile, or not readable.
    return undefined;
  }
}

function keep(path: string, size: number, overview: RunOverview): void {
  const [oldest] = read.keys();
  if (read.size >= mostRead && oldest !== undefined) read.delete(oldest);
  read.set(path, { size, overview });
}

/** The last lines, from one on that tells how far the run was. */
function endOf(path: string, size: number): JournalLine[] {
  for (let wanted = tailBytes; ; wanted *= 4) {
    const lines = linesOfTail(path, Math.max(0, size - wanted));
    const at = lines.findLastIndex(({ type }) => type === 'progress');
    if (at !== -1) return lines.slice(at);
    if (wanted >= Math.min(size, mostTailBytes)) return lines;
  }
}

function overviewOf(head: JournalHead, lines: readonly JournalLine[], writtenAt: number): RunOverview {
  const counts = { done: 0, skipped: 0, failed: 0, cancelled: 0, bytesIn: 0, bytesOut: 0 };
  const count = (from: RunOverview['counts']): void => {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] = from[key];
  };
  let total: number | undefined;
  let atMs = 0;
  let summary: (Summary & { readonly interrupted?: string }) | undefined;
  let problem: string | undefined;
  let undone: RunOverview['undone'];
  for (const line of lines) {
    switch (line.type) {
      case 'progress':
        count(line);
        total = line.total;
        atMs = line.atMs;
        break;
      case 'result':
        // A kill may have torn the batch before its count.
        counts[line.status] += 1;
        break;
      case 'summary':
        summary = line;
        count(line);
        break;
      case 'problem':
        problem = line.message;
        break;
      case 'undone':
        undone = line;
        break;
    }
  }
  const { interrupted } = summary ?? {};
  const isOver = summary !== undefined || problem !== undefined;
  return {
    head,
    state: stateOf(head, { isOver, summary, interrupted, writtenAt }),
    counts,
    total: summary && interrupted === undefined ? summary.total : total,
    seconds: summary?.seconds ?? atMs / 1_000,
    summary,
    interrupted,
    problem,
    undone,
    writtenAt,
  };
}

function stateOf(
  { owner }: JournalHead,
  {
    isOver,
    summary,
    interrupted,
    writtenAt,
  }: Pick<RunOverview, 'summary' | 'interrupted' | 'writtenAt'> & {
    readonly isOver: boolean;
  },
): RunOverview['state'] {
  if (summary) return interrupted === undefined ? 'ended' : 'cancelled';
  if (isOver) return 'died';
  const life = lifeOf(owner);
  // Of another machine only the heartbeat is seen.
  const isOn = life === 'alive' || (life === 'unknown' && Date.now() - writtenAt < abandonedAfterMs);
  return isOn ? 'running' : 'died';
}
