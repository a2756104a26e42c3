import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { ended, repositoryRoot, Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const shuffle = join(repositoryRoot, 'test/tasks/shuffle.mjs');

test.each([
  ['thumbs .', ['thumbs', '.']],
  ['thumbs of a folder named in full', ['thumbs', '%images']],
  ['thumbs, only looked at', ['thumbs', '%images', '--dry-run']],
  ['fetch', ['fetch', 'http://127.0.0.1:9/a']],
  ['fetch into a folder named in full', ['fetch', 'http://127.0.0.1:9/a', '--out', '%images', '--thumbs']],
  ['map', ['map', shuffle, 'a']],
  ['map of a module beside us', ['map', './task.mjs', 'a']],
  ['tune thumbs', ['tune', 'thumbs', '.']],
  ['tune fetch', ['tune', 'fetch', 'http://127.0.0.1:9/a']],
])('in a folder that has been removed %s says so in one line and is wrong usage', async (_what, args) => {
  const images = await sampleFolder(1);
  const cwd = join(tempFolder(), 'removed');
  mkdirSync(cwd);
  // Node would not start in a folder that is missing: the folder is removed once the process runs.
  const child = new Shell().start(
    args.map((arg) => arg.replace('%images', images)),
    { cwd },
  );
  rmdirSync(cwd);
  const { code, stdout, stderr } = await ended(child);
  expect(stderr).toBe(
    'shoal: The folder you are in has been removed: change to one that is there, and try again.\n',
  );
  expect([code, stdout]).toEqual([2, '']);
});

test('--help and --version need none', async () => {
  for (const flag of ['--help', '--version']) {
    const cwd = join(tempFolder(), 'removed');
    mkdirSync(cwd);
    const child = new Shell().start([flag], { cwd });
    rmdirSync(cwd);
    expect(await ended(child)).toMatchObject({ code: 0, stderr: '' });
  }
});
