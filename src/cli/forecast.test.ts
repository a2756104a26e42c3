import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { type JsonEvent, Shell } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const eventsOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonEvent);

test('a dry run of a folder foretells time and bytes from some of its images, and leaves nothing', async () => {
  const folder = await sampleFolder(60);
  const temporary = tempFolder();
  const out = join(tempFolder(), 'out');
  const env = { TMPDIR: temporary };
  const { code, stdout } = await new Shell().run(
    ['thumbs', folder, '--out', out, '--dry-run', '--pool', '2'],
    { env },
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Forecast: 60 items take about [\d.]+ s at pool size 2, read [\d.]+ .?B and write [\d.]+ .?B \(tried: \d+\)\.$/m,
  );
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(temporary).filter((name) => name.startsWith('shoal-'))).toEqual([]);
  const json = await new Shell().run(['thumbs', folder, '--out', out, '--dry-run', '--json']);
  const events = eventsOf(json.stdout);
  expect(events.slice(-2).map(({ type }) => type)).toEqual(['forecast', 'summary']);
  expect(events.at(-2)).toMatchObject({ items: 60, failures: 0, from: { kind: 'sample' } });
});

test('a dry run of what is done in a moment foretells nothing', async () => {
  const { stdout } = await new Shell().run(['thumbs', await sampleFolder(5), '--dry-run']);
  expect(stdout).not.toContain('Forecast');
});

test('a dry run of URLs that no run has fetched from asks nobody and foretells nothing', async () => {
  await using server = await startServer((_request, response) => response.end('x'));
  const args = ['fetch', `${server.origin}/[1-60].jpg`, '--out', tempFolder(), '--dry-run'];
  const { code, stdout } = await new Shell().run(args);
  expect([code, server.requests.length]).toEqual([0, 0]);
  expect(stdout).not.toContain('Forecast');
});

test('a dry run of URLs foretells from former runs with their host, and asks nobody', async () => {
  await using server = await startServer((_request, response) => {
    setTimeout(() => response.end('x'.repeat(1_000)), 50);
  });
  const shell = new Shell();
  const limits = ['--out', tempFolder(), '--pool', '4', '--per-host', '4'];
  await shell.run(['fetch', `${server.origin}/[1-40].jpg`, ...limits]);
  const asked = server.requests.length;
  const args = ['fetch', `${server.origin}/[101-500].jpg`, ...limits, '--dry-run'];
  const { stdout } = await shell.run(args);
  const json = await shell.run([...args, '--json']);
  expect(
    eventsOf(json.stdout)
      .slice(-2)
      .map(({ type }) => type),
  ).toEqual(['forecast', 'summary']);
  expect(server.requests).toHaveLength(asked);
  const seconds =
    /^Forecast: 400 items take about ([\d.]+) s at pool size 4, read 400 kB .* \(as in a former run\)\.$/m.exec(
      stdout,
    )?.[1];
  // Four at a time, 50 ms each: 5 s; more where this machine is busy.
  expect(Number(seconds)).toBeGreaterThan(4.9);
  expect(Number(seconds)).toBeLessThan(60);
});

test('after a run its summary says what its first second foretold', async () => {
  await using server = await startServer((_request, response) => {
    setTimeout(() => response.end('x'), 50);
  });
  const args = [
    'fetch',
    `${server.origin}/[1-300].jpg`,
    '--out',
    tempFolder(),
    '--pool',
    '4',
    '--per-host',
    '4',
  ];
  const { stdout } = await new Shell().run(args);
  const [, madeAfter, foretold, took] =
    /^Forecast after ([\d.]+) s: ([\d.]+) s; it took ([\d.]+) s\.$/m.exec(stdout) ?? [];
  expect(Number(madeAfter)).toBeGreaterThanOrEqual(1);
  // Four at a time, 50 ms each: 3.75 s and the start. What the run took tells how busy this machine is.
  expect(Number(foretold)).toBeGreaterThan(3);
  expect(Number(took)).toBeGreaterThan(3.7);
});
