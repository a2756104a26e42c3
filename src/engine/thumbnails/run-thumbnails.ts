import type { ThumbnailRequest } from '../../shared/requests.ts';
import type { MadeThumbnail, Summary } from '../../shared/result.ts';
import { asksForSets } from '../../shared/settings/set-kinds.ts';
import { assertWorkingFolder } from '../files/working-folder.ts';
import type { PlannedThumbnail } from '../names/plan-thumbnails.ts';
import { cancelWithGrace } from '../pool/cancel-with-grace.ts';
import { fewFilesWarning } from '../pool/open-files.ts';
import type { Outcome } from '../pool/threads/protocol.ts';
import { wantedPoolSize } from '../pool/wanted-pool-size.ts';
import type { PoolRun } from '../pool/worker-pool.ts';
import { Workers } from '../pool/workers.ts';
import { runItems } from '../run/run-items.ts';
import type { RunContext } from '../run/run-options.ts';
import type { ListedPaths } from './listed/listed-paths.ts';
import type { SetsOfRun } from './sets-of-run.ts';
import type { ThumbnailPayload } from './task/thumbnail.ts';
import { ThumbnailPlanner } from './thumbnail-planner.ts';

/** How long images in flight may take to end after an abort, in milliseconds. */
const graceMs = 2_000;

/**
 * Makes thumbnails of folders and files.
 * @returns the totals; each item is reported to `options.onResult` as it ends.
 * @throws UsageError when the run could not start: a path is missing, or there is no place for the outputs.
 */
export async function runThumbnails(request: ThumbnailRequest, asked: RunContext = {}): Promise<Summary> {
  assertWorkingFolder();
  if (request.mirror) (await import('./mirror/mirror.ts')).assertMirrors(request, asked);
  // A set is of the whole request: what a former run has done is skipped, also where that one did all anew.
  const options: RunContext = asksForSets(request)
    ? { ...asked, only: undefined, forceOnly: asked.only }
    : asked;
  const { list } = request;
  if (!list) return runPaths(request, options);
  const { readListed } = await import('./listed/read-listed.ts');
  const read = await readListed({ ...request, list }, options);
  using listed = read.listed;
  return await runPaths(read.request, options, listed);
}

async function runPaths(
  request: ThumbnailRequest,
  options: RunContext,
  listed?: ListedPaths,
): Promise<Summary> {
  const { ledger, workers = new Workers(), dryRun = false, signal } = options;
  const poolSize = wantedPoolSize('thumbnails', options.poolSize);
  const planner = new ThumbnailPlanner(request, options, listed);
  const sets = asksForSets(request) ? await openSets(request, options, planner) : undefined;
  const lease = dryRun ? undefined : workers.forThumbnails(poolSize.ceiling);
  const pool = lease?.pool;
  if (pool?.isShortOfFilesFor(poolSize.size)) {
    options.onWarning?.(fewFilesWarning(pool.mostThreads, poolSize.size));
  }
  const run = pool?.openRun();
  const disarm = cancelWithGrace(
    signal,
    { cancel: () => run?.cancel(), kill: () => void lease?.end() },
    graceMs,
  );
  try {
    void planner.countTotal();
    const summary = await runItems<PlannedThumbnail, MadeThumbnail>(
      {
        planned: sets?.watch(planner.plan()) ?? planner.plan(),
        poolSize,
        execute: async (images) => {
          if (!run) throw new Error('A dry run executes nothing.');
          // Threads that are still booting delay only the first images, not the walk.
          await pool?.ready;
          const { recipe, durable } = request;
          const shared = { recipe, durable, placeholders: sets !== undefined };
          const make = (those: typeof images) => executeBatch(run, { ...shared, images: those });
          const outcomes = await withInputs(images, make, options.inputsElsewhere);
          planner.underWay();
          return outcomes;
        },
        recordOutput: (made, { input }) => {
          const produced = planner.records.recordThumbnails(made, input);
          return produced.output === undefined ? { ...produced, reason: 'not-smaller' } : produced;
        },
      },
      sets?.listening(options) ?? options,
    );
    const removed = await mirrored(request, planner, options);
    return { ...summary, ...removed, ...(sets && { sets: await sets.write(run) }) };
  } finally {
    sets?.close();
    disarm();
    run?.close();
    const gone = lease?.end();
    // A thread in the middle of an image ends only after it; an aborted run does not wait for that.
    if (!signal?.aborted) await gone;
    planner.close();
    ledger?.flush();
  }
}

/** Removes the thumbnails of deleted originals, where that is asked for. */
async function mirrored(
  request: ThumbnailRequest,
  { walked }: ThumbnailPlanner,
  options: RunContext,
): Promise<Partial<Summary>> {
  if (!request.mirror || options.signal?.aborted) return {};
  const { mirror } = await import('./mirror/mirror.ts');
  return mirror(request, walked, options);
}

async function openSets(
  request: ThumbnailRequest,
  options: RunContext,
  planner: ThumbnailPlanner,
): Promise<SetsOfRun> {
  const { SetsOfRun } = await import('./sets-of-run.ts');
  try {
    return await SetsOfRun.open(request, options, planner);
  } catch (error) {
    planner.close();
    throw error;
  }
}

/** Has the images brought that lie elsewhere, for as long as they are worked on. */
async function withInputs(
  images: ThumbnailPayload['images'],
  make: (images: ThumbnailPayload['images']) => Promise<readonly Outcome<MadeThumbnail>[]>,
  elsewhere: RunContext['inputsElsewhere'],
): Promise<readonly Outcome<MadeThumbnail>[]> {
  if (!elsewhere) return make(images);
  const inputs = images.map(({ input }) => input);
  try {
    const failures = await elsewhere.bring(inputs);
    const there = images.filter(({ input }) => !failures.has(input));
    const made = there.length > 0 ? await make(there) : [];
    const outcomes = new Map(there.map(({ input }, at) => [input, made[at]]));
    return inputs.map((input) => {
      const error = failures.get(input);
      return error
        ? { status: 'failed', error, ms: 0 }
        : (outcomes.get(input) ?? { status: 'cancelled', ms: 0 });
    });
  } finally {
    elsewhere.takeAway(inputs);
  }
}

/** A worker that dies takes its whole batch with it: the images are then tried one by one, to find the cause. */
async function executeBatch(
  run: PoolRun,
  { images, ...shared }: ThumbnailPayload,
): Promise<readonly Outcome<MadeThumbnail>[]> {
  const payload: ThumbnailPayload = { ...shared, images };
  const outcome = await run.execute<Outcome<MadeThumbnail>[]>('thumbnail', payload);
  if (outcome.status === 'done') return outcome.value;
  if (images.length === 1 || outcome.status === 'cancelled') return images.map(() => outcome);
  const alone: Outcome<MadeThumbnail>[] = [];
  for (const image of images) alone.push(...(await executeBatch(run, { ...shared, images: [image] })));
  return alone;
}
