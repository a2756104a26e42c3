import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { Shell } from '../../test/run-shoal.ts';
import { routes, startServer, text } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

async function folderWithABadOne(): Promise<string> {
  const folder = await sampleFolder(3);
  writeFileSync(join(folder, 'bad.jpg'), 'text');
  writeFileSync(join(folder, 'scan.tga'), 'TGA');
  return folder;
}

test('--quiet tells what fails and nothing else', async () => {
  const folder = await folderWithABadOne();
  const { code, stdout, stderr } = await new Shell().run(['thumbs', folder, '--quiet']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^failed {3}[^\n]*bad\.jpg is not an image[^\n]* \[NOT_AN_IMAGE\]\n$/);
  const fine = await new Shell().run(['thumbs', await sampleFolder(2), '--quiet']);
  expect(fine).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

test('--quiet leaves --json and tables as they are, without the warnings beside them', async () => {
  const folder = await folderWithABadOne();
  const shell = new Shell();
  const { results, summary, stderr } = await shell.json(['thumbs', folder, '--quiet']);
  expect([results.length, summary?.failed, stderr]).toEqual([4, 1, '']);
  expect((await shell.run(['runs', '--quiet'])).stdout).toMatch(/thumbs/);
  const tuned = await shell.run(['tune', 'thumbs', folder, '--sizes', '1', '--quiet']);
  expect(tuned).toMatchObject({ stdout: expect.stringContaining('pool size'), stderr: '' });
});

test('wrong usage is told to the quiet, too, and nobody is quiet and verbose', async () => {
  const wrong = await new Shell().run(['thumbs', '.', '--quiet', '--size', 'huge']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('got huge.')]);
  const both = await new Shell().run(['thumbs', '.', '--quiet', '--verbose']);
  expect([both.code, both.stderr]).toEqual([2, 'shoal: Expected --quiet or --verbose, got both.\n']);
});

test('--verbose tells on standard error what was decided, and leaves standard output as it is', async () => {
  let times = 0;
  await using server = await startServer(
    routes({
      '/a': text('a'),
      '/b': (_request, response) => {
        times += 1;
        if (times === 1) return void response.destroy();
        response.end('b');
      },
    }),
  );
  const args = ['fetch', `${server.origin}/a`, `${server.origin}/b`, '--out', tempFolder(), '--verbose'];
  const shell = new Shell();
  const { code, stderr, results } = await shell.json(args);
  expect([code, results.length]).toEqual([0, 2]);
  expect(stderr).toMatch(/^pool: auto, from 16 on, at most \d+$/m);
  expect(stderr).toContain(`${server.origin}/b: 2 attempts\n`);
  expect(stderr).toMatch(/^host: 127\.0\.0\.1:\d+: \d requests, .* at once$/m);
  const again = await shell.run(args);
  expect(again.stdout).toMatch(/^skipped/);
  expect(again.stderr).toContain('skipped: 2 unchanged\n');
});

test('--progress tells it on standard error where there is no terminal, and leaves --json as it is', async () => {
  await using server = await startServer((request, response) => {
    if (request.url === '/a') response.end('a');
    else setTimeout(() => response.end('late'), 6_000);
  });
  const args = ['fetch', `${server.origin}/a`, `${server.origin}/b`, '--out', tempFolder(), '--progress'];
  const { code, stderr, summary } = await new Shell().json(args);
  expect([code, summary?.done]).toEqual([0, 2]);
  expect(stderr).toMatch(/^progress: 1\/2 · [\d.]+\/s · .*\n$/);
});

test('shoal map --quiet writes values and what failed; --verbose has the whole stack', async () => {
  const folder = tempFolder();
  const task = join(folder, 'task.mjs');
  writeFileSync(
    task,
    "export default (item) => { if (item === 'b') throw new Error('no b'); return item; };",
  );
  const shell = new Shell();
  const { code, stdout, stderr } = await shell.run(['map', task, 'a', 'b', 'c', '--quiet']);
  expect([code, stdout]).toEqual([1, 'a\nc\n']);
  expect(stderr).toMatch(/^failed {3}b: no b \[TASK_THREW\][^\n]*\n$/);
  const told = await shell.run(['map', task, 'b', '--verbose']);
  expect(told.stderr).toMatch(/\n +at .*task\.mjs:1:\d+/);
});
