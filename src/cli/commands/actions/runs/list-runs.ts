import { type RunOverview, runIds, runOverview } from '../../../../engine/run/front-ends/index.ts';
import { out } from '../../../output/streams.ts';
import { count } from '../../../output/wording.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { type Column, type RestColumn, tableOfRows } from '../../../tables/table-of-rows.ts';
import { whenOf } from './when-of.ts';

/** So many runs the table has; `--json` has them all. */
const mostInTable = 20;
const beforeTitle: readonly Column<RunOverview>[] = [
  { heading: 'id', align: 'left', width: 20, from: 0, cell: ({ head }) => head.id },
  { heading: 'when', align: 'left', width: 16, from: 96, cell: ({ head }) => whenOf(head.startedAt) },
];
const title: RestColumn<RunOverview> = { heading: 'what', from: 54, cell: ({ head }) => head.title };
const behindTitle: readonly Column<RunOverview>[] = [
  { heading: 'done', align: 'right', width: 7, from: 0, cell: ({ counts }) => count(counts.done) },
  { heading: 'failed', align: 'right', width: 6, from: 64, cell: ({ counts }) => count(counts.failed) },
  { heading: 'seconds', align: 'right', width: 8, from: 74, cell: ({ seconds }) => seconds.toFixed(1) },
  { heading: 'state', align: 'left', width: 9, from: 0, cell: ({ state }) => state },
];
interface RunsFlags {
  readonly json?: boolean;
}

/**
 * `shoal runs`: the newest first.
 * @returns the exit code.
 */
export async function listRuns({ json = false }: RunsFlags): Promise<number> {
  if (json) {
    for (const id of runIds()) {
      const run = runOverview(id);
      if (run) out.line(JSON.stringify(eventOf(run)));
    }
    return exitCode.fine;
  }
  const runs = runIds()
    .slice(0, mostInTable)
    .flatMap((id) => runOverview(id) ?? []);
  if (runs.length === 0) out.line('No run has kept a journal yet.');
  else
    out.text(await tableOfRows(runs, { before: beforeTitle, rest: title, behind: behindTitle }, out.columns));
  return exitCode.fine;
}

/** A run as `--json` tells it: in `runs`, and at the head of `runs show`. */
export function eventOf({ head, state, counts, total, seconds, undone }: RunOverview): object {
  const { id, startedAt, front, title, folder } = head;
  return { type: 'run', id, startedAt, front, title, folder, state, total, ...counts, seconds, undone };
}
