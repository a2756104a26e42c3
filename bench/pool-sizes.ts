/**
 * Fixed pool sizes beside the one that finds itself: `node bench/pool-sizes.ts [--rounds 3] [--work urls,served,small,large,mixed,module]`.
 * Each table has the sizes, what they did in a second, and that as a share of the best fixed size; `auto` should reach 0.95.
 * The runs are long enough (some 10 s at the best size) for a search to be a small part of them, as it is for who has many items.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contender, compare } from './lib/compare.ts';
import { benchFolder, type PhotoSet, photoSet } from './lib/photographs.ts';

const shoal = join(import.meta.dirname, '../bin/shoal.cjs');
const output = join(benchFolder, 'pool-sizes-out');
const list = join(benchFolder, 'pool-sizes-urls.txt');
const cores = availableParallelism();
const ofCores = [1, cores, 2 * cores, 4 * cores];

interface Work {
  readonly title: string;
  readonly items: number;
  readonly sizes: readonly number[];
  /** The command line for all pool sizes, without `--pool`. */
  readonly args: () => Promise<readonly string[]>;
}

let server: ChildProcess | undefined;

async function urlsOf(items: number, script: string, ...args: string[]): Promise<readonly string[]> {
  server = spawn(process.execPath, [join(import.meta.dirname, 'lib', script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const urls = Array.from({ length: items }, (_, index) => `http://127.0.0.1:${Number(port)}/${index}.bin\n`);
  writeFileSync(list, urls.join(''));
  return ['fetch', list, '--per-host', '256', '--out', output, '--force'];
}

/** The set and as many hard links of it as make a run of some 10 s. */
async function thumbsOf(set: PhotoSet, items: number, copies: number): Promise<readonly string[]> {
  const folder = await photoSet(set, items);
  const folders = Array.from({ length: copies }, (_, index) => `${folder}-copy-${index}`);
  for (const copy of folders) if (!existsSync(copy)) execFileSync('cp', ['-al', folder, copy]);
  return ['thumbs', ...folders, '--out', output, '--force'];
}

const works: Record<string, Work> = {
  urls: {
    title: '60,000 URLs, 50 ms away',
    items: 60_000,
    sizes: [64, 128, 256],
    args: () => urlsOf(60_000, 'delay-server.ts', '--delay', '50', '--size', '8192'),
  },
  served: {
    title: '6,000 URLs of a server that serves 24 at once, each for 50 ms',
    items: 6_000,
    sizes: [8, 16, 24, 32, 64],
    args: () => urlsOf(6_000, 'serving-server.ts', '24', '50'),
  },
  small: {
    title: '30,000 small JPEGs',
    items: 30_000,
    sizes: ofCores,
    args: () => thumbsOf('small', 6_000, 5),
  },
  large: {
    title: '2,304 JPEGs of 12 megapixels',
    items: 2_304,
    sizes: ofCores,
    args: () => thumbsOf('large', 192, 12),
  },
  mixed: {
    title: '9,000 mixed images',
    items: 9_000,
    sizes: ofCores,
    args: () => thumbsOf('mixed', 3_000, 3),
  },
  module: {
    title: 'a module that computes, 2,000 items',
    items: 2_000,
    sizes: ofCores,
    args: async () => [
      'map',
      join(import.meta.dirname, 'lib/digest.mjs'),
      ...Array.from({ length: 2_000 }, (_, index) => String(index)),
    ],
  },
};

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    work: { type: 'string', default: Object.keys(works).join(',') },
  },
});

for (const name of values.work.split(',')) {
  const work = works[name];
  if (work === undefined)
    throw new RangeError(`Expected one of ${Object.keys(works).join(', ')}, got ${name}`);
  const args = await work.args();
  const contenders = [...work.sizes.map(String), 'auto'].map(
    (pool): Contender => ({
      name: pool,
      command: process.execPath,
      args: [shoal, ...args, '--pool', pool],
      env: { SHOAL_STATE_DIR: join(benchFolder, 'pool-sizes-state') },
      prepare: () => {
        rmSync(output, { recursive: true, force: true });
        mkdirSync(output, { recursive: true });
      },
    }),
  );
  const rows = await compare(contenders, work.items, Number(values.rounds));
  const best = Math.max(...rows.filter((row) => row.name !== 'auto').map(({ perSecond }) => perSecond));
  process.stdout.write(`\n${work.title}, medians of ${values.rounds}\n\n`);
  process.stdout.write('| pool size | seconds | items/s | × best fixed |\n|---|---:|---:|---:|\n');
  for (const row of rows) {
    const share = (row.perSecond / best).toFixed(2);
    process.stdout.write(
      `| ${row.name} | ${row.wall.toFixed(2)} | ${Math.round(row.perSecond)} | ${share} |\n`,
    );
  }
  server?.kill();
  server = undefined;
}
