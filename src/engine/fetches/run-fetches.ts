import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from '../../shared/failure.ts';
import type { FetchRequest } from '../../shared/requests.ts';
import type { Summary } from '../../shared/result.ts';
import { thumbnailFolder } from '../../shared/settings/choices.ts';
import { areSame } from '../files/file-identity.ts';
import { openOutputFolder } from '../files/open-output-folder.ts';
import { removeStaleParts } from '../files/parts/stale-parts.ts';
import { realPath } from '../files/real-path.ts';
import { symlinkWithin } from '../files/symlink-within.ts';
import { failureOfSystemError } from '../files/system-error.ts';
import { assertWorkingFolder } from '../files/working-folder.ts';
import { LedgerOfUrls } from '../ledger/ledger-of-urls.ts';
import { nameMatcher } from '../names/name-matcher.ts';
import { outputsOfFetched } from '../names/plan-thumbnails.ts';
import { UrlNames } from '../names/url-names.ts';
import { cancelWithGrace } from '../pool/cancel-with-grace.ts';
import { roomForFetches, threadsThatFit } from '../pool/open-files.ts';
import { wantedPoolSize } from '../pool/wanted-pool-size.ts';
import { WorkerChannels } from '../pool/worker-channels.ts';
import type { PoolRun, WorkerPool } from '../pool/worker-pool.ts';
import { type WorkerLease, Workers } from '../pool/workers.ts';
import { CleanUps } from '../run/clean-ups.ts';
import { discreetError, discreetOptions } from '../run/discreet-options.ts';
import { driveRun } from '../run/drive-run.ts';
import type { RunContext } from '../run/run-options.ts';
import { RunResults } from '../run/run-results.ts';
import { netrcOf } from './access-files.ts';
import { fetchMeasures } from './fetch-measures.ts';
import { FetchPlanner, wantedName } from './fetch-planner.ts';
import { FetchRun } from './fetch-run.ts';
import { type FetchText, RobotsGate } from './hosts/robots-gate.ts';
import { entriesOfShard, isOfShard } from './lists/entries-of-shard.ts';
import { NamesOfShard } from './lists/names-of-shard.ts';
import { canBeReadAgain, checkInputs, urlList } from './lists/url-list.ts';
import { areFree, ExistingFiles } from './outputs/existing-outputs.ts';
import { KeptFiles } from './outputs/kept-files.ts';
import { partsAmong } from './parts/resumable-part.ts';
import { HostRules } from './protocol/host-rules.ts';
import { MemoryBudget } from './protocol/memory-budget.ts';
import type { Attempt, FetchPayload, TextAttempt, TextPayload } from './protocol/protocol.ts';
import { StartGate } from './start-gate.ts';
import { ThumbnailStage } from './then-thumbnail/thumbnail-stage.ts';
import { workerSettings } from './worker-settings.ts';

/** How long items in flight may take to end after an abort, in milliseconds. */
const graceMs = 2_000;

/**
 * Fetches URLs to files, and makes their thumbnails if asked to.
 * @returns the totals; each item is reported to `options.onResult` as it ends.
 * @throws UsageError when the run could not start: a list is missing, or there is no place for the files.
 */
export async function runFetches(request: FetchRequest, options: RunContext = {}): Promise<Summary> {
  assertWorkingFolder();
  try {
    return await run(request, discreetOptions(options, request.recipe.redact));
  } catch (error) {
    throw discreetError(error, request);
  }
}

async function run(asked: FetchRequest, options: RunContext): Promise<Summary> {
  const request = withManners(asked);
  const { recipe } = request;
  const { force = false, dryRun = false, signal, shard, workers = new Workers() } = options;
  const ledger = options.ledger && new LedgerOfUrls(options.ledger, !dryRun);
  const poolSize = wantedPoolSize('fetch', options.poolSize);
  const folder = resolve(request.outputFolder);
  await checkInputs(request.inputs);
  const thumbnailsTo = recipe.thumbnail && join(folder, thumbnailFolder);
  // Checked before anything is created: wrong settings are wrong usage.
  const wantedSettings = workerSettings(request, folder, thumbnailsTo, poolSize, options);
  const hosts = new HostRules(wantedSettings.hosts);
  const netrc = request.access.netrcFile === undefined ? undefined : netrcOf(request.access.netrcFile);
  const before = dryRun ? [] : openFolder(folder);
  if (thumbnailsTo) refuseOtherFolder(thumbnailsTo, folder);
  if (!dryRun && thumbnailsTo) openFolder(thumbnailsTo);
  await using cleanUps = new CleanUps();
  const pools: WorkerPool[] = [];
  const open = (pool: WorkerPool): PoolRun => {
    pools.push(pool);
    const run = pool.openRun();
    cleanUps.defer(cancelWithGrace(signal, { cancel: run.cancel, kill: () => void pool.destroy() }, graceMs));
    return run;
  };
  const own = ({ pool, end }: WorkerLease): WorkerPool => {
    cleanUps.defer(async () => {
      const gone = end();
      // A thread that is busy with an image ends only after it; an aborted run does not wait for that.
      if (!signal?.aborted) await gone;
    });
    return pool;
  };
  // Pages are read even then: which images they have is what a dry run tells.
  const fetching =
    dryRun && !recipe.imagesOf ? undefined : own(workers.forFetches(recipe.thumbnail !== undefined));
  const room = roomForFetches({
    wanted: poolSize.ceiling,
    threads: fetching?.mostThreads ?? 1,
    imaging: recipe.thumbnail ? threadsThatFit(availableParallelism()) : 0,
  });
  const settings = { ...wantedSettings, ceiling: room.requests, mostSockets: room.socketsPerThread };
  const channels =
    fetching && new WorkerChannels(open(fetching), { kind: 'fetch', settings }, fetching.mostThreads);
  let imaging: Promise<PoolRun> | undefined;
  const openImaging = async (): Promise<PoolRun> => {
    const pool = own(workers.forThumbnailsOfFetches());
    const run = open(pool);
    await pool.ready;
    return run;
  };
  cleanUps.defer(() => channels?.close());
  const results = new RunResults(options);
  const memory = new MemoryBudget(settings.memory);
  const kept = new KeptFiles(recipe.dedupe, ledger);
  const { thumbnail } = recipe;
  const outputsOf =
    thumbnail && thumbnailsTo && ((name: string) => outputsOfFetched(name, thumbnail, thumbnailsTo));
  const names = new UrlNames({
    ...(outputsOf && { leadsTo: outputsOf }),
    ...(outputsOf && !recipe.originals && { isFree: (name, url) => areFree(outputsOf(name), url, ledger) }),
  });
  const thumbnails =
    recipe.thumbnail && thumbnailsTo
      ? new ThumbnailStage({
          folder: thumbnailsTo,
          recipe: recipe.thumbnail,
          durable: request.durable,
          // Called only if needed: if the fetching threads make all thumbnails, no others are started.
          pool: () => (imaging ??= openImaging()),
          ledger,
          names,
          memory,
        })
      : undefined;
  // Pages are of a shard with all that they lead to: those of the others are not read. What stands between waits for all it sees.
  const isForShard = recipe.imagesOf || options.throughList !== undefined;
  const namesOfShard =
    shard && !isForShard && canBeReadAgain(request.inputs)
      ? new NamesOfShard({
          inputs: request.inputs,
          literal: recipe.literal,
          shard,
          keysOf: (entry) => names.keysOf(wantedName(entry)),
          signal,
        })
      : undefined;
  const listed = urlList(request.inputs, {
    onDuplicates: (times) => {
      options.onWarning?.(duplicatesWarning(times));
      options.onPassedOver?.({ why: 'twice', times });
    },
    literal: recipe.literal,
    ...(shard && { isCounted: (entry) => isOfShard(shard, entry) }),
    ...(namesOfShard && { isRemembered: (entry) => namesOfShard.matters(entry) }),
  });
  const ofShard =
    shard && isForShard ? entriesOfShard(listed, shard) : (namesOfShard?.before(listed) ?? listed);
  const pages = options.throughList?.(ofShard) ?? ofShard;
  const robots = settings.respect.includes('robots')
    ? new RobotsGate(robotName(settings.userAgent), (text) => fetchText(opened(channels), text))
    : undefined;
  const planner = new FetchPlanner({
    there: thumbnails && !recipe.originals ? thumbnails.whatIsThere() : new ExistingFiles(folder, ledger),
    force,
    recheck: recipe.recheck,
    parts: partsAmong(before),
    names,
    ofShard: namesOfShard,
    mayReplace: (output) => kept.mayReplace(output),
    netrc,
    hosts,
  });
  const entries =
    recipe.imagesOf && robots
      ? // Loaded only where it is needed: it comes with a parser of HTML.
        (await import('./pages/images-of-pages.ts')).imagesOfPages(pages, {
          fetchText: (text) => fetchText(opened(channels), text),
          robots,
          retries: recipe.retries,
          authorizationOf: (entry) => planner.authorizationOf(entry),
          minGapMsOf: (host) => (hosts.for(host).minGap ?? recipe.minGap) * 1_000,
          matches: recipe.match === undefined ? () => true : nameMatcher(recipe.match),
          onWarning: (warning) => options.onWarning?.(warning),
          signal,
        })
      : pages;
  const fetchRun = new FetchRun(entries, {
    recipe,
    poolSize,
    options,
    planner,
    gate: new StartGate({
      ready: Promise.all([...pools.map((pool) => pool.ready), channels?.ready()]),
      mostInFlight: room.requests,
      poolSize,
      onWarning: options.onWarning,
    }),
    attempt: ({ payload }) => opened(channels).execute<Attempt>(payload satisfies FetchPayload),
    kept,
    hosts,
    robots: dryRun ? undefined : robots,
    sharedHosts: dryRun ? undefined : options.hosts?.open(),
    thumbnails,
    results,
    shard: recipe.imagesOf ? undefined : shard,
    measures: fetchMeasures(fetching, settings, memory, options.limits),
  });
  cleanUps.defer(() => fetchRun.close());
  // The list is read while the workers start; a worker that cannot start ends the run.
  await driveRun(fetchRun, results, options);
  // The threads end while the ledger is written.
  channels?.close();
  for (const pool of pools) void pool.destroy();
  ledger?.flush();
  return { ...results.summary(poolSize), ...(fetchRun.hosts.length > 0 && { hosts: fetchRun.hosts }) };
}

/** Nobody listed the images of a page: whether they may be fetched is for their site to say. */
function withManners(request: FetchRequest): FetchRequest {
  const { recipe } = request;
  if (!recipe.imagesOf || recipe.respect.includes('robots')) return request;
  return { ...request, recipe: { ...recipe, respect: [...recipe.respect, 'robots'] } };
}

/** Thumbnails may overwrite files in their folder, so it must be inside the given folder and no symlink. */
function refuseOtherFolder(inner: string, folder: string): void {
  if (symlinkWithin(folder, inner) === undefined && !areSame(folder, inner)) return;
  const message = `Thumbnails would go to ${inner}, which leads to ${realPath(inner)} and is not followed: remove it, or choose another folder.`;
  throw new UsageError(message);
}

/** Makes the output folder if it is missing. @returns the names in it. */
function openFolder(folder: string): string[] {
  try {
    openOutputFolder(folder);
    const names = readdirSync(folder);
    removeStaleParts(folder, names);
    return names;
  } catch (error) {
    throw new UsageError(failureOfSystemError(error, folder, 'write').message, { cause: error });
  }
}

async function fetchText(channels: WorkerChannels, text: TextPayload): ReturnType<FetchText> {
  const outcome = await channels.execute<TextAttempt>(text);
  if (outcome.status === 'done') return outcome.value;
  return outcome.status === 'failed' ? { kind: 'failed', error: outcome.error } : { kind: 'cancelled' };
}

function opened(channels: WorkerChannels | undefined): WorkerChannels {
  if (!channels) throw new Error('A dry run executes nothing.');
  return channels;
}

function robotName(userAgent: string): string {
  return /^[^\s/]+/.exec(userAgent)?.[0] ?? userAgent;
}

function duplicatesWarning(count: number): string {
  return count === 1
    ? 'One URL was listed twice and is fetched once.'
    : `${count} URLs were listed before and are fetched once.`;
}
