import { type RunOverview, runIds, runOverview } from '../../../../engine/run/front-ends/index.ts';
import { out } from '../../../output/streams.ts';
import { count } from '../../../output/wording.ts';
import { exitCode } from '../../../process/exit-codes.ts';

/** So many runs the table has; `--json` has them all. */
const mostInTable = 20;
interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** How wide it is at most; what is left of the terminal is the title's. */
  readonly width: number;
  /** It is left out of a terminal narrower than this. */
  readonly from: number;
  readonly cell: (run: RunOverview) => string;
}

const beforeTitle: readonly Column[] = [
  { heading: 'id', align: 'left', width: 20, from: 0, cell: ({ head }) => head.id },
  { heading: 'when', align: 'left', width: 16, from: 96, cell: ({ head }) => whenOf(head.startedAt) },
];
const titleFrom = 54;
const behindTitle: readonly Column[] = [
  { heading: 'done', align: 'right', width: 7, from: 0, cell: ({ counts }) => count(counts.done) },
  { heading: 'failed', align: 'right', width: 6, from: 64, cell: ({ counts }) => count(counts.failed) },
  { heading: 'seconds', align: 'right', width: 8, from: 74, cell: ({ seconds }) => seconds.toFixed(1) },
  { heading: 'state', align: 'left', width: 9, from: 0, cell: ({ state }) => state },
];
const gap = '  ';

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
  else out.text(await tableOf(runs, out.columns));
  return exitCode.fine;
}

/** A run as `--json` tells it: in `runs`, and at the head of `runs show`. */
export function eventOf({ head, state, counts, total, seconds, undone }: RunOverview): object {
  const { id, startedAt, front, title, folder } = head;
  return { type: 'run', id, startedAt, front, title, folder, state, total, ...counts, seconds, undone };
}

async function tableOf(runs: readonly RunOverview[], columns: number): Promise<string> {
  // Loaded here: most commands have no use for it.
  const { default: Table } = await import('cli-table3');
  const fits = ({ from }: Column): boolean => columns >= from;
  const [before, behind] = [beforeTitle.filter(fits), behindTitle.filter(fits)];
  const taken = [...before, ...behind].reduce((sum, { width }) => sum + width + gap.length, 0);
  const title: Column = {
    heading: 'what',
    align: 'left',
    width: columns - taken,
    from: titleFrom,
    cell: ({ head }) => bounded(head.title, columns - taken),
  };
  const shown = [...before, title, ...behind].filter(fits);
  const table = new Table({
    head: shown.map(({ heading }) => heading),
    colAligns: shown.map(({ align }) => align),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    // Two spaces between the columns, a line under the head and no others: ids are copied from here.
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: gap,
    },
  });
  for (const run of runs) table.push(shown.map(({ cell }) => cell(run)));
  const lines = table.toString().split('\n');
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** `2026-11-28 16:02`, in the person's own time. */
export function whenOf(startedAt: string): string {
  const at = new Date(startedAt);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

function bounded(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
