import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import { listOf, startedWorker } from '../../test/cluster.ts';
import { needs } from '../../test/needs.ts';
import { type JsonEvent, parseEvents, Shell } from '../../test/run-shoal.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer } from '../../test/servers/redis-server.ts';
import { startS3 } from '../../test/servers/s3-server.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

/** They wait for leases to end, again and again. */
const long = needs('SHOAL_KILLS', Number(process.env.SHOAL_KILLS ?? 0) > 0);

/** A worker that is started again whenever its process has died, as a service manager does. */
function keptWorker(redis: RedisServer): { readonly deaths: () => number } {
  let [deaths, isOver] = [0, false];
  onTestFinished(() => {
    isOver = true;
  });
  const start = (): ChildProcess =>
    new Shell().start(['work', redis.url]).once('exit', (_code, signal) => {
      if (isOver || signal === null) return;
      deaths += 1;
      start();
    });
  start();
  return { deaths: () => deaths };
}

const statusOf = (results: readonly JsonEvent[]) =>
  Object.fromEntries(
    results.map(({ input, status, error }) => [
      input,
      error ? (error as { readonly code: string }).code : status,
    ]),
  );

/** A function of one's own that ends the whole process of its worker where the item says so. */
function deadlyTask(): string {
  const folder = tempFolder();
  const kills = "if (item === 'deadly') process.kill(process.pid, 'SIGKILL');";
  writeFiles(folder, { 'task.mjs': `export default (item) => { ${kills} return item; };` });
  return join(folder, 'task.mjs');
}

long.test(
  'an item that kills each worker that begins it fails alone, and the workers live on',
  async () => {
    const redis = await RedisServer.start();
    const { deaths } = keptWorker(redis);
    const items = [...Array.from({ length: 30 }, (_, index) => `item ${index}`), 'deadly'];
    const args = ['map', deadlyTask(), ...items, '--queue', redis.url, '--out', tempFolder()];
    const { code, results } = await new Shell().json(args);
    const wanted = Object.fromEntries(items.map((item) => [item, 'done']));
    expect([code, statusOf(results)]).toEqual([1, { ...wanted, deadly: 'WORKER_DIED' }]);
    expect(results).toHaveLength(items.length);
    expect(deaths()).toBe(4);
  },
  300_000,
);

long.test(
  'a bucket in an object storage that its workers die of fails after ten deaths, behind what was done',
  async () => {
    await startS3();
    const redis = await RedisServer.start();
    const { deaths } = keptWorker(redis);
    const args = ['map', deadlyTask(), 'one', 'two', 'deadly'];
    const run = await new Shell().json([...args, '--queue', redis.url, '--out', 's3://photos/poison']);
    expect([run.code, statusOf(run.results)]).toEqual([
      1,
      { one: 'done', two: 'done', deadly: 'BUCKET_FAILED' },
    ]);
    expect(run.stderr).toContain('Its workers died 10 times in a row without a result.');
    // Three before care was taken, one behind the others, and then until ten.
    expect(deaths()).toBeLessThanOrEqual(12);
  },
  500_000,
);

long.test(
  'a bucket that fails by itself is tried five times, its items fail with it, the others are done; a retry does it again',
  async () => {
    await using log = await HostLog.start(5);
    const redis = await RedisServer.start();
    const place = tempFolder();
    const shell = new Shell();
    const urls = log.urls(8, 5);
    const where = ['--queue', redis.url, '--out', place];
    // The list is split for a worker that is there and takes nothing.
    const connectionName = `bull:${Buffer.from('shoal-v1').toString('base64')}:w:idle`;
    const idle = new Redis(redis.port, '127.0.0.1', { connectionName });
    onTestFinished(() => idle.disconnect());
    await idle.ping();
    const id = (await shell.run(['fetch', listOf(urls), ...where, '--detach'])).stdout.trim();
    const buckets = join(place, '.shoal', id, 'buckets');
    const [broken = '', gone = ''] = readdirSync(buckets).toSorted();
    const listed = (bucket: string) => join(buckets, bucket, 'items.ndjson');
    const urlsOf = (bucket: string) =>
      readFileSync(listed(bucket), 'utf8')
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line).url as string]));
    const [ofBroken, ofGone] = [urlsOf(broken), urlsOf(gone)];
    renameSync(listed(gone), `${listed(gone)}.away`);
    const inTheWay = join(place, broken);
    writeFileSync(inTheWay, 'no folder');
    await startedWorker(redis);
    const followed = await shell.run(['follow', id, '--queue', redis.url, '--json']);
    const { results } = parseEvents(followed.stdout);
    expect(followed).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/The items of bucket 1 are gone from .*shoal runs retry/s),
    });
    expect(statusOf(results)).toEqual(
      Object.fromEntries(
        urls
          // Nobody can name what is gone.
          .filter((url) => !ofGone.includes(url))
          .map((url) => [url, ofBroken.includes(url) ? 'BUCKET_FAILED' : 'done']),
      ),
    );
    expect(readdirSync(join(buckets, broken)).filter((name) => name.startsWith('owner-'))).toHaveLength(5);
    rmSync(inTheWay);
    renameSync(`${listed(gone)}.away`, listed(gone));
    const again = await shell.json(['runs', 'retry', id, '--queue', redis.url]);
    expect(again.code).toBe(0);
    expect(statusOf(again.results)).toEqual(Object.fromEntries(urls.map((url) => [url, 'done'])));
  },
  300_000,
);
