import { expect } from 'vitest';
import { listOf } from '../../test/cluster.ts';
import { Shell } from '../../test/run-shoal.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

withRedis.test('a worker tells Prometheus what it has done, on this machine alone', async () => {
  await using log = await HostLog.start(5);
  const redis = await RedisServer.start();
  const worker = new Shell().start(['work', redis.url, '--metrics', '0']);
  let told = '';
  worker.stderr?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  await waitUntil(() => told.includes('waits for work'), 'the worker is there');
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(told) ?? [];
  const urls = [...log.urls(2, 10), 'http://127.0.0.1:9/refused'];
  await new Shell().json([
    'fetch',
    listOf(urls),
    '--queue',
    redis.url,
    '--out',
    tempFolder(),
    '--retries',
    '0',
  ]);
  const metrics = await (await fetch(url)).text();
  expect(metrics).toContain('shoal_items_total{task="fetch",status="done"} 20');
  expect(metrics).toContain('shoal_items_total{task="fetch",status="failed"} 1');
  expect(metrics).toMatch(/shoal_buckets_total\{ending="done"\} [1-9]/);
  expect(metrics).toContain('shoal_buckets_active 0');
  expect((await fetch(url.replace('/metrics', '/'))).status).toBe(404);
  worker.kill('SIGTERM');
});

withRedis.test('a port that is none, or is taken, is wrong usage', async () => {
  await using log = await HostLog.start(5);
  const redis = await RedisServer.start();
  const shell = new Shell();
  for (const [port, sentence] of [
    ['70000', /Expected a port such as 9464/],
    ['here', /Expected a port such as 9464/],
    [new URL(log.urls(1, 1)[0] ?? '').host, /Metrics cannot be told at 127\.0\.0\.1:\d+: another program/],
  ] as const) {
    const { code, stderr } = await shell.run(['work', redis.url, '--metrics', port]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  }
});
