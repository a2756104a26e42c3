import * as z from 'zod/mini';
import { UsageError } from '../../../shared/failure.ts';
import { type ShardSet, shardNames } from './shard-names.ts';
import type { ShardSettings } from './shard-settings.ts';

const count = z.int().check(z.minimum(0));

/** What `00042_stats.json` tells of a shard. It is written last: a shard that has it is finished. */
const statsSchema = z.object({
  count,
  successes: count,
  failed_to_download: count,
  failed_to_resize: count,
  status_dict: z.record(z.string(), count),
  bytes: count,
  /** The further columns of the list that were met so far, as all tables have them. */
  columns: z.array(z.string()),
  settings: z.looseObject({}),
});
export type ShardStats = z.infer<typeof statsSchema>;

/**
 * The shards that are finished, up to the first that is not.
 * @throws UsageError if they are of other settings, or one of them cannot be read.
 */
export async function finishedShards(set: ShardSet, settings: ShardSettings): Promise<ShardStats[]> {
  const { place } = set;
  const finished: ShardStats[] = [];
  for (;;) {
    const { stats } = shardNames(set, finished.length);
    const text = await place.read(stats);
    if (text === undefined) return finished;
    const read = statsSchema.safeParse(parsed(text.toString('utf8')));
    if (!read.success)
      throw new UsageError(`${place.title}/${stats} is not of a data set of ours: choose another folder.`);
    if (JSON.stringify(read.data.settings) !== JSON.stringify(settings)) {
      throw new UsageError(
        `${place.title} has a data set with other settings (${JSON.stringify(read.data.settings)}): choose another folder, or make it anew.`,
        { setting: 'force' },
      );
    }
    finished.push(read.data);
  }
}

/** Removes the shards that are finished: they are to be made anew. */
export async function removeShards(set: ShardSet): Promise<void> {
  const { place } = set;
  let count = 0;
  while (await place.has(shardNames(set, count).stats)) count += 1;
  // The last one first: what is interrupted here is a data set that is shorter.
  for (let shard = count - 1; shard >= 0; shard -= 1) {
    const { stats, table, tar } = shardNames(set, shard);
    for (const name of [stats, table, tar]) await place.remove(name);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
