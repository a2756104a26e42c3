import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { readManifest } from '../../test/sets.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('a dry run tells where it would be, and writes none', async () => {
  const folder = await sampleFolder(1);
  const file = join(folder, 'thumbs', 'm.json');
  const { code, stdout } = await new Shell().run(['thumbs', folder, '--manifest', file, '--dry-run']);
  expect([code, existsSync(file)]).toEqual([0, false]);
  expect(stdout).toContain(`Manifest: ${file}, would be written\n`);
});

test('what cannot be written is told before anything is done', async () => {
  const folder = await sampleFolder(2);
  const [first = ''] = readdirSync(folder);
  writeFileSync(join(folder, 'mine.json'), '{}');
  linkSync(join(folder, first), join(folder, 'linked.json'));
  mkdirSync(join(folder, 'folder.json'));
  const refused: [flags: string[], told: RegExp][] = [
    [['--manifest', join(folder, 'no', 'm.json')], /Cannot write .*no: does not exist\n.*--manifest/],
    [['--manifest', join(folder, 'mine.json')], /mine\.json is there already and was not made by Shoal/],
    [['--manifest', join(folder, 'linked.json')], /linked\.json is one of the originals/],
    [['--manifest', join(folder, 'folder.json')], /folder\.json is there already and is not a file/],
    [['--contact-sheet', join(folder, first)], /is one of the originals/],
    [
      ['--manifest', 's3://bucket/m.json'],
      /^shoal: s3:\/\/bucket\/m\.json is not a file on this machine: .*\n.*--manifest/,
    ],
    [['--manifest', join(folder, 'm.txt')], /m\.txt ends with none of \.json/],
    [['--gallery', join(folder, 'g.json')], /ends with none of \.html, \.htm/],
    [['--manifest', join(folder, 'm.json'), '--shard', '1/2'], /a shard has a part of them/],
    [
      ['--manifest', join(folder, 'm.json'), '--out', 's3://bucket/x'],
      /not of images or thumbnails in an object storage/,
    ],
  ];
  for (const [flags, told] of refused) {
    const { code, stderr } = await new Shell().run(['thumbs', folder, ...flags]);
    expect([flags, code, stderr]).toEqual([flags, 2, expect.stringMatching(told)]);
  }
  expect(readdirSync(folder)).not.toContain('m.json');
  expect(readFileSync(join(folder, 'mine.json'), 'utf8')).toBe('{}');
});

test('with --force a file of somebody else is replaced, but no original', async () => {
  const folder = await sampleFolder(1);
  const [first = ''] = readdirSync(folder);
  const mine = join(folder, 'mine.json');
  writeFileSync(mine, '{}');
  const shell = new Shell();
  expect((await shell.run(['thumbs', folder, '--manifest', mine, '--force'])).code).toBe(0);
  expect(readManifest(mine).count).toBe(1);
  const original = readFileSync(join(folder, first));
  await shell.run(['thumbs', folder, '--contact-sheet', join(folder, first), '--force']);
  expect(readFileSync(join(folder, first)).equals(original)).toBe(true);
});

test('a file that the run itself has put there is not replaced, which the end of the run tells', async () => {
  const folder = await sampleFolder(1);
  const [first = ''] = readdirSync(folder);
  const sheet = join(folder, 'thumbs', first);
  const { code, stderr, stdout } = await new Shell().run(['thumbs', folder, '--contact-sheet', sheet]);
  expect([code, stdout]).toEqual([1, expect.stringContaining('1 done')]);
  expect(stderr).toContain(
    `failed   Contact sheet: ${sheet} is the thumbnail of ${join(folder, first)}. [OUTPUT_EXISTS]`,
  );
});

test('undo removes it with the thumbnails, unless a later run counts on it', async () => {
  const folder = await sampleFolder(2);
  const shell = new Shell();
  const file = join(folder, 'm.json');
  await shell.run(['thumbs', folder, '--manifest', file]);
  const [first] = await shell.runs();
  await shell.run(['thumbs', folder, '--manifest', file]);
  await shell.run(['runs', 'undo', String(first?.id), '--yes']);
  expect(existsSync(file)).toBe(true);
  const other = await sampleFolder(1);
  const made = join(other, 'm.json');
  await shell.run(['thumbs', other, '--manifest', made]);
  const undone = await shell.run(['runs', 'undo', 'last', '--yes']);
  expect(undone.stdout).toMatch(/^2 files removed\.$/m);
  expect(existsSync(made)).toBe(false);
});

test('a contact sheet among the originals is no original, until somebody puts a picture in its place', async () => {
  const folder = await sampleFolder(2);
  const shell = new Shell();
  const sheet = join(folder, 'sheet.jpg');
  const first = await shell.run(['thumbs', folder, '--contact-sheet', sheet]);
  expect([first.code, first.stderr]).toEqual([0, '']);
  const again = await shell.json(['thumbs', folder, '--contact-sheet', sheet]);
  expect(again.summary).toMatchObject({ total: 2, skipped: 2 });
  expect((await shell.json(['thumbs', folder, '--out', tempFolder()])).summary).toMatchObject({ total: 2 });
  writeFileSync(sheet, await sampleJpeg(9, 90, 60));
  expect((await shell.json(['thumbs', folder])).summary).toMatchObject({ total: 3, done: 1 });
  expect((await shell.run(['thumbs', folder, '--contact-sheet', sheet])).stderr).toContain(
    'one of the originals',
  );
});
