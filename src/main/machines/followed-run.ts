import { setTimeout as sleep } from 'node:timers/promises';
import type {
  FollowedRun,
  QueueClient,
  RunRecord,
  RunStanding,
} from '../../engine/cluster/front-ends/index.ts';
import type { JournalOptions, RunOptions, Summary } from '../../engine/index.ts';
import { Journal, Tally } from '../../engine/run/front-ends/index.ts';
import { t } from '../../languages/translate.ts';
import { fetchRequestSchema, mapRequestSchema, thumbnailRequestSchema } from '../../shared/requests.ts';
import { isUrl } from '../history/job-of-head.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';

/** So long may the last look take that is under way when nobody follows any more, in milliseconds. */
const lastLookMs = 1_000;

/**
 * What a run in a queue was to do, as the window knows jobs.
 * @throws RequestProblem when another version wrote it.
 */
export function jobOfRecord({ id, request, title, force }: RunRecord, place: string): ResolvedJob {
  const words = { title, force, ...wordsOfPlace(place) };
  // Its buckets have its inputs: who wants to do it again gives them again.
  const none = { kind: 'journal', id };
  const fetched = fetchRequestSchema.safeParse({ ...request, inputs: [{ kind: 'argument', value: '-' }] });
  if (fetched.success) return { kind: 'fetch', request: fetched.data, ...words };
  const thumbnails = thumbnailRequestSchema.safeParse(request);
  if (thumbnails.success) return { kind: 'thumbnails', request: thumbnails.data, ...words };
  const applied = mapRequestSchema.safeParse({ ...request, inputs: [none] });
  if (applied.success) return { kind: 'map', request: applied.data, ...words };
  throw new RequestProblem(
    'CANNOT_SHOW',
    t('Another version of Shoal has handed this run out: it shows it as well.'),
  );
}

/** No file manager shows an object storage. */
function wordsOfPlace(place: string): Pick<ResolvedJob, 'destination' | 'folder'> {
  return { destination: place, folder: isUrl(place) ? '' : place };
}

/** A job whose results go to where all machines see them. */
export function inPlace(job: ResolvedJob, place: string): ResolvedJob {
  const words = wordsOfPlace(place);
  if (job.kind === 'map') return { ...job, ...words };
  // A union of kinds is not spread as one.
  return job.kind === 'fetch'
    ? { ...job, ...words, request: { ...job.request, outputFolder: place } }
    : { ...job, ...words, request: { ...job.request, outputFolder: place } };
}

export interface FollowedHere {
  readonly client: QueueClient;
  readonly record: RunRecord;
  readonly place: string;
  readonly onStanding: (standing: RunStanding) => void;
  /** What was said when it was handed out. */
  readonly warnings: readonly string[];
}

/** Follows a run that workers have, until its end or until nobody wants to see more. */
async function followedRun(
  { client, record, place, onStanding }: FollowedHere,
  { signal = new AbortController().signal, onTotal, onResult, onWarning }: RunOptions,
): Promise<Summary> {
  onTotal?.(record.items, true);
  const following = client.follow(record, place, {
    signal,
    onResult: (result) => onResult?.(result),
    onWarning: (warning) => onWarning?.(warning),
    onStanding,
  });
  // A queue that is lost answers nothing: who leaves does not wait for it.
  const left = aborted(signal).then(() => sleep(lastLookMs, undefined));
  const followed = await Promise.race([following, left]);
  following.catch(() => {});
  if (!followed) return new Tally().summary();
  assertWhole(followed);
  return followed.summary;
}

/** Follows a run and keeps what is told of it, as of a run that is done here. */
export async function followedWithJournal(
  following: FollowedHere,
  { request, force }: ResolvedJob,
  journal: JournalOptions,
  options: RunOptions,
): Promise<Summary> {
  const { signal, onWarning } = options;
  const kept = new Journal({ request, force, journal, signal, onWarning });
  const heard = kept.listening(options);
  for (const warning of following.warnings) heard.onWarning?.(warning);
  try {
    const summary = await followedRun(following, heard);
    // Nobody wants to read of a run that was left before its first result.
    if (signal?.aborted && summary.total === 0) kept.fail(signal.reason);
    else kept.end(summary);
    return summary;
  } catch (error) {
    kept.fail(error);
    throw error;
  }
}

/** @throws Error where items are left that nobody does. */
function assertWhole({ ending, problems }: FollowedRun): void {
  if (ending === 'cancelled') {
    throw new Error(t('It was cancelled for all machines. What was done until then is in its folder.'));
  }
  if (problems.size === 0) return;
  const [problem = ''] = problems.values();
  const failed = t('{{count, number}} buckets failed, and their items with them.', {
    count: problems.size,
  });
  throw new Error(`${failed} ${problem} ${t('“Retry” on the screen Machines hands them out again.')}`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
