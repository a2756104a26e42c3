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

const noBucket = 0xffff_ffff;

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
  let items = 0;
  for (const count of countsByGroup) items += count;
  const most = Math.max(1, Math.min(target, Math.ceil(items / leastBuckets)));
  const bucketOfGroup = new Uint32Array(countsByGroup.length).fill(noBucket);
  const counts: number[] = [];
  let open: number | undefined;
  for (let group = 0; group < countsByGroup.length; group += 1) {
    const count = countsByGroup[group] ?? 0;
    if (count === 0) continue;
    if (count >= most) {
      bucketOfGroup[group] = counts.push(count) - 1;
      continue;
    }
    if (open === undefined || (counts[open] ?? 0) + count > most) open = counts.push(0) - 1;
    counts[open] = (counts[open] ?? 0) + count;
    bucketOfGroup[group] = open;
  }
  const largestFirst = [...counts.keys()].sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0));
  const numbers = new Uint32Array(counts.length);
  for (const [number, bucket] of largestFirst.entries()) numbers[bucket] = number;
  for (let group = 0; group < bucketOfGroup.length; group += 1) {
    const bucket = bucketOfGroup[group] ?? noBucket;
    if (bucket !== noBucket) bucketOfGroup[group] = numbers[bucket] ?? noBucket;
  }
  return { bucketOfGroup, sizes: largestFirst.map((bucket) => counts[bucket] ?? 0) };
}
