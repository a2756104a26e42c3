import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { folderPlace, handedOutTo, type KindOfRun, storagePlace } from '../../test/handed-out.ts';
import { Follower, randomOf, WorkersThatDie } from '../../test/kills.ts';
import { needs } from '../../test/needs.ts';
import { type JsonEvent, parseEvents } from '../../test/run-shoal.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer } from '../../test/servers/redis-server.ts';
import { startS3 } from '../../test/servers/s3-server.ts';

/** So many processes are killed; `npm run test:cluster` asks for it. */
const kills = Number(process.env.SHOAL_KILLS ?? 0);
const firstSeed = Number(process.env.SHOAL_SEED ?? 1);
const killsARun = 5;
const perHost = 3;

const victims = ['worker', 'worker', 'stopped worker', 'redis', 'submitter'] as const;

/** Every kind of run, in a folder and in an object storage. */
const variants = (['folder', 'storage'] as const).flatMap((where) =>
  (['fetch', 'thumbs', 'map'] as const).map((kind) => ({ kind, where })),
);

interface Variant {
  readonly kind: KindOfRun;
  readonly where: 'folder' | 'storage';
}

async function runWithKills(seed: number, { kind, where }: Variant): Promise<void> {
  const random = randomOf(seed);
  await using log = await HostLog.start(150);
  const redis = await RedisServer.start();
  const place = where === 'folder' ? folderPlace() : await storagePlace(`run-${seed}`);
  const { submitted, items, check } = await handedOutTo(place, kind, { log, perHost });
  const workers = new WorkersThatDie(redis);
  const follower = new Follower(redis, submitted);
  const done: string[] = [];
  // Every other run is killed while it is split, or near that.
  if (random() < 0.5) {
    await sleep(random() * 1_000);
    await follower.killAndFollow();
    done.push('splitting');
  }
  while (done.length < killsARun) {
    await sleep(100 + random() * 1_500);
    const victim = victims[Math.floor(random() * victims.length)] ?? 'worker';
    const which = Math.floor(random() * 2);
    done.push(victim);
    if (victim === 'worker') workers.kill(which);
    if (victim === 'stopped worker') workers.stop(which, 3_000 + random() * 15_000);
    if (victim === 'submitter') await follower.killAndFollow();
    if (victim !== 'redis') continue;
    await redis.kill();
    await sleep(random() * 2_000);
    await redis.start();
  }
  const told = [seed, kind, where, done];
  const { code, stdout, stderr } = await follower.end();
  const { results } = parseEvents(stdout);
  const failed = results.filter(({ status }) => status === 'failed');
  expect([...told, code, code === 0 ? '' : stderr, failed]).toEqual([...told, 0, '', []]);
  const inputs = (all: readonly JsonEvent[]) => all.map(({ input }) => input).toSorted();
  expect([...told, inputs(results)]).toEqual([...told, items.toSorted()]);
  for (const result of results) await check(result);
  // Who wakes up when all is over changes nothing.
  workers.wakeAll();
  await sleep(2_000);
  const again = await follower.again();
  expect([...told, inputs(again)]).toEqual([...told, items.toSorted()]);
  for (const result of again) await check(result);
  const tooMany = [...log.most].filter(([, most]) => most > perHost);
  expect([...told, tooMany]).toEqual([...told, []]);
  console.log(`killed, in ${kind} with a ${where} (seed ${seed}): ${done.join(', ')}`);
}

const runs = Math.ceil(kills / killsARun);
const killed = needs('SHOAL_KILLS', kills > 0);

for (let run = 0; run < Math.max(1, runs); run += 1) {
  const seed = firstSeed * 1_000 + run;
  const variant = variants[run % variants.length] as Variant;
  const title = `${variant.kind}, ${variant.where}, seed ${seed}`;
  killed.test(
    `whoever is killed, whenever: each item once in the report, each file right, no host above its limit (${title})`,
    async () => {
      if (variant.where === 'storage') await startS3();
      await runWithKills(seed, variant);
    },
    300_000,
  );
}
