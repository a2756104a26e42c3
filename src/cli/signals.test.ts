import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { filesBelow, partFiles, sampleFolder } from '../../test/images/image-folders.ts';
import { makeSlowImages, sampleJpeg } from '../../test/images/sample-images.ts';
import { withScript } from '../../test/needs.ts';
import { type Ended, ended, parseEvents, repositoryRoot, Shell, shoalBin } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

/** The code that a shell reports: if a thread does not end soon enough, the process ends by the signal itself. */
const codeOf = ({ code, signal }: Pick<Ended, 'code' | 'signal'>): number | null =>
  signal === null ? code : 128 + constants.signals[signal];

const madeIn = (folder: string): string[] => {
  const thumbs = join(folder, 'thumbs');
  return existsSync(thumbs) ? readdirSync(thumbs).filter((name) => !name.startsWith('.')) : [];
};

describe.each(signals)('%s', (signal, expected) => {
  test(`ends a run of thumbnails cleanly: the summary is told, no part stays, the exit code is ${expected}`, async () => {
    const folder = await sampleFolder(20);
    await makeSlowImages(folder, 60);
    const child = new Shell().start(['thumbs', folder, '--json', '--pool', '2']);
    const ending = ended(child);
    await waitUntil(() => madeIn(folder).length >= 3, 'a few are made');
    child.kill(signal);
    const { stdout, stderr, ...end } = await ending;
    expect([codeOf(end), stderr]).toEqual([expected, '']);
    const { results, summary } = parseEvents(stdout);
    const made = results.filter(({ status }) => status === 'done');
    expect(summary).toMatchObject({ done: made.length, total: results.length });
    expect(made.length).toBeLessThan(80);
    expect(madeIn(folder)).toHaveLength(made.length);
    expect(partFiles(folder)).toEqual([]);
  });

  test('ends a run of fetches cleanly: what is there is known to the next run, and nothing comes twice', async () => {
    const held: ServerResponse[] = [];
    let holds = true;
    await using server = await startServer((request, response) => {
      if (holds && Number(request.url?.slice(2)) >= 20) held.push(response);
      else response.end(`the body of ${request.url}`);
    });
    const urls = Array.from({ length: 40 }, (_, at) => `${server.origin}/f${at}`);
    const out = join(tempFolder(), 'out');
    const shell = new Shell();
    const args = ['fetch', ...urls, '--out', out, '--pool', '4', '--per-host', '4', '--json'];
    const child = shell.start(args);
    const ending = ended(child);
    await waitUntil(() => held.length === 4, 'the first that are held are asked for');
    child.kill(signal);
    const { stdout, stderr, ...end } = await ending;
    expect([codeOf(end), stderr]).toEqual([expected, '']);
    expect(parseEvents(stdout).summary).toMatchObject({ done: 20, failed: 0 });
    holds = false;
    const again = await shell.json(args.slice(0, -1));
    expect([again.code, again.summary?.done, again.summary?.skipped]).toEqual([0, 20, 20]);
    expect(filesBelow(out)).toHaveLength(40);
  });

  test('ends shoal map, and a module that will not stop', async () => {
    const folder = tempFolder();
    writeFiles(folder, {
      'busy.mjs': `import { writeFileSync } from 'node:fs';
        export default (item) => { if (item === 'one') return 1;
          writeFileSync(${JSON.stringify(join(folder, 'begun'))}, ''); for (;;); };`,
    });
    const child = new Shell().start(['map', join(folder, 'busy.mjs'), 'one', 'two', '--pool', '1']);
    const ending = ended(child);
    await waitUntil(() => existsSync(join(folder, 'begun')), 'it is at the second');
    child.kill(signal);
    const { stdout, stderr, ...end } = await ending;
    expect([codeOf(end), stdout]).toEqual([expected, '1\n']);
    expect(stderr).toMatch(/1 done, 1 cancelled\. Interrupted\.\n$/);
  });

  test('ends shoal tune with the sizes that were timed, and leaves no scratch folder', async () => {
    let requests = 0;
    await using server = await startServer((_request, response) => {
      requests += 1;
      if (requests === 1) response.end('here');
    });
    const TMPDIR = tempFolder();
    const shell = new Shell();
    const child = shell.start(['tune', 'fetch', `${server.origin}/a`, '--sizes', '1,2'], { env: { TMPDIR } });
    const ending = ended(child);
    await waitUntil(() => requests === 2, 'the second size is on');
    child.kill(signal);
    const { stdout, ...end } = await ending;
    expect(codeOf(end)).toBe(expected);
    expect(stdout).toMatch(/\nInterrupted: 1 of 2 pool sizes timed\.\n$/);
    expect(readdirSync(TMPDIR).filter((name) => name.startsWith('shoal'))).toEqual([]);
  });

  test('is what the process dies of where a thread is in the middle of an image', async () => {
    const { child, folder } = await inALongImage();
    const ending = ended(child);
    child.kill(signal);
    const { code, signal: died, stdout } = await ending;
    expect([code, died]).toEqual([null, signal]);
    expect(parseEvents(stdout).summary).toMatchObject({ done: 1, cancelled: 1 });
    expect(partFiles(folder)).toEqual([]);
  });

  test.each(signals.filter(([first]) => first !== signal))(
    'is what the process dies of at once when it comes after %s',
    async (first) => {
      const { child } = await inALongImage();
      const ending = ended(child);
      child.kill(first);
      await sleep(50);
      child.kill(signal);
      expect(await ending).toMatchObject({ code: null, signal });
    },
  );

  test('ends the process that an older Node hands over to, with the same code', async () => {
    const folder = await sampleFolder(20);
    await makeSlowImages(folder, 60);
    const older = join(tempFolder(), 'older.cjs');
    writeFileSync(
      older,
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } });",
    );
    const args = ['--require', older, shoalBin, 'thumbs', folder, '--json', '--pool', '2'];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, SHOAL_STATE_DIR: tempFolder() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ending = ended(child);
    await waitUntil(() => madeIn(folder).length >= 3, 'a few are made');
    child.kill(signal);
    const { code, stdout } = await ending;
    expect(code).toBe(expected);
    expect(parseEvents(stdout).summary).toMatchObject({ failed: 0 });
    expect(partFiles(folder)).toEqual([]);
  });
});

let slowImage = '';

beforeAll(async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const create = { width: 4000, height: 3000, channels: 3, background: '#888', noise } as const;
  slowImage = join(mkdtempSync(join(tmpdir(), 'shoal-test-')), 'slow.png');
  await sharp({ create }).png({ compressionLevel: 1 }).toFile(slowImage);
  return () => rmSync(dirname(slowImage), { recursive: true });
});

/** A run whose only thread is busy for many seconds with one image, in one call. */
async function inALongImage(): Promise<{ child: ChildProcess; folder: string }> {
  const folder = tempFolder();
  linkSync(slowImage, join(folder, 'slow.png'));
  writeFileSync(join(folder, 'quick.jpg'), await sampleJpeg(1, 8, 6));
  const flags = ['--size', '4000', '--format', 'avif', '--pool', '1', '--json'];
  const child = new Shell().start(['thumbs', folder, ...flags]);
  await waitUntil(() => madeIn(folder).includes('quick.avif'), 'the quick one is made');
  await sleep(500);
  return { child, folder };
}

test('SIGINT twice ends it at once, without a summary', async () => {
  const { child } = await inALongImage();
  const ending = ended(child);
  child.kill('SIGINT');
  await sleep(200);
  child.kill('SIGINT');
  const { stdout, ...end } = await ending;
  expect(end).toMatchObject({ code: null, signal: 'SIGINT' });
  expect(parseEvents(stdout).summary).toBeUndefined();
});

test('SIGHUP twice in a row, as a terminal that closes sends it, is one: the end is a clean one', async () => {
  const folder = await sampleFolder(20);
  await makeSlowImages(folder, 60);
  const child = new Shell().start(['thumbs', folder, '--json', '--pool', '2']);
  const ending = ended(child);
  await waitUntil(() => madeIn(folder).length >= 3, 'a few are made');
  child.kill('SIGHUP');
  await sleep(20);
  child.kill('SIGHUP');
  const { stdout, ...end } = await ending;
  expect([codeOf(end), parseEvents(stdout).summary?.failed]).toEqual([129, 0]);
});

/**
 * Runs a line of shell on a terminal of its own and closes the terminal when a condition holds. The line has to write
 * to a file whatever the test needs afterwards: no output can be read after the close.
 */
async function onTerminalThatCloses(
  line: string,
  { when, shell = 'bash' }: { when: () => boolean; shell?: string },
): Promise<void> {
  const child = spawn('script', ['-qfc', `exec ${shell} -c "${line}"`, '/dev/null'], {
    cwd: tempFolder(),
    env: { ...process.env, SHOAL_STATE_DIR: tempFolder(), TERM: 'xterm-256color' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await waitUntil(when, 'it is far enough');
  child.kill('SIGKILL');
}

withScript.describe('a terminal that is closed', () => {
  const command = (folder: string) => `'${process.execPath}' '${shoalBin}' thumbs '${folder}' --pool 2`;

  test.each([
    ['with the live line', ''],
    ['with lines of JSON', '--json'],
  ])('ends the run cleanly, %s', async (_how, flag) => {
    const folder = await sampleFolder(20);
    await makeSlowImages(folder, 60);
    const note = join(tempFolder(), 'code');
    // The trap keeps the shell alive to report the code; the command receives the signal as without a trap.
    await onTerminalThatCloses(`trap : HUP; ${command(folder)} ${flag}; echo \\$? > '${note}'`, {
      when: () => madeIn(folder).length >= 3,
    });
    await waitUntil(() => existsSync(note) && readFileSync(note, 'utf8') !== '', 'it has ended');
    expect(readFileSync(note, 'utf8')).toBe('129\n');
    expect(madeIn(folder).length).toBeLessThan(80);
    expect(partFiles(folder)).toEqual([]);
  });

  test('ends the question for a password', async () => {
    const note = join(tempFolder(), 'code');
    const asked = join(tempFolder(), 'asked');
    const shoal = `'${process.execPath}' '${shoalBin}' fetch http://127.0.0.1:9/a --user me 2> '${asked}'`;
    await onTerminalThatCloses(`trap : HUP; ${shoal}; echo \\$? > '${note}'`, {
      when: () => existsSync(asked) && readFileSync(asked, 'utf8').startsWith('Password'),
    });
    await waitUntil(() => existsSync(note) && readFileSync(note, 'utf8') !== '', 'it has ended');
    expect(readFileSync(note, 'utf8')).toBe('129\n');
    expect(readFileSync(asked, 'utf8').trim()).toBe('Password for me:');
  });

  test.each([
    ['nohup', 'bash', (line: string) => `nohup ${line}`],
    ['nohup in the plainest shell', 'sh', (line: string) => `nohup ${line}`],
    ['a shell that ignores the signal', 'bash', (line: string) => `trap '' HUP; ${line}`],
  ])('does not end a run under %s', async (_how, shell, under) => {
    const folder = await sampleFolder(5);
    await makeSlowImages(folder, 30);
    const note = join(tempFolder(), 'code');
    const keep = under('').startsWith('trap') ? '' : 'trap : HUP; ';
    await onTerminalThatCloses(`${keep}${under(command(folder))}; echo \\$? > '${note}'`, {
      when: () => madeIn(folder).length >= 3,
      shell,
    });
    await waitUntil(() => existsSync(note) && readFileSync(note, 'utf8') !== '', 'it has ended');
    expect(readFileSync(note, 'utf8')).toBe('0\n');
    expect(madeIn(folder)).toHaveLength(35);
  });
});

test('a signal before anything is begun ends it by that signal', async () => {
  const folder = tempFolder();
  writeFiles(folder, {
    // Delays the start, as a slow disk would.
    'slow.cjs': `if (require('node:worker_threads').isMainThread) {
      require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'begun'))}, '');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000); }`,
  });
  const module = join(repositoryRoot, 'test/tasks/shuffle.mjs');
  for (const [signal] of signals) {
    const NODE_OPTIONS = `--require=${join(folder, 'slow.cjs')}`;
    const child = new Shell().start(['map', module, 'a'], { env: { NODE_OPTIONS } });
    const ending = ended(child);
    await waitUntil(() => existsSync(join(folder, 'begun')), 'it is starting');
    child.kill(signal);
    expect(await ending).toMatchObject({ code: null, signal, stdout: '', stderr: '' });
  }
});
