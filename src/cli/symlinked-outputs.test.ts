import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('thumbnails that Shoal made are no images to a walk that comes upon them by a symlink', async () => {
  const real = await sampleFolder(2);
  const album = tempFolder();
  symlinkSync(real, join(album, 'link'));
  const shell = new Shell();
  expect((await shell.json(['thumbs', real])).summary?.done).toBe(2);
  const { summary, results } = await shell.json(['thumbs', album]);
  expect([summary?.total, summary?.done]).toEqual([2, 2]);
  expect(results.filter(({ input }) => String(input).includes('/thumbs/'))).toEqual([]);
});

test('nor to a walk that comes upon them by their real path, where they were made by a symlink', async () => {
  const album = tempFolder();
  const real = join(album, 'real');
  mkdirSync(real);
  const link = join(tempFolder(), 'link');
  symlinkSync(await sampleFolder(2), join(real, 'photos'));
  symlinkSync(join(real, 'photos'), link);
  const shell = new Shell();
  expect((await shell.json(['thumbs', link])).summary?.done).toBe(2);
  expect((await shell.json(['thumbs', album])).summary?.total).toBe(2);
});
