import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { partFiles, sampleFolder } from '../../test/images/image-folders.ts';
import { makeSlowImages, sampleJpeg } from '../../test/images/sample-images.ts';
import { ended, Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';
import { type Manifest, manifestSchema } from '../engine/thumbnails/sets/manifest/manifest-schema.ts';

const readManifest = (file: string): Manifest => manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const namesIn = (file: string): string[] => readManifest(file).pictures.map(({ name }) => name);
const digestOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

test('a manifest tells each picture in order, with what was made of it in every format and size', async () => {
  const folder = await sampleFolder(3);
  const shell = new Shell();
  const file = join(folder, 'thumbs', 'manifest.json');
  const sizes = ['--size', '60', '--size', '120', '--format', 'webp', '--format', 'jpeg'];
  const { code, stdout, stderr } = await shell.run(['thumbs', folder, ...sizes, '--manifest', file]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`Manifest: ${file} (3 pictures)\n`);
  const { pictures, ...about } = readManifest(file);
  expect(about).toEqual({ version: 1, title: folder.split('/').at(-1), count: 3, missing: 0 });
  expect(pictures.map(({ name }) => name)).toEqual(
    readdirSync(folder)
      .filter((name) => name !== 'thumbs')
      .sort(),
  );
  for (const { input, name, renditions, srcset, picture, thumbHash, colour } of pictures) {
    expect(input).toBe(`../${name}`);
    expect(renditions.map(({ type }) => type)).toEqual([
      'image/webp',
      'image/webp',
      'image/jpeg',
      'image/jpeg',
    ]);
    for (const { path, bytes } of renditions) expect(statSync(join(folder, 'thumbs', path)).size).toBe(bytes);
    expect(Object.keys(srcset)).toEqual(['image/webp', 'image/jpeg']);
    expect(srcset['image/webp']).toMatch(/^\S+\.webp 60w, \S+\.webp 120w$/);
    expect(picture).toMatch(
      /^<picture><source type="image\/webp" srcset=.*<img src="[^"]+\.jpg" .* alt=""><\/picture>$/,
    );
    expect(Buffer.from(thumbHash ?? '', 'base64').length).toBeGreaterThan(10);
    expect(colour).toMatch(/^#[\da-f]{6}$/);
  }
  expect(partFiles(folder)).toEqual([]);
});

test('addresses are those of the files, whatever their names', async () => {
  const folder = join(tempFolder(), 'a b');
  mkdirSync(folder);
  for (const name of ['100% & "é", <b>.jpg', "it's #1?.jpg", '日本.jpg'])
    writeFileSync(join(folder, name), await sampleJpeg(1, 80, 60));
  const file = join(folder, 'm.json');
  await new Shell().run(['thumbs', folder, '--manifest', file]);
  const { pictures } = readManifest(file);
  expect(pictures).toHaveLength(3);
  for (const { srcset, picture, renditions } of pictures) {
    const [address = ''] = srcset['image/jpeg']?.split(' ') ?? [];
    const src =
      /<img src="([^"]*)"/.exec(picture)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#39;', "'") ?? '';
    for (const each of [address, src]) {
      const reached = fileURLToPath(new URL(each, pathToFileURL(file)));
      expect(reached).toBe(join(folder, renditions[0]?.path ?? ''));
    }
  }
});

test('what needs no work is in it as before, and the same pictures leave the file as it is', async () => {
  const folder = await sampleFolder(4);
  const shell = new Shell();
  const file = join(folder, 'manifest.json');
  await shell.run(['thumbs', folder, '--size', '40', '--size', '80']);
  const run = ['thumbs', folder, '--size', '40', '--size', '80', '--manifest', file];
  expect((await shell.json(run)).summary).toMatchObject({ done: 0, skipped: 4 });
  const before = { digest: digestOf(file), ...statSync(file) };
  expect(
    readManifest(file).pictures.every(({ thumbHash, renditions }) => thumbHash && renditions.length === 2),
  ).toBe(true);
  await shell.run(run);
  expect([statSync(file).mtimeMs, statSync(file).ino]).toEqual([before.mtimeMs, before.ino]);
  await shell.run([...run, '--force']);
  expect(digestOf(file)).toBe(before.digest);
});

test('placeholders are kept from run to run: thumbnails are not read once more for them', async () => {
  const folder = await sampleFolder(2);
  const shell = new Shell();
  const file = join(folder, 'manifest.json');
  await shell.run(['thumbs', folder, '--manifest', file]);
  const before = digestOf(file);
  for (const name of readdirSync(join(folder, 'thumbs'))) {
    const thumb = join(folder, 'thumbs', name);
    writeFileSync(thumb, Buffer.alloc(statSync(thumb).size));
  }
  rmSync(file);
  expect((await shell.json(['thumbs', folder, '--manifest', file])).summary).toMatchObject({ skipped: 2 });
  expect(digestOf(file)).toBe(before);
});

test('what fails is not in it, and is counted', async () => {
  const folder = await sampleFolder(2);
  writeFileSync(join(folder, 'broken.jpg'), 'no picture');
  const file = join(folder, 'm.json');
  const shell = new Shell();
  expect((await shell.run(['thumbs', folder, '--manifest', file])).code).toBe(1);
  expect(readManifest(file)).toMatchObject({ count: 2, missing: 1 });
  writeFileSync(join(folder, 'broken.jpg'), await sampleJpeg(7, 90, 60));
  expect((await shell.run(['runs', 'retry', 'last'])).code).toBe(0);
  expect(readManifest(file)).toMatchObject({ count: 3, missing: 0 });
});

test('a retry of a run that did all anew does only what failed anew', async () => {
  const folder = await sampleFolder(2);
  writeFileSync(join(folder, 'broken.jpg'), 'no picture');
  const file = join(folder, 'm.json');
  const shell = new Shell();
  await shell.run(['thumbs', folder, '--manifest', file, '--force']);
  writeFileSync(join(folder, 'broken.jpg'), await sampleJpeg(7, 90, 60));
  const { summary } = await shell.json(['runs', 'retry', 'last']);
  expect(summary).toMatchObject({ done: 1, skipped: 2 });
  expect(readManifest(file)).toMatchObject({ count: 3, missing: 0 });
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

test.each(['SIGKILL', 'SIGINT'] as const)('after %s the next run makes it complete', async (signal) => {
  const folder = await sampleFolder(10);
  await makeSlowImages(folder, 30);
  const file = join(folder, 'm.json');
  const shell = new Shell();
  const child = shell.start(['thumbs', folder, '--manifest', file, '--pool', '1']);
  const ending = ended(child);
  await waitUntil(
    () => existsSync(join(folder, 'thumbs')) && readdirSync(join(folder, 'thumbs')).length >= 4,
    'a few are made',
  );
  child.kill(signal);
  const { stdout } = await ending;
  expect(existsSync(file)).toBe(signal === 'SIGINT');
  if (signal === 'SIGINT') {
    const { count, missing } = readManifest(file);
    expect(stdout).toContain(`Manifest: ${file} (${count} pictures so far)`);
    expect(count + missing).toBeLessThanOrEqual(40);
    expect(missing).toBeGreaterThan(0);
  }
  const again = signal === 'SIGINT' ? ['runs', 'resume', 'last'] : ['thumbs', folder, '--manifest', file];
  expect((await shell.run(again)).code).toBe(0);
  expect(namesIn(file)).toHaveLength(40);
  expect(namesIn(file)).toEqual(namesIn(file).toSorted());
});

test('a dry run tells where it would be, and writes none', async () => {
  const folder = await sampleFolder(1);
  const file = join(folder, 'thumbs', 'm.json');
  const { code, stdout } = await new Shell().run(['thumbs', folder, '--manifest', file, '--dry-run']);
  expect([code, existsSync(file)]).toEqual([0, false]);
  expect(stdout).toContain(`Manifest: ${file}, would be written\n`);
});

test('several folders are in one set', async () => {
  const [one, two] = [await sampleFolder(2), await sampleFolder(1)];
  const file = join(tempFolder(), 'm.json');
  await new Shell().run(['thumbs', one, two, '--manifest', file]);
  const { title, count, pictures } = readManifest(file);
  expect([title, count]).toEqual([`${one.split('/').at(-1)} and 1 more`, 3]);
  expect(pictures.map(({ renditions }) => existsSync(join(file, '..', renditions[0]?.path ?? '')))).toEqual([
    true,
    true,
    true,
  ]);
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
  const original = digestOf(join(folder, first));
  await shell.run(['thumbs', folder, '--contact-sheet', join(folder, first), '--force']);
  expect(digestOf(join(folder, first))).toBe(original);
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

test('the summary of --json tells which files were written', async () => {
  const folder = await sampleFolder(2);
  const file = join(folder, 'm.json');
  const { summary, results } = await new Shell().json(['thumbs', folder, '--manifest', file]);
  const { size: bytes } = statSync(file);
  expect(summary?.sets).toEqual([{ kind: 'manifest', file, files: [{ path: file, bytes }], pictures: 2 }]);
  expect(results.every(({ thumbHash }) => typeof thumbHash === 'string')).toBe(true);
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

test('gallery, contact sheet and manifest are made by one run', async () => {
  const folder = await sampleFolder(2);
  const [gallery, sheet, manifest] = ['g.html', 's.pdf', 'm.json'].map((name) =>
    join(folder, 'thumbs', name),
  );
  const flags = ['--gallery', gallery, '--contact-sheet', sheet, '--manifest', manifest].map(String);
  const { code, stdout } = await new Shell().run(['thumbs', folder, ...flags]);
  expect(code).toBe(0);
  expect(stdout.split('\n').filter((line) => line.includes('(2 pictures)'))).toEqual([
    `Manifest: ${manifest} (2 pictures)`,
    `Gallery: ${gallery} (2 pictures)`,
    `Contact sheet: ${sheet} (2 pictures)`,
  ]);
});
