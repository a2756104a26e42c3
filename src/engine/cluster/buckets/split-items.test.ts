import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inScratchFolder } from '../../run/scratch-folder.ts';
import { type GroupedLine, splitItems } from './split-items.ts';

async function* batches(lines: readonly GroupedLine[]): AsyncGenerator<GroupedLine[], void> {
  for (let from = 0; from < lines.length; from += 7) yield lines.slice(from, from + 7);
}

async function split(lines: readonly GroupedLine[], target: number) {
  const buckets = new Map<number, string[]>();
  const planned = await inScratchFolder((scratch) =>
    splitItems(batches(lines), {
      scratch,
      bucketOptions: () => ({ target }),
      onBucket: async (bucket, content) => {
        const text = 'file' in content ? readFileSync(content.file, 'utf8') : content.toString();
        expect(buckets.has(bucket)).toBe(false);
        buckets.set(bucket, text.split('\n').slice(0, -1));
      },
    }),
  );
  return { buckets, sizes: planned.sizes };
}

const line = fc.record({
  belongsTo: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  line: fc.string().map((text) => JSON.stringify(text)),
  items: fc.constant(1),
});

it('gives each line to one bucket, those of a host to the same one, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 20 }), async (lines, target) => {
      const { buckets, sizes } = await split(lines, target);
      expect([...buckets.values()].flat().toSorted()).toEqual(lines.map((each) => each.line).toSorted());
      expect([...buckets.keys()].toSorted((one, other) => one - other)).toEqual([...sizes.keys()]);
      for (const [bucket, of] of buckets) {
        expect(of).toHaveLength(sizes[bucket] ?? 0);
        const hosts = new Set(lines.filter((each) => of.includes(each.line)).map((each) => each.belongsTo));
        if (new Set(lines.map((each) => each.line)).size === lines.length) {
          expect(of).toEqual(lines.filter((each) => hosts.has(each.belongsTo)).map((each) => each.line));
        }
      }
    }),
    { numRuns: 30 },
  );
});

it('hands a bucket that is too large for memory over as a file', async () => {
  const text = JSON.stringify('x'.repeat(1024 * 1024));
  const large = Array.from({ length: 33 }, () => ({ belongsTo: 'large', line: text, items: 1 }));
  const { buckets, sizes } = await split([...large, { belongsTo: 'small', line: '"y"', items: 1 }], 10);
  expect(sizes).toEqual([33, 1]);
  expect(buckets.get(0)).toEqual(large.map((each) => each.line));
  expect(buckets.get(1)).toEqual(['"y"']);
});
