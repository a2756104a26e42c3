import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { handedOut, listOf, startedWorker } from '../../test/cluster.ts';
import { ended, type JsonEvent, parseEvents, Shell } from '../../test/run-shoal.ts';
import { bodyOf, HostLog } from '../../test/servers/host-log.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

/** Each item once in the report, each file with its bytes, and no host asked by more than it may be. */
function expectAllOnce(
  results: readonly JsonEvent[],
  urls: readonly string[],
  log: HostLog,
  perHost: number,
) {
  expect(results.map(({ input }) => input).toSorted()).toEqual(urls.toSorted());
  expect(results.filter(({ status }) => status !== 'done' && status !== 'skipped')).toEqual([]);
  for (const { output, input } of results) {
    expect(readFileSync(String(output), 'utf8')).toBe(bodyOf(`/${basename(String(input))}`));
  }
  expect([...log.most.values()].filter((most) => most > perHost)).toEqual([]);
}

withRedis.test(
  'a run in a queue tells what a local run tells, and a worker that is killed loses nothing',
  async () => {
    await using log = await HostLog.start(60);
    const redis = await RedisServer.start();
    const urls = log.urls(8, 40);
    const [first] = [await startedWorker(redis), await startedWorker(redis)];
    const submitter = new Shell();
    const running = handedOut(submitter, redis, urls);
    await waitUntil(() => log.asked.size > 60, 'some are fetched');
    first?.child.kill('SIGKILL');
    await redis.kill();
    await sleep(500);
    await redis.start();
    const { code, stdout, stderr } = await running;
    const { results, summary } = parseEvents(stdout);
    expect([code, stderr]).toEqual([0, expect.stringContaining('320 items in')]);
    expectAllOnce(results, urls, log, 2);
    expect(summary).toMatchObject({ total: 320, failed: 0 });
    // The journal here is that of any run.
    expect((await submitter.runs())[0]).toMatchObject({ state: 'ended', total: 320 });
  },
  120_000,
);

withRedis.test(
  'a run can be left and followed again, listed, and its failed items done once more',
  async () => {
    await using log = await HostLog.start(5);
    const redis = await RedisServer.start();
    const place = tempFolder();
    const worker = await startedWorker(redis);
    const [url = ''] = log.urls(1, 1);
    const list = listOf([
      ...log.urls(2, 5),
      new URL('/missing', url).href,
      'http://me:secret@127.0.0.1/x',
      'nothing',
    ]);
    const shell = new Shell();
    const detached = await shell.run(['fetch', list, '--queue', redis.url, '--out', place, '--detach']);
    const id = detached.stdout.trim();
    expect([detached.code, id]).toEqual([0, expect.stringMatching(/^\d{8}-\d{6}-[0-9a-f]{4}$/)]);
    const { code, stdout } = await new Shell().run(['follow', id, '--json'], {
      env: { SHOAL_QUEUE: redis.url },
    });
    expect(code).toBe(1);
    const { results, summary } = parseEvents(stdout);
    expect(summary).toMatchObject({ total: 13, done: 10, failed: 3 });
    expect(summary?.causes).toEqual({ HTTP_404: 1, BAD_LIST_LINE: 1, BAD_URL: 1 });
    expect(JSON.stringify(results)).not.toContain('secret');
    const listed = await shell.run(['runs', redis.url, '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({ id, state: 'ended', items: 13, done: 10, failed: 3 });
    const again = await shell.json(['runs', 'retry', id, '--queue', redis.url]);
    expect(again.results).toMatchObject([{ status: 'failed', error: { code: 'HTTP_404' } }]);
    expect(again.summary).toMatchObject({ total: 1, failed: 1 });
    // A worker that is told to end does so.
    const ending = ended(worker.child);
    worker.child.kill('SIGTERM');
    expect(await ending).toMatchObject({ code: 0 });
  },
);

withRedis.test('a run is cancelled for all workers, and who follows it hears of that', async () => {
  await using log = await HostLog.start(200);
  const redis = await RedisServer.start();
  await startedWorker(redis);
  const shell = new Shell();
  const running = ended(
    shell.start(['fetch', listOf(log.urls(2, 200)), '--queue', redis.url, '--out', tempFolder(), '--json']),
  );
  await waitUntil(() => log.asked.size > 5, 'some are fetched');
  const [{ id } = { id: '' }] = await shell.runs();
  expect(await shell.run(['runs', 'cancel', String(id)])).toMatchObject({ code: 0 });
  expect(await running).toMatchObject({ code: 130, stderr: expect.stringContaining('was cancelled') });
});

withRedis.test(
  'a function of one’s own is applied by workers, to each item as often as it was given',
  async () => {
    const redis = await RedisServer.start();
    const folder = tempFolder();
    writeFiles(folder, { 'up.mjs': 'export default (item) => item.toUpperCase();' });
    await startedWorker(redis);
    const run = await new Shell().run(
      ['map', join(folder, 'up.mjs'), '-', '--queue', redis.url, '--out', tempFolder()],
      { input: 'one\ntwo\none\n' },
    );
    expect([run.code, run.stdout.split('\n').toSorted()]).toEqual([0, ['', 'ONE', 'ONE', 'TWO']]);
  },
);

withRedis.test(
  'a queue carries the settings of a function, by the name of an export, and refuses one',
  async () => {
    const redis = await RedisServer.start();
    const folder = tempFolder();
    writeFiles(folder, {
      'tasks.mjs': `
      const tried = new Set();
      export const mark = (item, { data }) => {
        if (tried.size === tried.add(item).size) return item + data.mark;
        throw new RangeError('not yet');
      };`,
    });
    await startedWorker(redis);
    const args = [
      'map',
      join(folder, 'tasks.mjs#mark'),
      'one',
      'two',
      '--queue',
      redis.url,
      '--out',
      tempFolder(),
    ];
    const settings = ['--options', '{"mark": "!"}', '--retries', '1', '--chunk', '1'];
    const shell = new Shell();
    const run = await shell.json([...args, ...settings]);
    expect([run.code, run.results.map(({ output }) => output).toSorted()]).toEqual([0, ['one!', 'two!']]);
    expect((await shell.run(['runs', 'show', 'last'])).stdout).toContain(
      '--options {"mark":"!"}, --retries 1',
    );
    const plain = await shell.json([...args, '--options', '{"mark": "!"}']);
    expect(plain.results.map(({ error }) => (error as { name: string }).name)).toEqual([
      'RangeError',
      'RangeError',
    ]);
    const halted = await shell.run([...args, '--halt', '1']);
    expect([halted.code, halted.stderr]).toEqual([2, expect.stringContaining('(--halt <n>: ')]);
  },
);

withRedis.test('what cannot be handed out is refused before anything starts', async () => {
  const redis = await RedisServer.start();
  const shell = new Shell();
  const url = 'http://127.0.0.1:9/x';
  for (const [args, sentence] of [
    [[url, '--queue', redis.url], /needs a folder that all machines see/],
    [[url, '--queue', redis.url, '--out', tempFolder(), '--header', 'X-Key: 1'], /give it to each worker/],
    [[url, '--queue', 'redis://127.0.0.1:9', '--out', tempFolder()], /redis:\/\/127.0.0.1:9 cannot be used/],
    [[url, '--queue', 'http://127.0.0.1', '--out', tempFolder()], /Expected a queue such as redis:/],
    [[url, '--detach', '--out', tempFolder()], /Expected a queue such as redis:/],
  ] as const) {
    const { code, stderr } = await shell.run(['fetch', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  }
});
