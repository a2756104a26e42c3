import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { partFiles, sampleFolder } from '../../../test/images/image-folders.ts';
import { needs } from '../../../test/needs.ts';
import { ended, repositoryRoot, Shell, shoalBin } from '../../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';

test.each([
  ['shoal', []],
  ['shoal thumbs', ['thumbs']],
  ['shoal fetch', ['fetch']],
  ['shoal map', ['map']],
  ['shoal tune fetch', ['tune', 'fetch']],
])('the help of %s ends quietly when its reader has gone', async (_name, command) => {
  const child = new Shell().start([...command, '--help']);
  const ending = ended(child);
  child.stdout?.destroy();
  expect(await ending).toMatchObject({ code: 0, stderr: '' });
});

needs('/dev/full', existsSync('/dev/full')).test(
  'a disk too full for the output stops the run, is told in one line and is exit code 1',
  async () => {
    const folder = await sampleFolder(300);
    for (const flags of [['--json'], []]) {
      const child = spawn(process.execPath, [shoalBin, 'thumbs', folder, '--force', ...flags], {
        env: { ...process.env, SHOAL_STATE_DIR: tempFolder() },
        stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const { code, stderr } = await ended(child);
      expect(stderr).toBe('shoal: Cannot write the output: no space is left on the disk.\n');
      expect(code).toBe(1);
      expect(partFiles(folder)).toEqual([]);
    }
  },
);

test('what nobody foresaw is told in one line, with its stack only for whoever asks', async () => {
  const folder = tempFolder();
  // Throws while the command runs, as a bug of ours would: the command waits for a standard input that stays silent.
  writeFiles(folder, {
    'fault.cjs': `
      if (require('node:worker_threads').isMainThread) setInterval(() => {
        if (process.stdin.listenerCount('end') > 0) throw new Error('this was\\nnot foreseen');
      }, 10);`,
  });
  const shoal = (env: NodeJS.ProcessEnv) => {
    const module = join(repositoryRoot, 'test/tasks/shuffle.mjs');
    const NODE_OPTIONS = `--require=${join(folder, 'fault.cjs')}`;
    const child = spawn(process.execPath, [shoalBin, 'map', module, '-'], {
      env: { ...process.env, ...env, NODE_OPTIONS },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return ended(child);
  };
  const usual = await shoal({ SHOAL_DEBUG: '' });
  expect([usual.code, usual.stdout]).toEqual([1, '']);
  expect(usual.stderr).toBe(
    "shoal: Unexpectedly: this was not foreseen (a fault of Shoal's: SHOAL_DEBUG=1 tells where)\n",
  );
  const told = await shoal({ SHOAL_DEBUG: '1' });
  expect([told.code, told.stderr]).toEqual([1, expect.stringMatching(/this was\nnot foreseen\n +at /)]);
});

test('a command that never comes to its end is no success', async () => {
  const folder = tempFolder();
  // Waits for what nobody does any more, as a bug of ours would.
  writeFiles(folder, {
    'stuck.cjs': `
      const Module = require('node:module');
      const load = Module._load;
      Module._load = (request, ...further) =>
        /command-line-[^/]*cjs$/.test(request)
          ? { runCommandLine: () => new Promise(() => {}) }
          : load(request, ...further);`,
  });
  const child = spawn(process.execPath, [shoalBin, 'runs'], {
    env: { ...process.env, SHOAL_DEBUG: '', NODE_OPTIONS: `--require=${join(folder, 'stuck.cjs')}` },
  });
  expect(await ended(child)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('the command stopped before its end'),
  });
});
