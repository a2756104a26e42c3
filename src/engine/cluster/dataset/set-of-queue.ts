import { UsageError } from '../../../shared/failure.ts';
import type { Place } from '../places/place.ts';
import { shardNames } from './shard-names.ts';
import type { ShardSettings } from './shard-settings.ts';

/** What all workers' shards in a place are of: written once, before the first bucket is handed out. */
const key = '.shoal/dataset.json';

export interface SetOfQueue {
  readonly settings: ShardSettings;
  /** SHA-256 of all items in the order of the list. */
  readonly list: string;
}

export async function isHandedOut(place: Place): Promise<boolean> {
  return place.has(key);
}

/**
 * Takes the place for a data set that workers make. The same one goes on.
 * @param anew whether what is there of another one is removed.
 * @throws UsageError if it has another one.
 */
export async function takeForSet(place: Place, set: SetOfQueue, anew: boolean): Promise<void> {
  if (await place.has(shardNames({ prefix: '' }, 0).stats)) {
    throw new UsageError(`${place.title} has a data set that one machine made: choose another folder.`);
  }
  if (anew) await removeSet(place);
  const text = JSON.stringify(set, undefined, 1);
  if (await place.create(key, text)) return;
  const there = (await place.read(key))?.toString();
  if (there === text) return;
  throw new UsageError(
    `${place.title} has a data set of another list or with other settings: choose another folder, or make it anew.`,
    { setting: 'force' },
  );
}

async function removeSet(place: Place): Promise<void> {
  const keys: string[] = [];
  for await (const each of place.list('')) if (isOfSet(each)) keys.push(each);
  for (const each of keys) await place.remove(each);
  await place.remove(key);
}

function isOfSet(name: string): boolean {
  return /^\d{5,}-\d{5,}(?:\.tar|\.parquet|_stats\.json)$/.test(name) || name.startsWith(recordsOf(''));
}

/** Where the records of shards are, of which those with this prefix. */
export function recordsOf(prefix: string): string {
  return `.shoal/shards/${prefix}`;
}
