import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import { handedOut, listOf, startedWorker } from '../../test/cluster.ts';
import { filesBelow, sampleFolder } from '../../test/images/image-folders.ts';
import { ended, type JsonEvent, parseEvents, Shell } from '../../test/run-shoal.ts';
import { HostLog } from '../../test/servers/host-log.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

function connectionTo({ port }: RedisServer, connectionName?: string): Redis {
  const redis = new Redis(port, '127.0.0.1', connectionName === undefined ? {} : { connectionName });
  onTestFinished(() => redis.disconnect());
  return redis;
}

withRedis.test(
  'a submitter that is killed while it splits leaves a run that was never started, which is told',
  async () => {
    const redis = await RedisServer.start();
    const direct = connectionTo(redis);
    const shell = new Shell();
    // A list that nobody writes to.
    const list = join(tempFolder(), 'list');
    execFileSync('mkfifo', [list]);
    const child = shell.start(['fetch', list, '--queue', redis.url, '--out', tempFolder()]);
    let ids: string[] = [];
    const looking = setInterval(async () => {
      ids = await direct.zrange('shoal-v1:runs', '0', '-1');
    }, 20);
    await waitUntil(() => ids.length > 0, 'the queue knows of the run');
    clearInterval(looking);
    const [id = ''] = ids;
    const stateOf = async () =>
      (JSON.parse((await shell.run(['runs', redis.url, '--json'])).stdout) as JsonEvent).state;
    expect(await stateOf()).toBe('splitting');
    const ending = ended(child);
    child.kill('SIGKILL');
    await ending;
    // Its sign of life runs out.
    await direct.del(`shoal-v1:run:${id}:splitting`);
    expect(await stateOf()).toBe('not started');
    const { code, stderr } = await shell.run(['follow', id, '--queue', redis.url]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('was never started')]);
  },
);

withRedis.test(
  'a server whose memory is full is told of once, and work goes on when it has room',
  async () => {
    await using log = await HostLog.start(100);
    const redis = await RedisServer.start();
    const direct = connectionTo(redis);
    const worker = await startedWorker(redis);
    const urls = log.urls(3, 30);
    const running = handedOut(new Shell(), redis, urls, { perHost: 3 });
    await waitUntil(() => log.asked.size > 5, 'some are fetched');
    await direct.config('SET', 'maxmemory', '1');
    await waitUntil(() => worker.told().includes('memory is full'), 'the worker says so');
    const refused = await new Shell().run([
      ...['fetch', 'http://127.0.0.1:9/x', '--queue', redis.url],
      ...['--out', tempFolder()],
    ]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('its memory is full')]);
    await direct.config('SET', 'maxmemory', '0');
    const { code, stdout } = await running;
    const { results } = parseEvents(stdout);
    expect([code, results.map(({ input }) => input).toSorted()]).toEqual([0, urls.toSorted()]);
    expect(worker.told().match(/memory is full/g)).toHaveLength(1);
  },
  90_000,
);

withRedis.test(
  'Ctrl-C leaves a run to its workers; one of another version takes nothing, and the submitter says so',
  async () => {
    await using log = await HostLog.start(100);
    const redis = await RedisServer.start();
    await connectionTo(redis, `bull:${Buffer.from('shoal-v2').toString('base64')}:w:newer`).ping();
    const place = tempFolder();
    const list = listOf(log.urls(2, 30));
    const shell = new Shell();
    const child = shell.start(['fetch', list, '--queue', redis.url, '--out', place]);
    let told = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
    const ending = ended(child);
    await waitUntil(() => told.includes('newer'), 'the workers are told of');
    expect(told).toMatch(/0 workers\.\nNo worker is connected: .*\nnewer speaks version 2 of the protocol/);
    child.kill('SIGINT');
    expect(await ending).toMatchObject({ stderr: expect.stringContaining('goes on without this terminal') });
    await startedWorker(redis);
    const [{ id } = { id: '' }] = (await shell.runs()).map((run) => run);
    const [run] = (await shell.run(['runs', redis.url, '--json'])).stdout.split('\n');
    expect(id).not.toBe('');
    const queued = JSON.parse(run ?? '') as JsonEvent;
    // By the id of its journal here as well: that names the queue.
    const followed = await shell.json(['follow', String(id)]);
    expect([followed.code, followed.results.length, queued.items]).toEqual([0, 60, 60]);
  },
);

withRedis.test('thumbnails of folders lie where a run on one machine puts them', async () => {
  const redis = await RedisServer.start();
  await startedWorker(redis);
  const folder = await sampleFolder(6);
  const [there, here] = [tempFolder(), tempFolder()];
  const shell = new Shell();
  const queued = await shell.json(['thumbs', folder, '--queue', redis.url, '--out', there]);
  expect([queued.code, queued.summary?.done]).toEqual([0, 6]);
  await shell.run(['thumbs', folder, '--out', here]);
  const made = filesBelow(there).filter((file) => !file.startsWith('.shoal'));
  expect(made).toEqual(filesBelow(here));
  for (const file of made) expect(readFileSync(join(there, file))).toEqual(readFileSync(join(here, file)));
});

withRedis.test('buckets whose jobs a queue has lost are told of, and handed out again', async () => {
  await using log = await HostLog.start(5);
  const redis = await RedisServer.start();
  const direct = connectionTo(redis);
  const shell = new Shell();
  const urls = log.urls(2, 10);
  const where = ['--queue', redis.url, '--out', tempFolder()];
  const { stdout } = await shell.run(['fetch', listOf(urls), ...where, '--detach']);
  const id = stdout.trim();
  await direct.del(...(await direct.keys('bull:shoal-v1:*')));
  await startedWorker(redis);
  const lost = await shell.run(['follow', id, '--queue', redis.url]);
  expect([lost.code, lost.stderr]).toEqual([1, expect.stringContaining('lost its job')]);
  const again = await shell.json(['runs', 'retry', id, '--queue', redis.url]);
  expect([again.code, again.results.map(({ input }) => input).toSorted()]).toEqual([0, urls.toSorted()]);
});

withRedis.test('Ctrl-C leaves a run also where its queue answers nothing any more', async () => {
  const redis = await RedisServer.start();
  const shell = new Shell();
  const list = listOf(['http://127.0.0.1:1/']);
  const child = shell.start(['fetch', list, '--queue', redis.url, '--out', tempFolder()]);
  let told = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const ending = ended(child);
  await waitUntil(() => told.includes('shoal work starts one'), 'the run is handed out');
  redis.pause();
  child.kill('SIGINT');
  const { stderr } = await ending;
  expect(stderr).toContain('goes on without this terminal');
});
