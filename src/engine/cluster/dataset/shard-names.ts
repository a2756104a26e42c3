/** Tells the names of the files of a shard, as img2dataset gives them: `00042.tar`, and in it `000420007.jpg`. */
export function shardNames(shard: number): {
  readonly tar: string;
  readonly table: string;
  readonly stats: string;
} {
  const number = padded(shard, 5);
  return { tar: `${number}.tar`, table: `${number}.parquet`, stats: `${number}_stats.json` };
}

/** The key of an item: what comes before the first dot in the names of its files. Keys sort in the order of the list. */
export function keyOf(shard: number, place: number, mostItems: number): string {
  return padded(shard, 5) + padded(place, Math.max(4, String(mostItems - 1).length));
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
