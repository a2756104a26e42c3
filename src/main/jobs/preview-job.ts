import type { RunOptions, Summary } from '../../engine/index.ts';
import type { Preview } from '../../shared/ipc/job.ts';
import type { ResolvedJob } from './resolved-job.ts';

/** A preview answers within about this time, in milliseconds. Items not counted by then make the count "at least". */
const patienceMs = 1_500;
const mostExamples = 5;

/** Finds out what a job would do, by a dry run of the engine that is stopped if it takes too long. */
export async function previewJob(
  job: ResolvedJob,
  run: (job: ResolvedJob, options: RunOptions) => Promise<Summary>,
  superseded: AbortSignal,
): Promise<Preview> {
  const late = AbortSignal.timeout(patienceMs);
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
    onResult: ({ input, status, reason, error }) => {
      seen += 1;
      if (status === 'skipped' && reason !== 'dry-run') skipped += 1;
      if (status !== 'failed') return;
      unusable += 1;
      if (unusableExamples.length < mostExamples) {
        unusableExamples.push({ subject: input, message: error?.message ?? '' });
      }
    },
  });
  return {
    total: Math.max(seen, counted),
    skipped,
    destination: job.destination,
    unusable,
    unusableExamples,
    partial: late.aborted || superseded.aborted,
  };
}
