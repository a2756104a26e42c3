import { basename, dirname } from 'node:path';
import type { RunOptions, Summary } from '../../engine/index.ts';
import { PlannedItems } from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import type { Preview } from '../../shared/ipc/job.ts';
import { destinationInWords } from '../inputs/kept-words.ts';
import { SpreadSample } from '../samples/spread-sample.ts';
import { withoutPath } from '../views/row-of-item.ts';
import { PreviewContents } from './preview-contents.ts';
import type { ResolvedJob } from './resolved-job.ts';

const mostExamples = 5;
/** How many images are made before the start, to be looked at. */
const mostSamples = 8;

/** A count of what a job would do, from its beginning. It goes on until it is complete or stopped. */
export interface PreviewCount {
  /** What has been found by now. */
  preview(): Preview;
  /** What a forecast is made from. */
  readonly planned: PlannedItems;
  /** Some of the items, to look at. */
  readonly spread: SpreadSample<string>;
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
  const contents = new PreviewContents(job.kind);
  const spread = new SpreadSample<string>(mostSamples);
  let seen = 0;
  let counted = 0;
  let skipped = 0;
  let unusable = 0;
  let removals = 0;
  let goesOn = true;
  const unusableExamples: { subject: string; message: string }[] = [];
  const warnings = nestedWarnings(job);
  const counting = run(job, {
    dryRun: true,
    poolSize: 1,
    signal,
    onWarning: (warning) => {
      if (warnings.length < 2 * mostExamples) warnings.push(withoutPaths(warning, job));
    },
    onRemoved: () => {
      removals += 1;
    },
    onPassedOver: (passed) => contents.passOver(passed),
    onTotal: (total) => {
      counted = total;
    },
    onResult: (result) => {
      const { input, status, reason, error } = result;
      seen += 1;
      planned.add(result);
      contents.add(result);
      if (status === 'skipped' && reason !== 'dry-run') skipped += 1;
      if (status !== 'failed') {
        spread.offer(input);
        return;
      }
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
    ...(removals > 0 && { removals }),
    destination: destinationInWords(job.destination),
    unusable,
    unusableExamples: [...unusableExamples],
    warnings: [...warnings],
    contents: contents.view(planned.hosts),
    partial: goesOn || signal.aborted,
    goesOn,
  });
  const ended = counting.finally(() => {
    goesOn = false;
  });
  return { preview, planned, spread, ended: ended.then(() => {}) };
}

/** The page learns no path of what was given: its name says which it is. */
function withoutPaths(warning: string, { request }: ResolvedJob): string {
  if (request.kind !== 'thumbnails') return warning;
  // The longest first: a folder's path is the beginning of those of the folders in it.
  const paths = [...request.paths].sort((one, other) => other.length - one.length);
  return paths.reduce((text, path) => withoutPath(text, path), warning);
}

/** Tells of an input that lies in another one, whose images come twice: a run would make them once. */
function nestedWarnings({ request }: ResolvedJob): string[] {
  if (request.kind !== 'thumbnails' || !request.recursive) return [];
  const given = new Set(request.paths);
  const warnings: string[] = [];
  for (const path of request.paths) {
    const outer = given.size > 1 ? folderAbove(path, given) : undefined;
    if (outer === undefined) continue;
    warnings.push(
      t('{{inner}} lies in {{outer}}, which is given as well: its images are counted twice.', {
        inner: basename(path),
        outer: basename(outer) || outer,
      }),
    );
    if (warnings.length === mostExamples) break;
  }
  return warnings;
}

function folderAbove(path: string, given: ReadonlySet<string>): string | undefined {
  for (let at = path; dirname(at) !== at; ) {
    at = dirname(at);
    if (given.has(at)) return at;
  }
  return undefined;
}
