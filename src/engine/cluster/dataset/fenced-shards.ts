import type { FetchRequest } from '../../../shared/requests.ts';
import type { Summary } from '../../../shared/result.ts';
import type { RunContext } from '../../run/run-options.ts';
import { sha256OfFile } from '../places/sha256-of-file.ts';
import { type CommitShard, isOfOthers, textOf } from './commit-shard.ts';
import type { PackedShard } from './pack-shard.ts';
import { type Fetch, runIntoShards } from './run-dataset.ts';
import { recordsOf } from './set-of-queue.ts';
import { type ShardSet, shardNames } from './shard-names.ts';
import { shardSettingsOf } from './shard-settings.ts';
import { finishedShards } from './shard-stats.ts';
import { Staging } from './staging.ts';

/** Somebody else's tar has the name: what was fetched for it here does not count. */
export class ShardTaken extends Error {
  override readonly name = 'ShardTaken';
}

/** A worker's part of a data set: one bucket of its list. */
export interface BucketOfSet {
  readonly set: ShardSet;
  /** Below this key the place remembers which shards the run has made. */
  readonly marks: string;
  /** A folder for what is in no shard yet, with what earlier owners of the bucket left there. */
  readonly folder: string;
  /** Asked before a shard gets its names. @throws if the bucket is somebody else's by now. */
  readonly assertOwned: () => Promise<void>;
}

/**
 * Fetches the items of a bucket into shards, which no other worker's can replace.
 * @throws ShardTaken if another worker has written one of them meanwhile.
 */
export async function runBucketOfSet(
  request: FetchRequest,
  options: RunContext,
  bucket: BucketOfSet,
  fetch: Fetch,
): Promise<Summary> {
  const { set, marks, folder } = bucket;
  const settings = shardSettingsOf(request);
  const shards = new FencedShards(bucket);
  await shards.finishBegun();
  const finished = await finishedShards(set, settings);
  const made = new Set<string>();
  for await (const key of set.place.list(marks)) made.add(key);
  const parts = {
    request,
    options,
    set,
    staging: new Staging(folder, { isFenced: true }),
    settings,
    finished,
    isOfRun: (shard: number) => made.has(marks + shard),
    commit: shards.commit,
  };
  return runIntoShards(parts, fetch);
}

/** The table and the statistics of a tar, which are written before it and get their names after it. */
interface ShardRecord {
  readonly table: string;
  readonly stats: string;
}

/**
 * Commits shards where another worker may take this one for dead, or was taken for dead itself. A tar is created under its
 * name, which one worker can do, and never replaced: that decides which shard counts. What belongs beside it was recorded
 * before, under the SHA-256 of the tar, so that whoever finds the tar alone can finish the shard.
 */
class FencedShards {
  readonly #bucket: BucketOfSet;

  constructor(bucket: BucketOfSet) {
    this.#bucket = bucket;
  }

  readonly commit: CommitShard = async (shard, packed) => {
    const { set, marks, assertOwned } = this.#bucket;
    const { place } = set;
    const { tar } = packed;
    try {
      const sha256 = await sha256OfFile(tar.path);
      const record = recordOf(packed);
      const key = this.#recordKey(shard, sha256);
      await assertOwned();
      const isFirst = (await place.create(key, record)) || (await place.read(key))?.toString() === record;
      await place.write(marks + shard, '');
      const isOurs = await place.putNew(shardNames(set, shard).tar, tar);
      const isFinished = await this.#finish(shard, isOurs ? sha256 : undefined);
      await place.remove(key);
      if (!isFinished) throw isOfOthers(set, shard);
      // The answer to our own request may have been lost: then it is there with our bytes.
      if (isFirst && (isOurs || (await place.sha256(shardNames(set, shard).tar)) === sha256)) return;
      throw new ShardTaken(`Another worker has written ${shardNames(set, shard).tar}.`);
    } finally {
      tar.discard();
    }
  };

  /** Finishes the shards whose worker died after it wrote the tar. */
  async finishBegun(): Promise<void> {
    const { set } = this.#bucket;
    for (let shard = 0; ; shard += 1) {
      const { tar, stats } = shardNames(set, shard);
      if (await set.place.has(stats)) continue;
      if (!(await set.place.has(tar))) return;
      if (!(await this.#finish(shard))) throw isOfOthers(set, shard);
    }
  }

  /**
   * Writes the files beside the tar that has the name, whoever made it.
   * @returns false if nobody of ours did.
   */
  async #finish(shard: number, known?: string): Promise<boolean> {
    const { set } = this.#bucket;
    const { place } = set;
    const { tar, table, stats } = shardNames(set, shard);
    if (await place.has(stats)) return true;
    const sha256 = known ?? (await place.sha256(tar)) ?? '';
    const key = this.#recordKey(shard, sha256);
    const content = await place.read(key);
    // Another worker may have finished it in this moment.
    if (!content) return place.has(stats);
    const record = JSON.parse(content.toString()) as ShardRecord;
    await place.create(table, Buffer.from(record.table, 'base64'));
    await place.create(stats, record.stats);
    await place.remove(key);
    return true;
  }

  #recordKey(shard: number, sha256: string): string {
    const { prefix } = this.#bucket.set;
    return `${recordsOf(prefix)}${shard}-${sha256}.json`;
  }
}

function recordOf({ table, stats }: PackedShard): string {
  return JSON.stringify({
    table: table.toString('base64'),
    stats: textOf(stats).toString(),
  } satisfies ShardRecord);
}
