/**
 * A run on 1, 2 and 4 workers of a real Redis, beside the same run on one machine without a queue:
 * `node bench/cluster.ts [--items 12000] [--hosts 200] [--delay 200] [--pool 16]`. The server is far away and takes
 * nothing of the machine, so that workers wait and do not share its cores. What is told of 1 worker is for buckets of 1,000,
 * as a run has that nobody waits for.
 *
 * `node bench/cluster.ts --split 10000000` splits so long a list, on 200,000 hosts of which few have most (Zipf), and tells
 * how much memory and time that takes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { watchMemory } from './lib/process-memory.ts';

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '12000' },
    hosts: { type: 'string', default: '200' },
    delay: { type: 'string', default: '200' },
    pool: { type: 'string', default: '16' },
    workers: { type: 'string', default: '1,2,4' },
    split: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const shoal = join(import.meta.dirname, '../bin/shoal.cjs');
const base = mkdtempSync(join(values.folder, 'shoal-cluster-'));
const redisPort = 16_379;
const queue = `redis://127.0.0.1:${redisPort}`;
const started: ChildProcess[] = [];

function start(command: string, args: readonly string[], state = 'state'): ChildProcess {
  const child = spawn(command, args, {
    env: { ...process.env, SHOAL_STATE_DIR: join(base, state) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

/** The seconds that a command takes. */
async function timed(args: readonly string[], state: string): Promise<number> {
  const begin = performance.now();
  const child = start(process.execPath, [shoal, ...args], state);
  let told = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  child.stdout?.resume();
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${told.slice(0, 2_000)}`);
  return (performance.now() - begin) / 1_000;
}

async function startRedis(): Promise<void> {
  mkdirSync(join(base, 'redis'));
  const args = ['--port', `${redisPort}`, '--dir', join(base, 'redis'), '--save', '', '--appendonly', 'yes'];
  const redis = start('redis-server', args);
  redis.stderr?.resume();
  for await (const chunk of redis.stdout ?? []) if (String(chunk).includes('Ready to accept')) break;
  redis.stdout?.resume();
}

async function startWorker(number: number): Promise<ChildProcess> {
  const worker = start(process.execPath, [shoal, 'work', queue, '--pool', values.pool], `worker-${number}`);
  for await (const chunk of worker.stderr ?? []) if (String(chunk).includes('waits for work')) break;
  worker.stderr?.resume();
  return worker;
}

async function measureWorkers(): Promise<void> {
  const [items, hosts] = [Number(values.items), Number(values.hosts)];
  const server = start(process.execPath, [
    join(import.meta.dirname, 'lib/delay-server.ts'),
    ...['--delay', values.delay, '--size', '1000', '--host', '0.0.0.0'],
  ]);
  const [line] = (await once(server.stdout ?? server, 'data')) as [Buffer];
  const port = Number(String(line));
  const list = join(base, 'urls.txt');
  writeFileSync(
    list,
    Array.from(
      { length: items },
      (_, index) =>
        `http://127.0.${Math.floor((index % hosts) / 250)}.${(index % 250) + 1}:${port}/${index}.jpg`,
    ).join('\n'),
  );
  const alone = await timed(
    ['fetch', list, '--out', join(base, 'alone'), '--pool', values.pool, '--json'],
    'alone',
  );
  process.stdout.write(`without a queue: ${alone.toFixed(1)} s\n`);
  await startRedis();
  let one = 0;
  for (const count of values.workers.split(',').map(Number)) {
    const workers = await Promise.all(Array.from({ length: count }, (_, number) => startWorker(number)));
    const place = join(base, `place-${count}`);
    const seconds = await timed(
      ['fetch', list, '--queue', queue, '--out', place, '--json'],
      `submit-${count}`,
    );
    one ||= seconds * count;
    const share = one / seconds / count;
    process.stdout.write(
      `${count} workers: ${seconds.toFixed(1)} s, ${(one / seconds).toFixed(2)} × one worker (${share.toFixed(3)} of linear), ${(((seconds * count) / alone - 1) * 100).toFixed(1)} % over the run without a queue\n`,
    );
    for (const worker of workers) worker.kill('SIGTERM');
    await sleep(1_000);
  }
}

async function writeZipfList(list: string, lines: number): Promise<void> {
  const hosts = 200_000;
  const sums = new Float64Array(hosts);
  for (let host = 0, sum = 0; host < hosts; host += 1) sums[host] = sum += 1 / (host + 1);
  const file = createWriteStream(list);
  for (let from = 0; from < lines; from += 10_000) {
    let text = '';
    for (let index = from; index < Math.min(lines, from + 10_000); index += 1) {
      const wanted = Math.random() * (sums[hosts - 1] ?? 0);
      let [low, high] = [0, hosts - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sums[middle] ?? 0) < wanted) low = middle + 1;
        else high = middle;
      }
      text += `https://host-${low}.example.com/album-${index % 1_000}/photo-${index}.jpg\n`;
    }
    if (!file.write(text)) await once(file, 'drain');
  }
  await new Promise<void>((resolve) => file.end(() => resolve()));
}

async function measureSplit(lines: number): Promise<void> {
  const list = join(base, 'urls.txt');
  await writeZipfList(list, lines);
  await startRedis();
  const begin = performance.now();
  const child = start(process.execPath, [
    ...[shoal, 'fetch', list, '--queue', queue, '--out', join(base, 'place'), '--detach'],
  ]);
  const memory = watchMemory(child.pid ?? 0);
  const tenths: number[] = [];
  const sampling = setInterval(() => tenths.push(Math.round(memory.now())), 5_000);
  let told = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  child.stdout?.resume();
  await once(child, 'close');
  clearInterval(sampling);
  const peak = memory.stop();
  const seconds = (performance.now() - begin) / 1_000;
  const redis = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${started[0]?.pid}/status`, 'utf8'))?.[1];
  process.stdout.write(
    `${told.trim()}\n${lines} lines split in ${seconds.toFixed(1)} s, peak ${peak?.toFixed(0)} MiB (every 5 s: ${tenths.join(' ')}), Redis ${(Number(redis) / 1024).toFixed(0)} MiB\n`,
  );
}

try {
  if (values.split === undefined) await measureWorkers();
  else await measureSplit(Number(values.split));
} finally {
  for (const child of started) child.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
}
