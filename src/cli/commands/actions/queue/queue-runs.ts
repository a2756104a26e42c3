import { QueueClient, type QueuedProgress } from '../../../../engine/cluster/front-ends/index.ts';
import { out } from '../../../output/streams.ts';
import { notice } from '../../../output/verbosity.ts';
import { count } from '../../../output/wording.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { interruptSignal } from '../../../process/interrupt.ts';
import { type Columns, tableOfRows } from '../../../tables/table-of-rows.ts';
import { codesOf } from '../runs/codes-of.ts';
import type { RetryFlags } from '../runs/retry-run.ts';
import { whenOf } from '../runs/when-of.ts';
import { followHere } from './follow-here.ts';
import { detailsOf, queueUrl, queueUrlOf } from './queue-url.ts';

interface QueueFlags {
  readonly queue?: string;
  readonly json?: boolean;
}

/** `incomplete` is what has ended with buckets that failed by themselves: `shoal runs retry` does them again. */
function standingOf({ state, broken }: QueuedProgress): string {
  return state === 'ended' && broken > 0 ? 'incomplete' : state;
}

const columns: Columns<QueuedProgress> = {
  before: [
    { heading: 'id', align: 'left', width: 20, from: 0, cell: ({ id }) => id },
    { heading: 'when', align: 'left', width: 16, from: 110, cell: (run) => whenOf(run.submittedAt) },
  ],
  rest: { heading: 'what', from: 70, cell: ({ title }) => title },
  behind: [
    { heading: 'items', align: 'right', width: 10, from: 90, cell: ({ items }) => count(items) },
    { heading: 'done', align: 'right', width: 10, from: 0, cell: ({ done }) => count(done) },
    { heading: 'failed', align: 'right', width: 7, from: 64, cell: ({ failed }) => count(failed) },
    {
      heading: 'buckets',
      align: 'right',
      width: 13,
      from: 80,
      cell: ({ ended, buckets }) => `${count(ended)}/${count(buckets)}`,
    },
    { heading: 'state', align: 'left', width: 11, from: 0, cell: standingOf },
  ],
};

/**
 * `shoal runs redis://…`: the runs that a queue knows, the newest first.
 * @returns the exit code.
 */
export async function listQueuedRuns(url: string, { json = false }: QueueFlags): Promise<number> {
  await using client = await connected(queueUrl(url));
  const runs = await client.runs();
  if (json) for (const run of runs) out.line(JSON.stringify({ type: 'run', ...run }));
  else if (runs.length === 0) out.line('No run has been handed out by this queue yet.');
  else out.text(await tableOfRows(runs, columns, out.columns));
  return exitCode.fine;
}

/**
 * `shoal runs cancel ID`: workers leave the run alone from now on.
 * @returns the exit code.
 */
export async function cancelRun(id: string, flags: QueueFlags): Promise<number> {
  await using client = await connected(queueUrlOf(id, flags.queue));
  const run = await client.cancel(detailsOf(id)?.run ?? id);
  out.line(`${run} is cancelled. What is done of it stays in its place.`);
  return exitCode.fine;
}

/**
 * `shoal runs retry ID` of a run that was handed out: its failed buckets, or if none has failed its failed items.
 * @returns the exit code.
 */
export async function retryQueuedRun(id: string, flags: RetryFlags & QueueFlags): Promise<number> {
  const url = queueUrlOf(id, flags.queue);
  const signal = interruptSignal();
  await using client = await connected(url);
  const codes = codesOf(flags.only);
  const again = await client.retry(detailsOf(id)?.run ?? id, codes);
  if (!again) {
    out.line(codes ? `Nothing in ${id} failed by ${codes.join(', ')}.` : `Nothing of ${id} is left to do.`);
    return exitCode.fine;
  }
  notice(`${again.record.id}: ${again.what} of ${id} handed out again.`);
  return await followHere(client, again.record, { flags, place: again.place, url, signal });
}

function connected(url: string): Promise<QueueClient> {
  return QueueClient.connect(url, notice);
}
