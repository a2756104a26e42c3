import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ended, Shell } from './run-shoal.ts';
import type { RedisServer } from './servers/redis-server.ts';
import { tempFolder } from './temp-folder.ts';
import { waitUntil } from './wait-until.ts';

/** A worker with a state of its own, as one on another machine. */
function startWorker(
  { url }: RedisServer,
  flags: readonly string[],
): { child: ChildProcess; told: () => string } {
  const child = new Shell().start(['work', url, ...flags]);
  let told = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  return { child, told: () => told };
}

export async function startedWorker(redis: RedisServer, ...flags: readonly string[]) {
  const worker = startWorker(redis, flags);
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
  redis: RedisServer,
  urls: readonly string[],
  { perHost = 2, timeout = 30 } = {},
): ReturnType<typeof ended> {
  const where = [
    '--queue',
    redis.url,
    '--out',
    tempFolder(),
    '--per-host',
    String(perHost),
    '--timeout',
    String(timeout),
  ];
  return ended(shell.start(['fetch', listOf(urls), ...where, '--json']));
}
