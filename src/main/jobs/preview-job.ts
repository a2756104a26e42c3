import type { RunOptions, Summary } from '../../engine/index.ts';
import { PlannedItems } from '../../engine/run/front-ends/index.ts';
import type { Preview } from '../../shared/ipc/job.ts';
import type { ResolvedJob } from './resolved-job.ts';

const mostExamples = 5;

/** A count of what a job would do, from its beginning. It goes on until it is complete or stopped. */
export interface PreviewCount {
  /** What has been found by now. */
  preview(): Preview;
  /** What a forecast is made from. */
  readonly planned: PlannedItems;
  /** Resolves when nothing more will be found. */
  readonly ended: Promise<void>;
}

/** Finds out what a job would do, by a dry run of the engine. */
export function previewJob(
  job: ResolvedJob,
  run: (job: ResolvedJob, options: RunOptions) => Promise<Summary>,
  signal: AbortSignal,
): PreviewCount {
  const planned = new PlannedItems();
  let seen = 0;
  let counted = 0;
  let skipped = 0;
  let unusable = 0;
  let goesOn = true;
  const unusableExamples: { subject: string; message: string }[] = [];
  const counting = run(job, {
    dryRun: true,
    poolSize: 1,
    signal,
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
  const preview = () => ({
    total: Math.max(seen, counted),
    seen,
    skipped,
    destination: job.destination,
    unusable,
    unusableExamples: [...unusableExamples],
    partial: goesOn || signal.aborted,
    goesOn,
  });
  const ended = counting.finally(() => {
    goesOn = false;
  });
  return { preview, planned, ended: ended.then(() => {}) };
}
