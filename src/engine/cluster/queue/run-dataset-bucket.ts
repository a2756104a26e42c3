import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { FetchRequest } from '../../../shared/requests.ts';
import type { Summary } from '../../../shared/result.ts';
import { makeFolders } from '../../files/make-folders.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { inScratchFolder } from '../../run/scratch-folder.ts';
import { runBucketOfSet, ShardTaken } from '../dataset/fenced-shards.ts';
import { FolderPlace } from '../places/folder-place.ts';
import { bucketName, keyOfRun } from '../records/run-record.ts';
import type { BucketWork } from './bucket-work.ts';
import { LeaseLost } from './lease.ts';

/**
 * Fetches a bucket of a list into the tars of a data set.
 * @throws LeaseLost if another worker has the bucket by now.
 */
export function runDatasetBucket(
  request: FetchRequest,
  options: RunOptions,
  work: BucketWork,
): Promise<Summary> {
  const { place, record, bucket, owner } = work;
  const ofBucket = keyOfRun(record.id, `buckets/${bucketName(bucket)}`);
  if (!(place instanceof FolderPlace)) {
    return inScratchFolder((folder) => runIn(join(folder, 'staging'), ofBucket, request, options, work));
  }
  const folder = stagingOf(place.pathOf(ofBucket), owner.number);
  return runIn(folder, ofBucket, request, options, work);
}

async function runIn(
  folder: string,
  ofBucket: string,
  request: FetchRequest,
  options: RunOptions,
  { engine, place, bucket, kept, owner }: BucketWork,
): Promise<Summary> {
  const assertOwned = async (): Promise<void> => {
    if (!(await kept.isNewest(owner))) throw new LeaseLost('Another worker has the bucket.');
  };
  const set = { place, prefix: `${bucketName(bucket)}-` };
  try {
    return await runBucketOfSet(
      request,
      // What is there was made by an earlier owner of the bucket.
      { ...options, force: false },
      { set, marks: `${ofBucket}/shard-`, folder, assertOwned },
      ({ recipe, ...further }, theirs) =>
        engine.runApart({ ...further, recipe: { ...recipe, dataset: 'off' } }, theirs),
    );
  } catch (error) {
    if (error instanceof ShardTaken) throw new LeaseLost(error.message);
    // Who takes a bucket over takes the folder away in which this one works.
    await assertOwned();
    throw error;
  }
}

/**
 * The owner's folder for what is in no tar yet. What the owner before it had becomes its own by one rename: that one
 * finds nothing any more, should it still be alive.
 */
function stagingOf(ofBucket: string, owner: number): string {
  const folder = join(ofBucket, `staging-${owner}`);
  makeFolders(ofBucket);
  const before = readdirSync(ofBucket)
    .map((name) => Number(/^staging-(\d+)$/.exec(name)?.[1] ?? 0))
    .filter((number) => number > 0 && number < owner);
  if (before.length > 0 && !existsSync(folder)) {
    try {
      renameSync(join(ofBucket, `staging-${Math.max(...before)}`), folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return folder;
}
