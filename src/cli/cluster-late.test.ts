import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { handedOut, startedWorker } from '../../test/cluster.ts';
import { parseEvents, Shell } from '../../test/run-shoal.ts';
import { CuttableLink } from '../../test/servers/cuttable-link.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';
import { FolderPlace } from '../engine/cluster/places/folder-place.ts';
import { BucketRecord } from '../engine/cluster/records/bucket-record.ts';

withRedis.test(
  'a worker that was stopped, and whom nobody can tell when it wakes up late, starts nothing more of its bucket',
  async () => {
    await using log = await HostLog.start(150);
    const redis = await RedisServer.start();
    const link = await CuttableLink.to(redis);
    const urls = log.urls(1, 80);
    const late = await startedWorker(link, { name: 'late' });
    const running = handedOut(new Shell(), redis, urls, { perHost: 1 });
    await waitUntil(() => log.asked.size > 10, 'some are fetched');
    late.child.kill('SIGSTOP');
    link.cut();
    await startedWorker(redis, { name: 'other' });
    const askedByOther = () => log.askers.get('other') ?? 0;
    await waitUntil(() => askedByOther() > 5, 'the other worker goes on');
    const askedByLate = log.askers.get('late');
    late.child.kill('SIGCONT');
    const at = askedByOther();
    await waitUntil(() => askedByOther() > at + 20, 'the late one has had time to start something');
    expect(log.askers.get('late')).toBe(askedByLate);
    link.mend();
    const { code, stdout } = await running;
    const { results } = parseEvents(stdout);
    expect([code, results.map(({ input }) => input).toSorted()]).toEqual([0, urls.toSorted()]);
    expect([...log.most.values()]).toEqual([1]);
  },
  120_000,
);

withRedis.test(
  'a worker that ends the last item of a bucket which is another’s by now does not end the bucket',
  async () => {
    await using log = await HostLog.start(10);
    const redis = await RedisServer.start();
    const place = tempFolder();
    const urls = log.urls(1, 8);
    const release = log.hold(new URL(urls.at(-1) ?? '').pathname);
    const late = await startedWorker(redis);
    const running = handedOut(new Shell(), redis, urls, { perHost: 1, place });
    await waitUntil(() => log.asked.size === 8, 'the last one is asked for');
    const [id = ''] = readdirSync(join(place, '.shoal'));
    // As when the server that knew of the lease failed, and the one that follows it did not.
    const bucket = new BucketRecord(new FolderPlace(place), id, 0);
    expect(await bucket.takeOver('another worker')).toMatchObject({ number: 2 });
    release();
    const { code, stdout } = await running;
    const { results } = parseEvents(stdout);
    expect([code, results.map(({ input }) => input).toSorted()]).toEqual([0, urls.toSorted()]);
    // It was handed out once more, and only who had it then has ended it.
    const ended = (owner: number) =>
      existsSync(join(place, '.shoal', id, 'buckets/00000', `done-${owner}.json`));
    expect([1, 2, 3].map(ended)).toEqual([false, false, true]);
    expect(late.told()).not.toContain('failed');
  },
  120_000,
);
