import { expect } from 'vitest';
import { listOf, startedWorker } from '../../test/cluster.ts';
import { filesBelow, sampleFolder } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { startS3 } from '../../test/servers/s3-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

withRedis.test(
  'the place of a run in a queue may be in an object storage: files, state and report',
  async () => {
    await using log = await HostLog.start(5);
    const redis = await RedisServer.start();
    const { requests } = await startS3();
    await startedWorker(redis);
    await startedWorker(redis);
    const shell = new Shell();
    const urls = log.urls(4, 10);
    const place = 's3://photos/run';
    const fetched = await shell.json(['fetch', listOf(urls), '--queue', redis.url, '--out', place]);
    expect(fetched.summary).toMatchObject({ total: 40, done: 40, failed: 0 });
    expect(fetched.results.map(({ input }) => input).toSorted()).toEqual(urls.toSorted());
    for (const { output } of fetched.results) {
      expect(String(output)).toMatch(/^s3:\/\/photos\/run\/\d{5}\//);
      expect(requests).toContain(`PUT ${String(output).replace('s3:/', '')}?x-id=PutObject`);
    }
    const images = await sampleFolder(6);
    const thumbs = await shell.json(['thumbs', images, '--queue', redis.url, '--out', 's3://photos/small']);
    expect(thumbs.summary).toMatchObject({ total: 6, done: 6, failed: 0 });
    expect(String(thumbs.results[0]?.output)).toMatch(/^s3:\/\/photos\/small\//);
  },
);

withRedis.test('the images and the lists of a run in a queue may be in an object storage', async () => {
  await using log = await HostLog.start(2);
  const redis = await RedisServer.start();
  const { endpoint, requests } = await startS3();
  await startedWorker(redis);
  await startedWorker(redis);
  const put = (key: string, body: Uint8Array<ArrayBuffer> | string) =>
    fetch(`${endpoint}/photos/${key}`, { method: 'PUT', body });
  const image = new Uint8Array(await sampleJpeg(1, 60, 40));
  const keys = ['a.jpg', 'b.jpg', '2024/a.jpg', '2024/may/c.jpg', '2025/d.jpg'];
  await Promise.all(keys.map((key) => put(`album/${key}`, image)));
  const out = tempFolder();
  const shell = new Shell();
  const thumbs = await shell.json(['thumbs', 's3://photos/album', '--queue', redis.url, '--out', out]);
  expect(thumbs.summary).toMatchObject({ total: 5, done: 5, failed: 0 });
  expect(thumbs.results.map(({ input }) => input).toSorted()).toEqual(
    keys.map((key) => `s3://photos/album/${key}`).toSorted(),
  );
  expect(
    filesBelow(out)
      .filter((name) => !name.startsWith('.shoal'))
      .toSorted(),
  ).toEqual(keys.toSorted());
  for (const key of keys) {
    const gets = requests.filter((each) => each.startsWith(`GET /photos/album/${key}`));
    expect([key, gets.length]).toEqual([key, 1]);
  }
  await put('lists/urls.txt', log.urls(2, 3).join('\n'));
  const fetched = await shell.json([
    ...['fetch', 's3://photos/lists/urls.txt', '--queue', redis.url, '--out', tempFolder()],
  ]);
  expect(fetched.summary).toMatchObject({ total: 6, done: 6 });
});

withRedis.test('what a queue cannot do with a data set or a place is refused', async () => {
  const redis = await RedisServer.start();
  const shell = new Shell();
  for (const [args, sentence] of [
    [
      ['fetch', 'http://127.0.0.1:9/x', '--dataset', 'webdataset', '--dedupe', 'link'],
      /a file for each item/,
    ],
    [['thumbs', 's3://photos/large', 's3://photos/small'], /Expected one place in an object storage/],
    [['fetch', 'http://127.0.0.1:9/x', '--out', 'ftp://x/y'], /s3:\/\/bucket\/prefix, got ftp/],
  ] as const) {
    const out = args.includes('--out' as never) ? [] : ['--out', '/tmp'];
    const { code, stderr } = await shell.run([...args, ...out, '--queue', redis.url]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  }
});
