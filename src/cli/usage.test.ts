import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../engine/testing/image-folders.ts';
import { repositoryRoot, Shell } from '../engine/testing/run-shoal.ts';

const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  version: string;
};

test('--version prints the version of package.json', async () => {
  expect(await new Shell().run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['--help'], /thumbs.*map.*tune/s],
  [
    ['thumbs', '--help'],
    /--size.*--fit.*--format.*--quality.*--out.*--match.*--no-recursive.*--pool.*--force.*--dry-run.*--json/s,
  ],
  [['map', '--help'], /--pool.*--json/s],
  [['tune', '--help'], /thumbs/],
  [['tune', 'thumbs', '--help'], /--sizes.*1,2,4,8,13/s],
])('%j prints help and exits 0', async (args, expected) => {
  const { code, stdout, stderr } = await new Shell().run(args);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(expected);
});

test.each([
  [[], /Usage: shoal/],
  [['swim'], /unknown command 'swim'/],
  [['thumbs'], /missing required argument 'path'/],
  [['thumbs', '.', '--sise', '75'], /unknown option '--sise'/],
  [['thumbs', '.', '--size', 'huge'], /Expected pixels such as 75 or 320x240, from 1 to 16383, got huge\./],
  [['thumbs', '.', '--size', '0'], /got 0\./],
  [['thumbs', '.', '--pool', '0'], /Expected a whole number from 1 to 512, got 0\./],
  [['thumbs', '.', '--quality', '101'], /from 1 to 100, got 101\./],
  [['thumbs', '.', '--fit', 'squeeze'], /Allowed choices are inside, cover, contain, fill, outside\./],
  [['thumbs', '.', '--format', 'bmp'], /Allowed choices are same, jpeg, png, webp, avif\./],
  [['thumbs', '.', '--match', ''], /match/],
  [['thumbs', ''], /paths/],
  [['map', './absent.mjs', 'a'], /absent\.mjs/],
  [['map', './absent.mjs'], /missing required argument 'item'/],
  [['tune'], /Usage: shoal tune/],
  [['tune', 'thumbs'], /missing required argument 'path'/],
  [['tune', 'thumbs', '.', '--sizes', '1,x'], /got x\./],
])('%j is wrong usage: exit code 2, told on stderr, nothing on stdout', async (args, expected) => {
  const { code, stdout, stderr } = await new Shell().run(args);
  expect(stderr).toMatch(expected);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect([code, stdout]).toEqual([2, '']);
});

test('outputs that would land on their inputs are wrong usage', async () => {
  const folder = await sampleFolder(1);
  for (const out of [folder, `${folder}/`, `${folder}/../${folder.split('/').at(-1)}`]) {
    const { code, stderr } = await new Shell().run(['thumbs', folder, '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/holds the originals/);
  }
});
