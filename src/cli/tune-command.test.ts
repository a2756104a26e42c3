import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { Shell } from '../../test/run-shoal.ts';
import { routes, startServer, text } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('tune prints the table of the sizes asked for and names the knee', async () => {
  const folder = await sampleFolder(12);
  const temporary = tempFolder();
  const env = { TMPDIR: temporary };
  const { code, stdout, stderr } = await new Shell().run(['tune', 'thumbs', folder, '--sizes', '1,2'], {
    env,
  });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/pool size.*seconds.*items\/s.*speed-up/);
  expect(stdout).toMatch(/│ +1 │ +[\d.]+ │ +[\d.,]+\/s │ +1\.00× │/);
  expect(stdout).toMatch(/│ +2 │ +[\d.]+ │ +[\d.,]+\/s │ +[\d.]+× │/);
  expect(stdout).toMatch(
    /The knee is [12]: the smallest pool size within 10 % of the fastest\. Use --pool [12]\./,
  );
  expect(stdout.match(/← knee/g)).toHaveLength(1);
  // No thumbnails remain, neither beside the input nor in the temporary folder.
  expect(readdirSync(folder)).toHaveLength(12);
  expect(readdirSync(temporary).filter((name) => name.startsWith('shoal-'))).toEqual([]);
});

test('tune --json gives one timing a size, then the knee', async () => {
  const folder = await sampleFolder(6);
  const { code, stdout } = await new Shell().run(['tune', 'thumbs', folder, '--sizes', '2,1', '--json']);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  const timing = (poolSize: number) => ({
    type: 'timing',
    poolSize,
    seconds: expect.any(Number),
    perSecond: expect.any(Number),
    speedUp: expect.any(Number),
    done: 6,
    failed: 0,
    sampled: false,
  });
  expect(events).toEqual([timing(2), timing(1), { type: 'knee', poolSize: expect.any(Number) }]);
  expect(events[0].speedUp).toBe(1);
});

test('tune tells failures and exits 1', async () => {
  const folder = await sampleFolder(2);
  mkdirSync(join(folder, 'sub'));

  writeFileSync(join(folder, 'sub/bad.jpg'), 'no image');
  const { code, stdout } = await new Shell().run(['tune', 'thumbs', folder, '--sizes', '1']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/1 failed/);
});

test('where nothing is done no knee is named', async () => {
  const empty = await new Shell().run(['tune', 'thumbs', tempFolder(), '--sizes', '1,2']);
  expect(empty.code).toBe(0);
  const folder = tempFolder();
  writeFileSync(join(folder, 'bad.jpg'), 'no image');
  const failing = await new Shell().run(['tune', 'thumbs', folder, '--sizes', '1,2']);
  expect(failing.code).toBe(1);
  for (const { stdout } of [empty, failing]) {
    expect(stdout).toMatch(/Nothing was done, so there is nothing to compare/);
    expect(stdout).not.toMatch(/Use --pool|← knee/);
  }
  const { stdout } = await new Shell().run(['tune', 'thumbs', folder, '--sizes', '1', '--json']);
  expect(stdout).toContain('{"type":"knee","poolSize":null}');
});

test('tune takes several sizes as thumbs does, and what is wrong with its flags points to the help', async () => {
  const folder = await sampleFolder(1);
  const args = ['tune', 'thumbs', folder, '--sizes', '1', '--size', '10', '--size', '10x10'];
  const { code, stderr } = await new Shell().run(args);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/Expected each size once, got 10x10 again\./)]);
  expect(stderr).toMatch(/\(shoal --help, or shoal <command> --help, tells more\)/);
});

test('the curve is drawn beside the table, and into a file on request', async () => {
  const folder = await sampleFolder(4);
  const chart = join(tempFolder(), 'curve.svg');
  const args = ['tune', 'thumbs', folder, '--sizes', '1,2', '--chart', chart];
  const { code, stdout, stderr } = await new Shell().run(args);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/│ █{16} +│/);
  const picture = readFileSync(chart, 'utf8');
  expect(picture.match(/<circle/g)).toHaveLength(2);
  expect(picture).toContain('>knee<');
  const nowhere = await new Shell().run([...args.slice(0, -1), join(chart, 'curve.svg')]);
  // Before anything is timed: the table would be lost with it.
  expect([nowhere.code, nowhere.stdout, nowhere.stderr]).toEqual([
    2,
    '',
    expect.stringMatching(/^shoal: --chart: Cannot write .* is no folder/),
  ]);
});

test('more threads than make thumbnails are no size to time', async () => {
  const { code, stderr } = await new Shell().run(['tune', 'thumbs', tempFolder(), '--sizes', '1,65']);
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('Expected --sizes to be at most 64 for thumbnails, got 65.'),
  ]);
});

test('tune fetch says that URLs are fetched anew, and which limit the sizes met although some failed', async () => {
  await using server = await startServer(routes({ '/a': text('a'), '/b': text('b') }));
  const urls = ['a', 'b', 'missing'].map((name) => `${server.origin}/${name}`);
  const args = ['tune', 'fetch', ...urls, '--sizes', '1,8', '--retries', '0'];
  const { code, stdout, stderr } = await new Shell().run(args);
  expect(code).toBe(1);
  expect(stderr).toContain('Each URL is fetched anew for each of the 2 pool sizes');
  expect(stdout).toContain('At most 6 requests went to one host at once; --per-host changes that.');
});
