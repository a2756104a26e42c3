import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listOf, startedWorker } from '../../test/cluster.ts';
import { filesBelow } from '../../test/images/image-folders.ts';
import { ended, parseEvents, Shell } from '../../test/run-shoal.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { startS3 } from '../../test/servers/s3-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

const isOfSet = (name: string) => !name.startsWith('.shoal');
const shards = (folder: string) =>
  filesBelow(folder)
    .filter(isOfSet)
    .toSorted()
    .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]);

withRedis.test(
  'a data set is made by the workers of a queue, to the same bytes where one of them is killed',
  async () => {
    await using log = await HostLog.start(30);
    const redis = await RedisServer.start();
    const urls = log.urls(6, 40);
    const [whole, cut] = [tempFolder(), tempFolder()];
    const list = listOf(urls);
    const args = (out: string) => [
      'fetch',
      list,
      ...['--queue', redis.url, '--out', out, '--json', '--retries', '0'],
      ...['--dataset', 'webdataset', '--tar-items', '30'],
    ];
    await startedWorker(redis);
    const made = await new Shell().run(args(whole));
    expect([made.code, parseEvents(made.stdout).summary]).toMatchObject([0, { total: 240, done: 240 }]);
    const names = filesBelow(whole).filter(isOfSet);
    expect(names.filter((name) => name.endsWith('.tar')).toSorted()).toEqual(
      Array.from({ length: 6 }, (_, bucket) =>
        [0, 1].map((shard) => `0000${bucket}-0000${shard}.tar`),
      ).flat(),
    );
    expect(names).toHaveLength(3 * 12);
    const doomed = await startedWorker(redis);
    const before = log.asked.size;
    const running = ended(new Shell().start(args(cut)));
    await waitUntil(
      () => filesBelow(cut).filter(isOfSet).length > 2 && log.asked.size >= before,
      'one is made',
    );
    doomed.child.kill('SIGKILL');
    const { code, stdout } = await running;
    const { results, summary } = parseEvents(stdout);
    expect([code, summary]).toMatchObject([0, { total: 240, done: 240, failed: 0 }]);
    expect(results.map(({ input }) => input).toSorted()).toEqual(urls.toSorted());
    for (const { output } of results) expect(String(output)).toMatch(/\/\d{5}-\d{5}\.tar$/);
    expect(shards(cut)).toEqual(shards(whole));
    expect(filesBelow(cut).filter((name) => name.includes('staging') || name.includes('shards/'))).toEqual(
      [],
    );
    // Again: nothing is fetched, whoever hands it out. Another list is another set.
    const again = await new Shell().run(args(cut));
    expect(parseEvents(again.stdout).summary).toMatchObject({ total: 240, skipped: 240 });
    const other = await new Shell().run(['fetch', listOf(urls.slice(1)), ...args(cut).slice(2)]);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('a data set of another list')]);
    const local = await new Shell().run(['fetch', list, '--dataset', 'webdataset', '--out', cut]);
    expect([local.code, local.stderr]).toEqual([2, expect.stringContaining('a queue’s workers')]);
  },
  120_000,
);

withRedis.test('a data set of a queue may be in an object storage, and be made anew', async () => {
  await using log = await HostLog.start(2);
  const redis = await RedisServer.start();
  const { requests } = await startS3();
  await startedWorker(redis);
  const where = ['--queue', redis.url, '--out', 's3://photos/set', '--dataset', 'webdataset'];
  const made = await new Shell().json(['fetch', listOf(log.urls(2, 3)), ...where]);
  expect(made.summary).toMatchObject({ total: 6, done: 6 });
  expect(made.results[0]?.output).toBe('s3://photos/set/00000-00000.tar');
  const anew = await new Shell().json(['fetch', listOf(log.urls(2, 2)), ...where, '--force']);
  expect(anew.summary).toMatchObject({ total: 4, done: 4 });
  expect(requests.filter((each) => each.startsWith('PUT /photos/set/00000-00000.tar'))).toHaveLength(2);
});
