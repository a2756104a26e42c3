import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { filesBelow, sampleFolder } from '../../test/images/image-folders.ts';
import { makeSlowImages, sampleJpeg } from '../../test/images/sample-images.ts';
import { needs, onLinux } from '../../test/needs.ts';
import { ended, parseEvents, repositoryRoot, shoalBin } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

/** Runs the command line with a limit of open files that it cannot raise. */
function withFewFiles(limit: number, args: readonly string[]): ChildProcess {
  const line = `ulimit -n ${limit} && exec "$0" "$@"`;
  const child = spawn('bash', ['-c', line, process.execPath, shoalBin, ...args, '--json'], {
    env: { ...process.env, SHOAL_STATE_DIR: tempFolder() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function ran(limit: number, args: readonly string[]) {
  const { code, stdout, stderr } = await ended(withFewFiles(limit, args));
  return { code, stderr, ...parseEvents(stdout) };
}

const warning =
  /^warning: Few files may be open at once here: at most \d+ at work instead of \d+\. .*ulimit -n.*\n$/;

onLinux.describe('where few files may be open at once', () => {
  test.each([64, 128, 256])('%i: thumbnails of a pool of 128 are all made', async (limit) => {
    const folder = await sampleFolder(100);
    const { code, stderr, summary } = await ran(limit, ['thumbs', folder, '--pool', '128']);
    expect([code, summary?.done]).toEqual([0, 100]);
    expect(stderr).toMatch(warning);
    expect(filesBelow(join(folder, 'thumbs'))).toHaveLength(100);
  });

  test.each([
    [64, []],
    [128, []],
    [256, []],
    [64, ['--thumbs', '50']],
    [128, ['--thumbs', '50', '--no-originals']],
  ])('%i: 600 files of a pool of 128 are all fetched, %j', async (limit, flags) => {
    const jpeg = await sampleJpeg(1, 200, 150);
    await using server = await startServer((_request, response) => response.end(jpeg));
    const urls = `${server.origin}/[001-600].jpg`;
    const out = join(tempFolder(), 'out');
    const args = ['fetch', urls, '--out', out, '--pool', '128', '--per-host', '128', ...flags];
    const { code, stderr, summary } = await ran(limit, args);
    expect([code, summary?.done]).toEqual([0, 600]);
    // A host is asked for few at first: only a long list comes to the limit.
    expect(stderr).toMatch(warning);
  });

  test('large files, which stay open while they come, are all fetched', async () => {
    const large = Buffer.alloc(600_000, 1);
    await using server = await startServer((_request, response) => response.end(large));
    const out = join(tempFolder(), 'out');
    const urls = `${server.origin}/[001-100].bin`;
    const { code, summary } = await ran(100, [
      'fetch',
      urls,
      '--out',
      out,
      '--pool',
      '128',
      '--per-host',
      '128',
    ]);
    expect([code, summary?.done]).toEqual([0, 100]);
  });

  test('connections to many hosts that might be used again do not use them up', async () => {
    await using server = await startServer((_request, response) => response.end('here'), '0.0.0.0');
    const urls = Array.from({ length: 200 }, (_, at) => `http://127.0.0.${at + 2}:${server.port}/f${at}`);
    const out = join(tempFolder(), 'out');
    const { code, summary } = await ran(96, ['fetch', ...urls, '--out', out, '--pool', '64']);
    expect([code, summary?.done]).toEqual([0, 200]);
  });

  test('a module over many items gets as many threads as fit', async () => {
    const module = join(repositoryRoot, 'test/tasks/shuffle.mjs');
    const items = Array.from({ length: 200 }, (_, at) => String(at));
    const { code, summary } = await ran(64, ['map', module, ...items, '--pool', '128']);
    expect([code, summary?.done]).toEqual([0, 200]);
  });

  test('where there are enough, nothing is said', async () => {
    const { code, stderr } = await ran(1_024, ['thumbs', await sampleFolder(3), '--pool', '16']);
    expect([code, stderr]).toEqual([0, '']);
  });
});

const withPrlimit = needs('prlimit', spawnSync('prlimit', ['--version']).status === 0);

/** Leaves the process unable to open any file for a moment, as if others had used up the system's limit. */
async function withNoRoom({ pid }: ChildProcess): Promise<void> {
  const limit = (soft: string) => spawnSync('prlimit', [`--pid=${pid}`, `--nofile=${soft}:`]);
  expect(limit('8').status).toBe(0);
  await sleep(400);
  expect(limit('4096').status).toBe(0);
}

withPrlimit.describe('where for a while no more files may be open', () => {
  test('images in hand are made when there is room again', async () => {
    const folder = await sampleFolder(60);
    await makeSlowImages(folder, 20);
    const child = withFewFiles(4_096, ['thumbs', folder, '--pool', '2']);
    const ending = ended(child);
    const made = () => (existsSync(join(folder, 'thumbs')) ? readdirSync(join(folder, 'thumbs')).length : 0);
    await waitUntil(() => made() > 5, 'some are made');
    await withNoRoom(child);
    const { code, stdout } = await ending;
    const { summary, results } = parseEvents(stdout);
    expect(results.filter(({ status }) => status !== 'done')).toEqual([]);
    expect([code, summary?.done]).toEqual([0, 80]);
  });

  test.each([
    ['files', []],
    ['files and their thumbnails', ['--thumbs', '50']],
    ['thumbnails alone', ['--thumbs', '50', '--no-originals']],
  ])('%s are fetched when there is room again, without using up a try', async (_what, flags) => {
    const jpeg = await sampleJpeg(1, 1_600, 1_200);
    await using server = await startServer((_request, response) => setTimeout(() => response.end(jpeg), 20));
    const out = join(tempFolder(), 'out');
    const args = ['fetch', `${server.origin}/[001-200].jpg`, '--out', out, '--pool', '4', '--retries', '0'];
    const child = withFewFiles(4_096, [...args, ...flags]);
    const ending = ended(child);
    await waitUntil(() => server.requests.length > 20, 'some are asked for');
    await withNoRoom(child);
    const { code, stdout } = await ending;
    const { summary, results } = parseEvents(stdout);
    expect(results.filter(({ status }) => status !== 'done')).toEqual([]);
    expect([code, summary?.done]).toEqual([0, 200]);
  });
});
