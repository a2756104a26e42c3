import { expect } from 'vitest';
import { listOf, startedWorker } from '../../test/cluster.ts';
import { ended, type JsonEvent, Shell } from '../../test/run-shoal.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

interface Standing {
  readonly done: number;
  readonly workers: readonly {
    readonly name: string;
    readonly heardMs: number;
    readonly buckets: readonly object[];
  }[];
  readonly hosts?: readonly { readonly host: string }[];
}

function standings(text: string): Standing[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const events = whole.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as JsonEvent]));
  return events.filter(({ type }) => type === 'standing') as unknown as Standing[];
}

withRedis.test(
  'who follows a run is told what each worker does, how far buckets are that have not ended, and of their hosts',
  async () => {
    await using log = await HostLog.start(400);
    const redis = await RedisServer.start();
    const worker = await startedWorker(redis);
    const shell = new Shell();
    const where = ['--queue', redis.url, '--out', tempFolder(), '--per-host', '2', '--json'];
    const child = shell.start(['fetch', listOf(log.urls(2, 200)), ...where]);
    const over = ended(child);
    let told = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
    await waitUntil(
      () => standings(told).some(({ done }) => done > 0),
      'items of an open bucket are counted',
    );
    const last = standings(told).findLast(({ done }) => done > 0);
    // No bucket has ended: no result is told yet.
    expect(told).not.toContain('"type":"result"');
    expect(last?.workers).toMatchObject([
      { name: expect.stringContaining(`-${worker.child.pid}-shoal-`), buckets: [{ items: 200 }] },
    ]);
    expect(last?.hosts?.length).toBeGreaterThan(0);

    // One that is killed is told of as not heard of any more; its count stays.
    worker.child.kill('SIGKILL');
    const before = last?.done ?? 0;
    const isQuiet = (): boolean => (standings(told).at(-1)?.workers[0]?.heardMs ?? 0) > 6_000;
    await waitUntil(isQuiet, 'the worker is not heard of');
    expect(standings(told).at(-1)?.done).toBeGreaterThanOrEqual(before);
    child.kill('SIGINT');
    await over;
  },
  60_000,
);
