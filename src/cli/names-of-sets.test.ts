import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { Shell } from '../../test/run-shoal.ts';
import { readManifest } from '../../test/sets.ts';

test('a set of the working folder has its name, and one of a list that of the folder it is written to', async () => {
  const folder = await sampleFolder(1);
  const shell = new Shell();
  const title = async (args: readonly string[], input = '') => {
    await shell.run(['thumbs', ...args, '--manifest', 'thumbs/shop.json'], { cwd: folder, input });
    return JSON.parse(readFileSync(join(folder, 'thumbs', 'shop.json'), 'utf8')).title;
  };
  expect(await title(['.', '--out', 'thumbs'])).toBe(folder.split('/').at(-1));
  const [name] = readdirSync(folder).filter((each) => each !== 'thumbs');
  expect(await title(['-', '--out', 'thumbs'], `${name}\n`)).toBe('thumbs');
});

test('no manifest takes the name of settings, as no run after it would begin', async () => {
  const folder = await sampleFolder(1);
  const { code, stderr } = await new Shell().run([
    'thumbs',
    folder,
    '--manifest',
    join(folder, 'Shoal.json'),
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain('shoal.json is the name of settings');
});

test('the set of a list has the name of its folder', async () => {
  const folder = await sampleFolder(1);
  const [name = ''] = readdirSync(folder);
  const flags = ['--manifest', 'm.json', '--gallery', 'g.html'];
  const { code } = await new Shell().run(['thumbs', '-', ...flags], { input: `${name}\n`, cwd: folder });
  expect(code).toBe(0);
  const title = basename(folder);
  expect(readManifest(join(folder, 'm.json')).title).toBe(title);
  expect(readFileSync(join(folder, 'g.html'), 'utf8')).toContain(`<title>${title}</title>`);
});
