import { expect } from 'vitest';
import { handedOut, startedWorker } from '../../test/cluster.ts';
import { parseEvents, Shell } from '../../test/run-shoal.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { waitUntil } from '../../test/wait-until.ts';

withRedis.test(
  'a bucket whose host answers nobody keeps only its own slots: all others are done beside it',
  async () => {
    await using log = await HostLog.start(20);
    const redis = await RedisServer.start();
    await startedWorker(redis, { flags: ['--pool', '4'] });
    // As many buckets as hosts; the one with most files begins first.
    const slow = log.urls(8, 40).filter((url) => url.includes('/h3-'));
    const others = log.urls(8, 20).filter((url) => !url.includes('/h3-'));
    const letGo = log.holdHost(3);
    const running = handedOut(new Shell(), redis, [...slow, ...others], { perHost: 2, timeout: 300 });
    const isAsked = (url: string): boolean => log.asked.has(new URL(url).pathname);
    await waitUntil(() => others.every(isAsked), 'all others are asked for');
    expect(slow.filter(isAsked)).toHaveLength(2);
    letGo();
    const { code, stdout } = await running;
    expect([code, parseEvents(stdout).summary]).toMatchObject([0, { total: 180, done: 180 }]);
    expect(Math.max(...log.most.values())).toBeLessThanOrEqual(2);
    expect(log.mostInAll).toBeLessThanOrEqual(4);
  },
  180_000,
);

withRedis.test(
  'two runs that one worker has at once ask a host no more often than one of them may',
  async () => {
    await using log = await HostLog.start(50);
    const redis = await RedisServer.start();
    await startedWorker(redis, { flags: ['--pool', '16'] });
    const urls = log.urls(2, 40);
    const runs = [1, 2].map(() => handedOut(new Shell(), redis, urls));
    for (const { code, stdout } of await Promise.all(runs))
      expect([code, parseEvents(stdout).summary]).toMatchObject([0, { total: 80, done: 80 }]);
    expect([...log.asked.values()]).toEqual(urls.map(() => 2));
    expect([...log.most.values()]).toEqual([2, 2]);
  },
  180_000,
);
