/**
 * The JPEG kernel alone, one core, files already read: `npm run build:kernel && node bench/kernel.ts DIR [SIDE]`.
 * User CPU time, not the clock: it is what is comparable on a machine that does other things as well. Rounds of the
 * two qualities take turns; the median and the best round are printed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JpegKernel } from '../src/engine/tasks/thumbnail/kernel/jpeg-kernel.ts';

const [folder, sideText = '75'] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('Usage: node bench/kernel.ts DIR [SIDE]\n');
  process.exit(2);
}
const side = Number(sideText);
const rounds = 9;

const files = readdirSync(folder)
  .filter((name) => /\.jpe?g$/i.test(name))
  .map((name) => readFileSync(join(folder, name)));
const kernel = new JpegKernel();

/** Milliseconds of user CPU time for all files. */
function round(fast: boolean): number {
  const before = process.cpuUsage();
  for (const file of files) {
    kernel.input(file.length)?.set(file);
    const result = kernel.thumbnails({
      size: file.length,
      targets: [{ box: { width: side, height: side }, fit: 'inside', quality: 80 }],
      fast,
    });
    if (result.status !== 'ok') throw new Error(JSON.stringify(result));
  }
  return process.cpuUsage(before).user / 1000;
}

const times = { 'at least 2x': [] as number[], 'at least 1x': [] as number[] };
// Until V8 has optimised all of it.
round(false);
round(true);
for (let i = 0; i < rounds; i++) {
  times['at least 2x'].push(round(false));
  times['at least 1x'].push(round(true));
}
for (const [name, all] of Object.entries(times)) {
  all.sort((a, b) => a - b);
  const median = (all[rounds >> 1] ?? 0) / files.length;
  const best = (all[0] ?? 0) / files.length;
  process.stdout.write(
    `decoded to ${name} ${side} px: ${median.toFixed(3)} ms an image (${Math.round(1000 / median)}/s), best ${best.toFixed(3)} ms\n`,
  );
}
process.stdout.write(
  `${files.length} files, ${(kernel.memoryBytes / 1048576).toFixed(1)} MiB of kernel memory\n`,
);
