import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { startedWorker } from '../../test/cluster.ts';
import { Shell } from '../../test/run-shoal.ts';
import { RedisServer, withRedis } from '../../test/servers/redis-server.ts';
import { startServer, type TestServer, text } from '../../test/servers/test-server.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

const right = createHash('sha256').update('bytes').digest('hex');
const wrong = right.replaceAll(/./g, '0');

/** A list that demands two digests of one URL, of which one is right. */
function listOfTwo({ origin }: TestServer): string {
  const folder = tempFolder();
  writeFiles(folder, { 'urls.csv': `url,sha256\n${origin}/x.txt,${right}\n${origin}/x.txt,${wrong}\n` });
  return `${folder}/urls.csv`;
}

/** What a run with both does, and a retry of what failed in it. */
async function expectOneAgain(shell: Shell, server: TestServer, ...further: string[]): Promise<void> {
  const run = await shell.json(['fetch', listOfTwo(server), '--out', tempFolder(), ...further]);
  expect(run.summary).toMatchObject({ total: 2, done: 1, failed: 1 });
  const [{ id } = { id: '' }] = await shell.runs();
  const again = await shell.json(['runs', 'retry', String(id), ...further]);
  expect(again.summary).toMatchObject({ total: 1, failed: 1 });
  expect(again.results).toMatchObject([{ status: 'failed', listed: { sha256: wrong } }]);
}

test('a URL that is listed with two digests is two items, of which one is done again', async () => {
  await using server = await startServer(text('bytes'));
  await expectOneAgain(new Shell(), server);
});

withRedis.test('so it is in a queue', async () => {
  await using server = await startServer(text('bytes'));
  const redis = await RedisServer.start();
  await startedWorker(redis);
  await expectOneAgain(new Shell(), server, '--queue', redis.url);
});
