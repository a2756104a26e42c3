import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { partFiles, sampleFolder } from '../../test/images/image-folders.ts';
import { makeSlowImages, sampleJpeg } from '../../test/images/sample-images.ts';
import { ended, Shell } from '../../test/run-shoal.ts';
import { readManifest } from '../../test/sets.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

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

test('the summary of --json tells which files were written', async () => {
  const folder = await sampleFolder(2);
  const file = join(folder, 'm.json');
  const { summary, results } = await new Shell().json(['thumbs', folder, '--manifest', file]);
  const { size: bytes } = statSync(file);
  expect(summary?.sets).toEqual([{ kind: 'manifest', file, files: [{ path: file, bytes }], pictures: 2 }]);
  expect(results.every(({ thumbHash }) => typeof thumbHash === 'string')).toBe(true);
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
