export interface BucketOptions {
  /** A bucket has about so many items. */
  readonly target?: number;
  /** As many buckets as the workers need to be all busy to the end, if the items are enough. */
  readonly leastBuckets?: number;
}

export interface PlannedBuckets {
  /** The number of the bucket of each group. Of groups without items, `noBucket`. */
  readonly bucketOfGroup: Uint32Array;
  /** How many items each bucket has, the largest first. */
  readonly sizes: readonly number[];
}

export const noBucket = 0xffff_ffff;

const usualTarget = 1_000;

/**
 * Puts groups of items into buckets, without ever dividing a group. A group as large as a bucket is alone in one. The
 * others are put together in the order of their hashes, which mixes hosts. Buckets are numbered from the largest on: what
 * takes longest begins first.
 */
export function planBuckets(
  countsByGroup: Uint32Array,
  { target = usualTarget, leastBuckets = 1 }: BucketOptions = {},
): PlannedBuckets {
  const items = countsByGroup.reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, Math.min(target, Math.ceil(items / leastBuckets)));
  const before = new Uint32Array(countsByGroup.length).fill(noBucket);
  const counts: number[] = [];
  let open: number | undefined;
  for (const [group, count] of countsByGroup.entries()) {
    if (count === 0) continue;
    if (count >= most) {
      before[group] = counts.push(count) - 1;
      continue;
    }
    if (open === undefined || (counts[open] ?? 0) + count > most) open = counts.push(0) - 1;
    counts[open] = (counts[open] ?? 0) + count;
    before[group] = open;
  }
  const largestFirst = [...counts.keys()].sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0));
  const numbers = new Uint32Array(counts.length);
  for (const [number, bucket] of largestFirst.entries()) numbers[bucket] = number;
  return {
    bucketOfGroup: before.map((bucket) => (bucket === noBucket ? noBucket : (numbers[bucket] ?? noBucket))),
    sizes: largestFirst.map((bucket) => counts[bucket] ?? 0),
  };
}
