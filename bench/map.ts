/**
 * `map` beside its peers, with tasks that do next to nothing: what an item costs. In turn, round after round, medians;
 * from the call to the last result, the start of threads and processes included.
 *
 *   node bench/map.ts [--rounds 5] [--items 100000] [--calls 300000] [--json map.json]
 *
 * In two workers: `multiprocessing.Pool.imap` with chunks of 100, piscina with several tasks in flight and a worker, and
 * a module. In this thread: p-map, and a function. p-map and piscina are installed from npm beside the photographs.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    items: { type: 'string', default: '100000' },
    calls: { type: 'string', default: '300000' },
    json: { type: 'string' },
  },
});
const workers = '2';
const callsAtOnce = '8';
const peersFolder = join(process.env.SHOAL_BENCH_DIR ?? join(tmpdir(), 'shoal-bench'), 'map-peers');
const script = join(import.meta.dirname, 'peers/map-contender.mjs');

interface Contender {
  readonly name: string;
  readonly where: 'workers' | 'thread';
  readonly run: () => string;
}

function installPeers(): void {
  if (existsSync(join(peersFolder, 'node_modules/p-map'))) return;
  mkdirSync(peersFolder, { recursive: true });
  writeFileSync(join(peersFolder, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', 'p-map@7', 'piscina@5'], {
    cwd: peersFolder,
    stdio: 'inherit',
  });
}

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, SHOAL_BENCH_PEERS: peersFolder },
  });
}

const piscina = (inFlight: number, concurrent: number): Contender => ({
  name: `piscina, ${inFlight} in flight a thread, ${concurrent} a worker`,
  where: 'workers',
  run: () => node('piscina', values.items, workers, String(inFlight), String(concurrent)),
});

const contenders: readonly Contender[] = [
  { name: 'Shoal, a module', where: 'workers', run: () => node('shoal-module', values.items, workers) },
  {
    name: 'Pool.imap, chunks of 100',
    where: 'workers',
    run: () =>
      execFileSync(
        'python3',
        [join(import.meta.dirname, 'peers/pool_imap.py'), values.items, workers, '100'],
        { encoding: 'utf8' },
      ),
  },
  piscina(1, 1),
  piscina(4, 1),
  piscina(4, 4),
  piscina(16, 16),
  piscina(64, 64),
  {
    name: 'Shoal, a function',
    where: 'thread',
    run: () => node('shoal-function', values.calls, callsAtOnce),
  },
  { name: 'p-map', where: 'thread', run: () => node('p-map', values.calls, callsAtOnce) },
];

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

installPeers();
const seconds = new Map(contenders.map(({ name }) => [name, [] as number[]]));
for (let round = 0; round < Number(values.rounds); round += 1)
  for (const { name, run } of contenders) seconds.get(name)?.push(Number(run()));

const rows = contenders.map(({ name, where }) => {
  const items = Number(where === 'workers' ? values.items : values.calls);
  const took = median(seconds.get(name) ?? []);
  return {
    name,
    where,
    items,
    seconds: took,
    perSecond: Math.round(items / took),
    microseconds: (took / items) * 1e6,
  };
});
for (const { name, items, seconds: took, perSecond } of rows)
  console.log(`${name.padEnd(48)} ${items} items  ${took.toFixed(3)} s  ${perSecond}/s`);

const of = (name: string): number => rows.find((row) => row.name === name)?.seconds ?? Number.NaN;
const bestPiscina = Math.min(
  ...rows.filter(({ name }) => name.startsWith('piscina')).map(({ seconds: took }) => took),
);
const ratios = {
  timesPoolImap: of('Shoal, a module') / of('Pool.imap, chunks of 100'),
  speedOfPiscina: bestPiscina / of('Shoal, a module'),
  speedOfPMap: of('p-map') / of('Shoal, a function'),
};
console.log(`
In workers: ${ratios.timesPoolImap.toFixed(2)} × the time of Pool.imap (wanted: at most 3), ${ratios.speedOfPiscina.toFixed(2)} × the speed of piscina at its best (wanted: at least 1).
In this thread: ${ratios.speedOfPMap.toFixed(2)} × the speed of p-map (wanted: at least 0.7).`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ rows, ratios }, undefined, 2)}\n`);
