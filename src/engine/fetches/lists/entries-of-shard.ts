import type { ShardOfItems } from '../../run/run-options.ts';
import type { ListEntry } from './list-entry.ts';

/** Whether an entry belongs to the shard: by its host, so that one machine keeps the host's limits; by its text if it has none. */
export function isOfShard(shard: ShardOfItems, entry: ListEntry): boolean {
  return shard.includes(entry.kind === 'url' ? entry.host : entry.input);
}

/** The entries of a list that belong to the shard. */
export async function* entriesOfShard(
  listed: AsyncIterable<readonly ListEntry[]>,
  shard: ShardOfItems,
): AsyncGenerator<readonly ListEntry[], void> {
  for await (const batch of listed) yield batch.filter((entry) => isOfShard(shard, entry));
}
