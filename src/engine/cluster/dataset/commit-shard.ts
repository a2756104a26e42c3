import { ItemError, UsageError } from '../../../shared/failure.ts';
import { PartFile } from '../../files/parts/part-file.ts';
import { systemItemError } from '../../files/system-error.ts';
import type { PackedShard } from './pack-shard.ts';
import { type ShardSet, shardNames, tarOf } from './shard-names.ts';
import type { ShardStats } from './shard-stats.ts';
import type { Staging } from './staging.ts';

/** Gives the files of a shard their names. */
export type CommitShard = (shard: number, packed: PackedShard) => Promise<void>;

/** How the one run of a data set commits: nobody else writes there. The file that tells that a shard is finished comes last. */
export function commitTo(set: ShardSet, staging: Staging, durable: boolean): CommitShard {
  return async (shard, { tar, table, stats }) => {
    const { place } = set;
    const names = shardNames(set, shard);
    try {
      if (!staging.hasBegun(shard) && (await place.has(names.tar))) throw isOfOthers(set, shard);
      staging.begin(shard);
      await place.put(names.tar, tar);
      for (const [key, bytes] of [
        [names.table, table],
        [names.stats, textOf(stats)],
      ] as const) {
        const part = PartFile.create(staging.folder, { durable });
        part.append(bytes);
        await place.put(key, part);
      }
      staging.finished(shard);
    } catch (error) {
      tar.discard();
      throw error instanceof ItemError || error instanceof UsageError
        ? error
        : systemItemError(error, tarOf(set, shard), 'write');
    }
  };
}

/** What stands in the file of a shard's statistics. */
export function textOf(stats: ShardStats): Buffer {
  return Buffer.from(`${JSON.stringify(stats, undefined, 1)}\n`);
}

export function isOfOthers(set: ShardSet, shard: number): UsageError {
  return new UsageError(
    `${tarOf(set, shard)} is there already and not of this data set: choose another folder.`,
  );
}
