import { join } from 'node:path';
import type { Place } from '../places/place.ts';

/** Where the shards of a data set go. */
export interface ShardSet {
  readonly place: Place;
  /** What their names begin with: nothing, or the bucket of a queue's run that they are of, as `00042-`. */
  readonly prefix: string;
}

/** Tells the names of the files of a shard, as img2dataset gives them: `00042.tar`, and in it `000420007.jpg`. */
export function shardNames(
  { prefix }: Pick<ShardSet, 'prefix'>,
  shard: number,
): {
  readonly tar: string;
  readonly table: string;
  readonly stats: string;
} {
  const number = prefix + padded(shard, 5);
  return { tar: `${number}.tar`, table: `${number}.parquet`, stats: `${number}_stats.json` };
}

/** The key of an item: what comes before the first dot in the names of its files. Keys sort in the order of the list. */
export function keyOf(
  { prefix }: Pick<ShardSet, 'prefix'>,
  shard: number,
  place: number,
  mostItems: number,
): string {
  return prefix + padded(shard, 5) + padded(place, Math.max(4, String(mostItems - 1).length));
}

/** What a result tells as the output of an item: the tar that it is in. */
export function tarOf({ place, prefix }: ShardSet, shard: number): string {
  const { tar } = shardNames({ prefix }, shard);
  return place.title.includes('://') ? `${place.title}/${tar}` : join(place.title, tar);
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
