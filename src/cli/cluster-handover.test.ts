import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { handedOut, startedWorker } from '../../test/cluster.ts';
import { ended, parseEvents, Shell } from '../../test/run-shoal.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

withRedis.test(
  'a worker that is told to end hands its bucket to the next at once: a fleet is replaced one worker after the other',
  async () => {
    await using log = await HostLog.start(150);
    const redis = await RedisServer.start();
    const place = tempFolder();
    const urls = log.urls(1, 200);
    let worker = await startedWorker(redis, { name: 'worker 0' });
    const running = handedOut(new Shell(), redis, urls, { perHost: 2, place });
    const askedBy = (number: number) => log.askers.get(`worker ${number}`) ?? 0;
    for (const number of [1, 2]) {
      await waitUntil(() => askedBy(number - 1) > 30, 'it works');
      const next = await startedWorker(redis, { name: `worker ${number}` });
      const ending = ended(worker.child);
      worker.child.kill('SIGTERM');
      expect(await ending).toMatchObject({ code: 0 });
      // Sooner than a lease ends.
      await waitUntil(() => askedBy(number) > 0, 'the next one goes on', 7_000);
      worker = next;
    }
    const { code, stdout } = await running;
    const { results } = parseEvents(stdout);
    expect([code, results.map(({ input }) => input).toSorted()]).toEqual([0, urls.toSorted()]);
    expect([...log.most].filter(([, most]) => most > 2)).toEqual([]);
    const [id = ''] = readdirSync(join(place, '.shoal'));
    const kept = readdirSync(join(place, '.shoal', id, 'buckets/00000'));
    expect(kept.filter((name) => name.startsWith('left-'))).toEqual(['left-1.json', 'left-2.json']);
  },
  120_000,
);
