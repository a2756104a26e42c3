import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { repositoryRoot, Shell } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

/** A list of files that a server answers for after a while. */
async function slowList() {
  const server = await startServer(async (_request, response) => {
    await delay(100);
    response.end('x');
  });
  const folder = tempFolder();
  const urls = Array.from({ length: 150 }, (_, at) => `${server.origin}/${at}`);
  writeFiles(folder, { 'urls.txt': urls.join('\n') });
  const args = ['fetch', join(folder, 'urls.txt'), '--out', join(folder, 'files')];
  return { args, host: new URL(server.origin).host, server };
}

it('says under the summary what limited the run, and which flag would help', async () => {
  const { args, host, server } = await slowList();
  await using _server = server;
  const { stdout } = await new Shell().run(args);
  const [summary, limit] = stdout.slice(stdout.lastIndexOf('150 items in')).split('\n');
  expect(summary).toMatch(/^150 items in /);
  expect(limit).toMatch(
    new RegExp(
      `^ {2}${host} is asked 6 at once and takes \\d+ ms each: --per-host 12 would double it, or wait\\.$`,
    ),
  );
});

it('with --json, tells figures: what limited the run, stages and hosts, and with --timings stages of each', async () => {
  const { args, host, server } = await slowList();
  await using _server = server;
  const { summary, results } = await new Shell().json([...args, '--timings']);
  expect(summary).toMatchObject({
    stages: { firstByte: expect.any(Number), host: expect.any(Number), write: expect.any(Number) },
    hosts: [{ host, requests: 150, refusals: 0, limit: 6, p50: expect.any(Number), p95: expect.any(Number) }],
    limit: { kind: 'host-limit', host, atOnce: 6, suggested: 12, gain: 2 },
  });
  const told = results.map(({ stages }) => (stages as { firstByte: number }).firstByte);
  expect(Math.min(...told)).toBeGreaterThan(99);
});

it('without --timings, tells no stages of single items', async () => {
  const { summary, results } = await new Shell().json(['thumbs', await sampleFolder(2)]);
  expect(summary).toHaveProperty('stages');
  expect(results.filter((result) => 'stages' in result)).toEqual([]);
});

it('tells what limits one’s own function too', async () => {
  const module = join(repositoryRoot, 'test/tasks/wait.mjs');
  const items = Array.from({ length: 30 }, () => '100');
  const { summary } = await new Shell().json(['map', module, ...items, '--pool', '1']);
  expect(summary).toMatchObject({ limit: { kind: 'pool', poolSize: 1 } });
  const { stderr } = await new Shell().run(['map', module, ...items, '--pool', '1']);
  expect(stderr).toMatch(
    /^ {2}The pool size limits this run: its only place is always taken.* --pool 2 could double it\.$/m,
  );
});
