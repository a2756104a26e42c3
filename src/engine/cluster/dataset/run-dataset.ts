import { join, resolve } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import type { FetchRequest } from '../../../shared/requests.ts';
import type { Summary } from '../../../shared/result.ts';
import { hashOfText } from '../../files/hash-of-text.ts';
import { stateFolder } from '../../files/state-folder.ts';
import type { RunContext } from '../../run/run-options.ts';
import { inScratchFolder } from '../../run/scratch-folder.ts';
import { openPlace } from '../places/open-place.ts';
import { isS3Address } from '../places/s3-address.ts';
import { assertCanBeSet } from './can-be-set.ts';
import { commitTo } from './commit-shard.ts';
import { DatasetRun, type DatasetRunParts } from './dataset-run.ts';
import { FormerItems } from './former-items.ts';
import { planDataset } from './plan-dataset.ts';
import { isHandedOut } from './set-of-queue.ts';
import type { ShardSet } from './shard-names.ts';
import { shardSettingsOf } from './shard-settings.ts';
import { finishedShards, removeShards } from './shard-stats.ts';
import { Staging } from './staging.ts';

/** The folder in the output folder for what is in no shard yet. */
const stagingFolder = '.shoal-dataset';

/** An ordinary run of fetches. */
export type Fetch = (request: FetchRequest, options: RunContext) => Promise<Summary>;

/**
 * Fetches a list into a data set: tars of images in the order of the list, each with a table of its items. Around an
 * ordinary run, which fetches into a folder that is emptied into the tars.
 * @throws UsageError when the run could not start, or a data set of another list is there.
 */
export async function runDataset(request: FetchRequest, options: RunContext, fetch: Fetch): Promise<Summary> {
  assertCanBeSet(request, options);
  const place = await openPlace(request.outputFolder);
  const set = { place, prefix: '' };
  try {
    if (await isHandedOut(place)) {
      throw new UsageError(
        `${place.title} has a data set that a queue’s workers made: choose another folder, or go on with --queue.`,
      );
    }
    const folder = stagingOf(request.outputFolder, place.title);
    if (!options.dryRun) return await intoShards(request, options, fetch, set, folder);
    return await inScratchFolder(async (scratch) => {
      const finished = options.force ? [] : await finishedShards(set, shardSettingsOf(request));
      const former = new FormerItems(set, finished, scratch);
      const staged = { ...request, outputFolder: join(folder, 'planned') };
      return planDataset(staged, options, former, fetch).finally(() => former.close());
    });
  } finally {
    await place.close();
  }
}

/** The folder on this machine for what is in no shard yet. A run that goes on has to be on the same one. */
function stagingOf(output: string, title: string): string {
  return isS3Address(output)
    ? join(stateFolder(), 'datasets', hashOfText(title).slice(0, 16))
    : join(resolve(output), stagingFolder);
}

async function intoShards(
  request: FetchRequest,
  options: RunContext,
  fetch: Fetch,
  set: ShardSet,
  folder: string,
): Promise<Summary> {
  const settings = shardSettingsOf(request);
  if (options.force) await removeShards(set);
  const finished = await finishedShards(set, settings);
  const staging = new Staging(folder, { anew: options.force ?? false });
  const commit = commitTo(set, staging, request.durable);
  return runIntoShards({ request, options, set, staging, settings, finished, commit }, fetch);
}

/** Fetches what is in no shard yet, and makes the shards. */
export async function runIntoShards(parts: DatasetRunParts, fetch: Fetch): Promise<Summary> {
  const { request, staging } = parts;
  const run = new DatasetRun(parts);
  try {
    const { ledger: _ledger, ...others } = run.options;
    const summary = await fetch({ ...request, outputFolder: staging.files }, others).catch(
      (error: unknown) => {
        throw run.fault ?? error;
      },
    );
    return await run.end(summary);
  } finally {
    await run.close();
    staging.leave();
  }
}
