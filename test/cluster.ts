import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ended, Shell } from './run-shoal.ts';
import type { RedisServer } from './servers/redis-server.ts';
import { tempFolder } from './temp-folder.ts';
import { waitUntil } from './wait-until.ts';

/** Where a worker or a submitter finds its queue. */
type Queue = Pick<RedisServer, 'url'>;

interface Worker {
  /** As the servers that it asks are told it. */
  readonly name?: string;
  /** The command that runs it. */
  readonly by?: readonly string[];
  readonly flags?: readonly string[];
}

/** A worker with a state of its own, as one on another machine. */
function startWorker(
  { url }: Queue,
  { name, by, flags = [] }: Worker,
): { child: ChildProcess; told: () => string } {
  const header = name === undefined ? [] : ['--header', `X-Worker: ${name}`];
  const child = new Shell().start(['work', url, ...header, ...flags], by && { by });
  let told = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  return { child, told: () => told };
}

export async function startedWorker(redis: Queue, how: Worker = {}) {
  const worker = startWorker(redis, how);
  await waitUntil(() => worker.told().includes('waits for work'), 'the worker is there');
  return worker;
}

export function listOf(urls: readonly string[]): string {
  const list = join(tempFolder(), 'urls.txt');
  writeFileSync(list, urls.join('\n'));
  return list;
}

/** Hands a list out and follows it. */
export function handedOut(
  shell: Shell,
  redis: Queue,
  urls: readonly string[],
  { perHost = 2, timeout = 30, place = tempFolder() } = {},
): ReturnType<typeof ended> {
  const where = [
    '--queue',
    redis.url,
    '--out',
    place,
    '--per-host',
    String(perHost),
    '--timeout',
    String(timeout),
  ];
  return ended(shell.start(['fetch', listOf(urls), ...where, '--json']));
}
