import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import type { FetchRequest } from '../../../shared/requests.ts';
import type { Summary } from '../../../shared/result.ts';
import { stateFolder } from '../../files/state-folder.ts';
import type { RunContext } from '../../run/run-options.ts';
import { inScratchFolder } from '../../run/scratch-folder.ts';
import { isS3Address } from '../places/s3-address.ts';
import { S3Place } from '../places/s3-place.ts';
import { DatasetRun } from './dataset-run.ts';
import { FormerItems } from './former-items.ts';
import { planDataset } from './plan-dataset.ts';
import { ShardFolder, type ShardPlace, ShardStorage } from './shard-place.ts';
import { shardSettingsOf } from './shard-settings.ts';
import { finishedShards, removeShards } from './shard-stats.ts';
import { Staging } from './staging.ts';

/** The folder in the output folder for what is in no shard yet. */
const stagingFolder = '.shoal-dataset';

/** An ordinary run of fetches. */
type Fetch = (request: FetchRequest, options: RunContext) => Promise<Summary>;

/**
 * Fetches a list into a data set: tars of images in the order of the list, each with a table of its items. Around an
 * ordinary run, which fetches into a folder that is emptied into the tars.
 * @throws UsageError when the run could not start, or a data set of another list is there.
 */
export async function runDataset(request: FetchRequest, options: RunContext, fetch: Fetch): Promise<Summary> {
  refuseOthers(request, options);
  const { place, folder } = await placesOf(request.outputFolder);
  try {
    if (!options.dryRun) return await intoShards(request, options, fetch, place, folder);
    return await inScratchFolder(async (scratch) => {
      const finished = options.force ? [] : await finishedShards(place, shardSettingsOf(request));
      const former = new FormerItems(place, finished, scratch);
      const staged = { ...request, outputFolder: join(folder, 'planned') };
      return planDataset(staged, options, former, fetch).finally(() => former.close());
    });
  } finally {
    await place.close();
  }
}

/** Where shards go, and the folder on this machine for what is in no shard yet. A run that goes on has to be on the same one. */
async function placesOf(output: string): Promise<{ place: ShardPlace; folder: string }> {
  if (!isS3Address(output)) {
    const folder = resolve(output);
    return { place: new ShardFolder(folder), folder: join(folder, stagingFolder) };
  }
  const place = new ShardStorage(await S3Place.open(output));
  const name = createHash('sha256').update(place.title).digest('hex').slice(0, 16);
  return { place, folder: join(stateFolder(), 'datasets', name) };
}

async function intoShards(
  request: FetchRequest,
  options: RunContext,
  fetch: Fetch,
  place: ShardPlace,
  folder: string,
): Promise<Summary> {
  const settings = shardSettingsOf(request);
  if (options.force) await removeShards(place);
  const finished = await finishedShards(place, settings);
  const staging = new Staging(folder, options.force);
  const run = new DatasetRun({ request, options, place, staging, settings, finished });
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

function refuseOthers({ recipe, inputs }: FetchRequest, { only }: RunContext): void {
  if (only || inputs.some(({ kind }) => kind === 'report')) {
    const message = 'Items of a data set cannot be done again by themselves: make it anew in another folder.';
    throw new UsageError(message, { setting: 'dataset' });
  }
  if (recipe.dedupe !== 'off') {
    throw new UsageError('A data set has a file for each item, also where two have the same bytes.', {
      setting: 'dedupe',
    });
  }
  if (recipe.imagesOf) {
    throw new UsageError('A data set is made from a list: which images pages have changes from run to run.', {
      setting: 'imagesOf',
    });
  }
}
