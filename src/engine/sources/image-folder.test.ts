import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../testing/temp-folder.ts';
import { countImages, type WalkOptions, walkImages } from './image-folder.ts';

const everything: WalkOptions = { recursive: true, isOutputFolder: () => false };

/** What a walk finds, as flat lists. */
async function walk(root: string, options: Partial<WalkOptions> = {}) {
  const found: string[] = [];
  const failed: { path: string; code: string }[] = [];
  const warnings: string[] = [];
  for await (const event of walkImages(root, { ...everything, ...options })) {
    if (event.kind === 'folder') found.push(...event.names.map((name) => join(event.folder, name)));
    if (event.kind === 'failed') failed.push({ path: event.path, code: event.error.code });
    if (event.kind === 'warning') warnings.push(event.message);
  }
  return { found, failed, warnings };
}

const files = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, 'x']));

test('images are known by their extension in any case; what is hidden or no image is left out', async () => {
  const root = tempFolder();
  writeFiles(
    root,
    files(
      'a.jpg',
      'B.JPG',
      'c.Jpeg',
      'd.PNG',
      '.hidden.jpg',
      '.cache/x.jpg',
      'notes.txt',
      'jpg',
      'x.constructor',
    ),
  );
  expect((await walk(root)).found).toEqual(['B.JPG', 'a.jpg', 'c.Jpeg', 'd.PNG']);
});

test('names come in code-unit order, a folder before its subfolders', async () => {
  const root = tempFolder();
  writeFiles(
    root,
    files('z.jpg', 'a.jpg', 'b/2.jpg', 'b/1.jpg', 'b/c/0.jpg', 'B/9.jpg', 'a b/x.jpg', '10.jpg', '9.jpg'),
  );
  expect((await walk(root)).found).toEqual([
    '10.jpg',
    '9.jpg',
    'a.jpg',
    'z.jpg',
    'B/9.jpg',
    'a b/x.jpg',
    'b/1.jpg',
    'b/2.jpg',
    'b/c/0.jpg',
  ]);
});

test('subfolders are left out when asked', async () => {
  const root = tempFolder();
  writeFiles(root, files('a.jpg', 'sub/b.jpg'));
  expect((await walk(root, { recursive: false })).found).toEqual(['a.jpg']);
});

test('a glob without a slash is held against names, one with a slash against paths', async () => {
  const root = tempFolder();
  writeFiles(root, files('a.jpg', 'b.png', 'x/a.JPG', 'x/y/a.jpg'));
  expect((await walk(root, { match: '*.jpg' })).found).toEqual(['a.jpg', 'x/a.JPG', 'x/y/a.jpg']);
  expect((await walk(root, { match: 'x/*.jpg' })).found).toEqual(['x/a.JPG']);
  expect((await walk(root, { match: 'x/**' })).found).toEqual(['x/a.JPG', 'x/y/a.jpg']);
  expect((await walk(root, { match: '{a,b}.{png,gif}' })).found).toEqual(['b.png']);
});

test('a symlink that leads back is told and not followed; the walk ends', async () => {
  const root = tempFolder();
  writeFiles(root, files('a.jpg', 'sub/b.jpg'));
  symlinkSync(root, join(root, 'sub/up'));
  symlinkSync('.', join(root, 'here'));
  const { found, warnings } = await walk(root);
  expect(found).toEqual(['a.jpg', 'sub/b.jpg']);
  expect(warnings).toHaveLength(2);
  expect(warnings.join()).toContain(join(root, 'sub/up'));
});

test('symlinks to images and to other folders are followed', async () => {
  const root = tempFolder();
  const elsewhere = tempFolder();
  writeFiles(elsewhere, files('far.jpg'));
  symlinkSync(elsewhere, join(root, 'link'));
  symlinkSync(join(elsewhere, 'far.jpg'), join(root, 'near.jpg'));
  expect((await walk(root)).found).toEqual(['near.jpg', 'link/far.jpg']);
});

test('symlinks that lead nowhere or to themselves are items, so that their failure is told', async () => {
  const root = tempFolder();
  symlinkSync('absent.jpg', join(root, 'broken.jpg'));
  symlinkSync('loop.jpg', join(root, 'loop.jpg'));
  symlinkSync('absent', join(root, 'no image'));
  expect((await walk(root)).found).toEqual(['broken.jpg', 'loop.jpg']);
});

test('a folder named like an image is a folder', async () => {
  const root = tempFolder();
  writeFiles(root, files('album.jpg/a.jpg'));
  expect((await walk(root)).found).toEqual(['album.jpg/a.jpg']);
});

test('output folders are not walked, except for one that was asked for by name', async () => {
  const root = tempFolder();
  writeFiles(root, files('a.jpg', 'thumbs/a.jpg', 'sub/thumbs/b.jpg', 'sub/b.jpg'));
  const isOutputFolder = (folder: string) => folder.endsWith('thumbs');
  expect((await walk(root, { isOutputFolder })).found).toEqual(['a.jpg', 'sub/b.jpg']);
  expect((await walk(join(root, 'thumbs'), { isOutputFolder })).found).toEqual(['a.jpg']);
});

test('a root that is gone is a failure, not a crash', async () => {
  const root = join(tempFolder(), 'gone');
  expect(await walk(root)).toEqual({ found: [], failed: [{ path: root, code: 'NOT_FOUND' }], warnings: [] });
});

test('counting finds as many as walking', async () => {
  const root = tempFolder();
  writeFiles(root, files('a.jpg', 'b/c.png', 'b/d/e.webp'));
  mkdirSync(join(root, 'empty'));
  expect(await countImages(root, everything)).toBe(3);
  expect(await countImages(root, { ...everything, match: '*.png' })).toBe(1);
});
