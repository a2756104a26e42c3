import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ended, repositoryRoot, Shell, shoalBin } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

const task = (name: string) => join(repositoryRoot, 'test/tasks', `${name}.mjs`);
const items = Array.from({ length: 50 }, (_, at) => (at === 17 ? 'bad' : `item-${at}`));

describe('map', () => {
  test('prints the values in order, tells the one failure and exits 1', async () => {
    const { code, stdout, stderr } = await new Shell().run(['map', task('shuffle'), ...items, '--pool', '8']);
    expect(code).toBe(1);
    expect(stdout).toBe(
      items
        .filter((item) => item !== 'bad')
        .map((item) => `did ${item}\n`)
        .join(''),
    );
    expect(stderr).toMatch(
      /^failed {3}bad: this one is bad \[TASK_THREW\] at .*shuffle\.mjs:\d+:\d+\n50 items in [\d.]+ s: 49 done, 1 failed\.\n$/,
    );
  });

  test('--json gives one result an item, in order, and the summary', async () => {
    const { code, results, summary } = await new Shell().json(['map', task('shuffle'), ...items]);
    expect(code).toBe(1);
    expect(results.map(({ input }) => input)).toEqual(items);
    expect(results[0]).toEqual({
      type: 'result',
      input: 'item-0',
      status: 'done',
      output: 'did item-0',
      ms: expect.any(Number),
    });
    expect(results[17]).toEqual({
      type: 'result',
      input: 'bad',
      status: 'failed',
      ms: expect.any(Number),
      error: {
        code: 'TASK_THREW',
        message: 'this one is bad',
        name: 'RangeError',
        stack: expect.stringContaining('shuffle.mjs:'),
      },
    });
    expect(summary).toEqual({
      type: 'summary',
      total: 50,
      done: 49,
      skipped: 0,
      failed: 1,
      cancelled: 0,
      seconds: expect.any(Number),
      perSecond: expect.any(Number),
      pool: { size: expect.any(Number), automatic: true },
    });
  });

  test('- takes the items from standard input, one a line, whatever ends it', async () => {
    const input = 'one\r\ntwo words\n\nlast without newline';
    const { code, stdout } = await new Shell().run(['map', task('shuffle'), '-'], { input });
    expect([code, stdout]).toEqual([0, 'did one\ndid two words\ndid last without newline\n']);
  });

  test('one item is one item, and standard input does not mix with others', async () => {
    const one = await new Shell().run(['map', task('shuffle'), 'a']);
    expect([one.code, one.stderr]).toEqual([0, expect.stringMatching(/^1 item in [\d.]+ s: 1 done\.\n$/)]);
    const mixed = await new Shell().run(['map', task('shuffle'), 'a', '-'], { input: 'b' });
    expect([mixed.code, mixed.stdout]).toEqual([2, '']);
    expect(mixed.stderr).toMatch(/^shoal: Expected items, or - alone/);
  });

  test('a module is found from the working directory', async () => {
    const folder = tempFolder();
    writeFiles(folder, {
      'shout.mjs': 'export default (item, { index }) => index + " " + item.toUpperCase();',
    });
    const { code, stdout } = await new Shell().run(['map', './shout.mjs', 'a', 'b'], { cwd: folder });
    expect([code, stdout]).toEqual([0, '0 A\n1 B\n']);
  });

  test('values that JSON has no form for are told as text', async () => {
    const { code, results } = await new Shell().json([
      'map',
      task('return-odd'),
      'bigint',
      'cycle',
      'nothing',
    ]);
    expect([code, results.map(({ output }) => output)]).toEqual([0, ['12', '[object Object]', null]]);
  });

  test('a pool size of 8 is 8 images at once, because libuv’s pool was sized for it', async () => {
    const most = async (images: string, env: NodeJS.ProcessEnv) => {
      const many = Array(12).fill(images);
      const { code, results } = await new Shell().json(['map', task('sharp-gauge'), ...many, '--pool', '8'], {
        env,
      });
      expect(code).toBe(0);
      const outputs = results.map(({ output }) => output as { most: number; concurrency: number });
      expect(outputs.every(({ concurrency }) => concurrency === 1)).toBe(true);
      return Math.max(...outputs.map(({ most }) => most));
    };
    expect(await most('20', {})).toBe(8);
    expect(await most('2', { UV_THREADPOOL_SIZE: '4' })).toBeLessThan(8);
  }, 120_000);

  test('Ctrl-C ends it although standard input stays open and silent', async () => {
    const child = spawn(process.execPath, [shoalBin, 'map', task('shuffle'), '-'], { stdio: 'pipe' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ending = ended(child);
    child.stdin.write('one\ntwo\n');
    let told = '';
    child.stdout.on('data', (text: string) => {
      told += text;
    });
    await waitUntil(() => told.split('\n').length > 2, 'both are told');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ending;
    expect([code, stdout]).toEqual([130, 'did one\ndid two\n']);
    expect(stderr).toMatch(/2 items in .* 2 done\. Interrupted\.\n$/);
  });
});
