import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupCount, groupOf } from './group-of.ts';
import { planBuckets } from './plan-buckets.ts';

const counts = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })), { maxLength: 200 });

it('puts each group into one bucket, none over the target but a group that is itself, and the largest first', () => {
  fc.assert(
    fc.property(
      counts,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 9 }),
      (of, target, least) => {
        const { bucketOfGroup, sizes } = planBuckets(Uint32Array.from(of), { target, leastBuckets: least });
        const sums = sizes.map(() => 0);
        for (const [group, count] of of.entries()) {
          const bucket = bucketOfGroup[group] ?? 0;
          if (count > 0) sums[bucket] = (sums[bucket] ?? 0) + count;
          else expect(sizes[bucket]).toBeUndefined();
        }
        expect(sums).toEqual(sizes);
        expect(sizes.toSorted((one, other) => other - one)).toEqual(sizes);
        for (const [bucket, size] of sizes.entries()) {
          const groups = of.filter((count, group) => count > 0 && bucketOfGroup[group] === bucket);
          if (size > target) expect(groups).toHaveLength(1);
        }
      },
    ),
  );
});

it('makes at least as many buckets as the workers need, where the hosts are enough', () => {
  const { sizes } = planBuckets(new Uint32Array(1_000).fill(1), { leastBuckets: 32 });
  expect(sizes.length).toBeGreaterThanOrEqual(32);
  expect(planBuckets(new Uint32Array(1_000).fill(1)).sizes).toEqual([1_000]);
});

it('knows the group of a host for ever: a run that was split by another version goes on', () => {
  expect(['example.com', 'a', '', 'ü', '127.0.0.1:80'].map(groupOf)).toEqual([
    496011, 1046483, 424323, 465129, 147666,
  ]);
  fc.assert(fc.property(fc.string(), (text) => groupOf(text) >= 0 && groupOf(text) < groupCount));
});
