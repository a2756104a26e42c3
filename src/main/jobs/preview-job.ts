import type { RunOptions, Summary } from '../../engine/index.ts';
import { PlannedItems } from '../../engine/run/front-ends/index.ts';
import type { Preview } from '../../shared/ipc/job.ts';
import type { ResolvedJob } from './resolved-job.ts';

/** A preview answers within about this time, in milliseconds. Items not counted by then make the count "at least". */
const patienceMs = 1_500;
const mostExamples = 5;

/** What a preview finds: what the page shows, and what a forecast is made from. */
interface Found {
  readonly preview: Preview;
  readonly planned: PlannedItems;
}

/** Finds out what a job would do, by a dry run of the engine that is stopped if it takes too long. */
export async function previewJob(
  job: ResolvedJob,
  run: (job: ResolvedJob, options: RunOptions) => Promise<Summary>,
  superseded: AbortSignal,
): Promise<Found> {
  const late = AbortSignal.timeout(patienceMs);
  const planned = new PlannedItems();
  let seen = 0;
  let counted = 0;
  let skipped = 0;
  let unusable = 0;
  const unusableExamples: { subject: string; message: string }[] = [];
  await run(job, {
    dryRun: true,
    poolSize: 1,
    signal: AbortSignal.any([late, superseded]),
    onTotal: (total) => {
      counted = total;
    },
    onResult: (result) => {
      const { input, status, reason, error } = result;
      seen += 1;
      planned.add(result);
      if (status === 'skipped' && reason !== 'dry-run') skipped += 1;
      if (status !== 'failed') return;
      unusable += 1;
      if (unusableExamples.length < mostExamples) {
        unusableExamples.push({ subject: input, message: error?.message ?? '' });
      }
    },
  });
  const preview = {
    total: Math.max(seen, counted),
    skipped,
    destination: job.destination,
    unusable,
    unusableExamples,
    partial: late.aborted || superseded.aborted,
  };
  return { preview, planned };
}
