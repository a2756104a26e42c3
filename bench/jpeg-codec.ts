/**
 * The JPEG kernel alone, one core, files already read: `npm run build:kernel && node bench/jpeg-codec.ts DIR [SIDE]
 * [OTHER]`. OTHER is another checkout of Shoal, built as well: its kernel takes turns with this one's in the same
 * process, which is the only way to compare two of them on a machine that does other things as well.
 *
 * CPU time of the one thread, not the clock. The qualities and the kernels take turns, round after round; the median
 * and the best round are printed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { JpegCodec } from '../src/codecs/jpeg/jpeg-codec.ts';

const [folder, sideText = '75', other] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('Usage: node bench/jpeg-codec.ts DIR [SIDE] [OTHER]\n');
  process.exit(2);
}
const side = Number(sideText);
const rounds = 9;

const files = readdirSync(folder)
  .filter((name) => /\.jpe?g$/i.test(name))
  .map((name) => readFileSync(join(folder, name)));

/** Milliseconds of CPU time for all files. */
function round(kernel: JpegCodec, fast: boolean): number {
  const before = process.threadCpuUsage();
  for (const file of files) {
    kernel.input(file.length)?.set(file);
    const result = kernel.thumbnails({
      size: file.length,
      targets: [{ box: { width: side, height: side }, fit: 'inside', quality: 80 }],
      fast,
    });
    if (result.status !== 'ok') throw new Error(JSON.stringify(result));
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

async function kernelOf(checkout: string): Promise<JpegCodec> {
  const path = join(resolve(checkout), 'src/codecs/jpeg/jpeg-codec.ts');
  const loaded = (await import(pathToFileURL(path).href)) as { JpegCodec: typeof JpegCodec };
  return new loaded.JpegCodec();
}

const kernels = [
  { name: 'this kernel', kernel: new JpegCodec() },
  ...(other === undefined ? [] : [{ name: other, kernel: await kernelOf(other) }]),
];
const contenders = [false, true].flatMap((fast) =>
  kernels.map(({ name, kernel }) => ({ name, kernel, fast, times: [] as number[] })),
);
// Until V8 has optimised all of it.
for (let i = 0; i < 2; i++) for (const { kernel, fast } of contenders) round(kernel, fast);
for (let i = 0; i < rounds; i++) {
  for (const contender of contenders) contender.times.push(round(contender.kernel, contender.fast));
}
for (const { name, fast, times } of contenders) {
  times.sort((a, b) => a - b);
  const median = (times[rounds >> 1] ?? 0) / files.length;
  const best = (times[0] ?? 0) / files.length;
  const each = `${median.toFixed(3)} ms an image (${Math.round(1000 / median)}/s), best ${best.toFixed(3)} ms`;
  process.stdout.write(`decoded to at least ${fast ? '1x' : '2x'} ${side} px, ${name}: ${each}\n`);
}
const memory = kernels.map(({ kernel }) => (kernel.memoryBytes / 1048576).toFixed(1)).join(' and ');
process.stdout.write(`${files.length} files, ${memory} MiB of kernel memory\n`);
