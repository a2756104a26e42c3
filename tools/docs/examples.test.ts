import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import sharp from 'sharp';
import { expect, it, test } from 'vitest';
import { thumbnailSettings } from '../../src/shared/settings/thumbnail-settings.ts';
import { filesBelow } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { repositoryRoot, shoalBin } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

const page = readFileSync(join(repositoryRoot, 'docs/thumbnails.md'), 'utf8');
const examples = [...page.matchAll(/```sh\n(.*?)```/gs)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .filter((line) => line.startsWith('shoal '));

const photo = sharp(await sampleJpeg(3, 320, 200));
const veil = await photo.clone().toColourspace('b-w').png().toBuffer();
/** What the examples are made of. */
const photos = {
  'photos/a.jpg': await photo.clone().jpeg().toBuffer(),
  'photos/b.png': await photo.clone().joinChannel(veil).png().toBuffer(),
  'photos/c.webp': await photo.clone().webp().toBuffer(),
  'photos/d.gif': await photo.clone().gif().toBuffer(),
};

it.skipIf(process.platform === 'win32').each(examples)('%s', { timeout: 60_000 }, (line) => {
  const folder = tempFolder();
  writeFiles(folder, photos);
  const bin = tempFolder();
  symlinkSync(shoalBin, join(bin, 'shoal'));
  const path = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, SHOAL_STATE_DIR: tempFolder(), NO_COLOR: '1' };
  // A shell takes it, so that quotes and comments are those of the page.
  const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.not.stringMatching(/error/i)]);
  expect(filesBelow(folder).filter((file) => !/^photos\/[^/]+$/.test(file)).length).toBeGreaterThan(0);
});

test('the page of thumbnails names each of their flags', () => {
  const flags = Object.values(thumbnailSettings).map(({ flag }) => flag);
  expect(flags.filter((flag) => !page.includes(flag))).toEqual([]);
  expect(examples.length).toBeGreaterThan(12);
});
