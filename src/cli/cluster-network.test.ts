import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { handedOut, startedWorker } from '../../test/cluster.ts';
import { needs } from '../../test/needs.ts';
import { canHaveNetworks, NetworkOfItsOwn } from '../../test/network-of-its-own.ts';
import { parseEvents, Shell } from '../../test/run-shoal.ts';
import { CuttableLink } from '../../test/servers/cuttable-link.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer } from '../../test/servers/redis-server.ts';
import { waitUntil } from '../../test/wait-until.ts';

const isWanted = Number(process.env.SHOAL_KILLS ?? 0) > 0;
const withNetworks = needs('SHOAL_KILLS and network namespaces', isWanted && canHaveNetworks());

const hosts = 6;
const perHost = 2;
const longerThanTheLeaseMs = 20_000;

withNetworks.test(
  'a worker whose cable is pulled for longer than its lease loses nothing, asks nobody beside the next one, and works again',
  async () => {
    await using log = await HostLog.start(300);
    const redis = await RedisServer.start();
    const network = NetworkOfItsOwn.create(7, hosts);
    // Redis listens to this machine alone.
    const link = await CuttableLink.to(redis);
    const urls = log.urls(hosts, 150, network.here);
    const far = await startedWorker(
      { url: link.urlAt(`${network.here}.1`) },
      { name: 'far', by: network.enter },
    );
    const running = handedOut(new Shell(), redis, urls, { perHost });
    const askedBy = (name: string) => log.askers.get(name) ?? 0;
    await waitUntil(() => askedBy('far') > 60, 'the far worker works');
    network.pull();
    await startedWorker(redis, { name: 'near' });
    const before = askedBy('near');
    await sleep(longerThanTheLeaseMs);
    expect(askedBy('near')).toBeGreaterThan(before);
    network.plug();
    const askedByFar = askedBy('far');
    await waitUntil(() => askedBy('far') > askedByFar, 'the far worker works again', 60_000);
    const { code, stdout } = await running;
    const { results } = parseEvents(stdout);
    expect([code, results.map(({ input }) => input).toSorted()]).toEqual([0, urls.toSorted()]);
    expect(results.filter(({ status }) => status === 'failed')).toEqual([]);
    expect([...log.most].filter(([, most]) => most > perHost)).toEqual([]);
    expect(far.child.exitCode).toBe(null);
  },
  240_000,
);
