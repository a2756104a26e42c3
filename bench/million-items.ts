import '../bin/young-generation.cjs';
import { parseArgs } from 'node:util';
import { mapStream } from 'shoal';

/**
 * `map` over a million items with a trivial task: how many a second, and the most memory the process had (worker
 * threads included). The work is all in handing items to threads and back, and nothing may pile up meanwhile.
 *
 *   node bench/million-items.ts [--items 1000000] [--pool 4]
 */
const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    pool: { type: 'string', default: '4' },
  },
});
const count = Number(values.items);
const poolSize = Number(values.pool);

function* items(): Generator<number> {
  for (let item = 0; item < count; item += 1) yield item;
}

const task = new URL('../test/tasks/double.mjs', import.meta.url);
const started = performance.now();
let sum = 0;
for await (const result of mapStream<number, number>(task, items(), { poolSize })) {
  if (result.status !== 'done') throw new Error(`Item ${result.item} ended as ${result.status}.`);
  sum += result.value;
}
const seconds = (performance.now() - started) / 1000;
if (sum !== count * (count - 1))
  throw new Error(`Expected the values to add up to ${count * (count - 1)}, got ${sum}.`);
// maxRSS is the process's peak in KiB, all threads included (getrusage(2)).
const peakMB = (process.resourceUsage().maxRSS * 1024) / 1e6;
console.log(
  JSON.stringify({
    items: count,
    poolSize,
    seconds: Number(seconds.toFixed(1)),
    itemsPerSecond: Math.round(count / seconds),
    peakRssMB: Math.round(peakMB),
  }),
);
