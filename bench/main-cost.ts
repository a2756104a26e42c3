/**
 * What a run costs the main thread, which bounds how far a pool scales: `node bench/main-cost.ts [--count 48000]
 * [--pools 1,2,4,8,16] [--rounds 5]`. Prints the main thread's processor time for an item, and how much longer a run of one
 * image takes with more threads.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { benchFolder } from './lib/photographs.ts';
import { shoal } from './lib/thumbnailers.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '48000' },
    pools: { type: 'string', default: '1,2,4,8,16' },
    rounds: { type: 'string', default: '5' },
  },
});
const count = Number(values.count);
const rounds = Number(values.rounds);
const pools = values.pools.split(',').map(Number);
const output = join(benchFolder, 'main-cost-out');
/** Clock ticks a second, as Linux tells times to programs; see proc(5). */
const ticks = 100;

const many = await folderOf(count);
const perItem: number[] = [];
for (let round = 0; round < rounds; round++) perItem.push(((await mainSeconds(many)) * 1_000) / count);
process.stdout.write(
  `The main thread's processor time for each of ${count} items: ${median(perItem).toFixed(4)} ms\n\n`,
);

process.stdout.write('| threads | one image, s | for each further thread, ms |\n|---:|---:|---:|\n');
const one = await folderOf(1);
let first: { readonly threads: number; readonly seconds: number } | undefined;
for (const threads of pools) {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now();
    await end(run(one, threads));
    if (round > 0) times.push((performance.now() - started) / 1_000);
  }
  const seconds = median(times);
  const each = first && ((seconds - first.seconds) * 1_000) / (threads - first.threads);
  first ??= { threads, seconds };
  process.stdout.write(`| ${threads} | ${seconds.toFixed(3)} | ${each?.toFixed(1) ?? '–'} |\n`);
}

/** A folder of so many small images: one file under many names. */
async function folderOf(images: number): Promise<string> {
  const folder = join(benchFolder, `tiny-${images}`);
  const ready = join(folder, '.ready');
  if (existsSync(ready)) return folder;
  mkdirSync(folder, { recursive: true });
  const original = join(folder, '.original');
  const image = sharp({ create: { width: 64, height: 48, channels: 3, background: '#3366cc' } });
  writeFileSync(original, await image.jpeg().toBuffer());
  for (let index = 0; index < images; index++) linkSync(original, join(folder, `image-${index}.jpg`));
  writeFileSync(ready, '');
  return folder;
}

function run(folder: string, threads?: number): ChildProcess {
  rmSync(output, { recursive: true, force: true });
  const pool = threads === undefined ? [] : ['--pool', String(threads)];
  const args = [shoal, 'thumbs', folder, '--out', output, '--force', '--json', ...pool];
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The processor time of the main thread alone, as last seen before the process ended. */
async function mainSeconds(folder: string): Promise<number> {
  const child = run(folder);
  let seconds = 0;
  const timer = setInterval(() => {
    try {
      const stat = readFileSync(`/proc/${child.pid}/task/${child.pid}/stat`, 'utf8');
      const [user = 0, system = 0] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13)
        .map(Number);
      seconds = (user + system) / ticks;
    } catch {
      // It has ended.
    }
  }, 20);
  await end(child);
  clearInterval(timer);
  return seconds;
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`Shoal ended with ${code}`))));
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
