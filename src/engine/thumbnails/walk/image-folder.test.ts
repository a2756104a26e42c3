import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../../test/temp-folder.ts';
import { countImages, type WalkOptions, walkImages } from './image-folder.ts';

const everything: WalkOptions = { recursive: true, isOutputFolder: () => false };

/** The results of a walk as flat lists. */
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

test('a folder that is named beside a symlink to it is walked once, by its own name', async () => {
  const root = tempFolder();
  writeFiles(root, files('real/a.jpg', 'real/deeper/b.jpg'));
  symlinkSync('real', join(root, 'a link'));
  symlinkSync('../real/deeper', join(root, 'real/z'));
  const { found, warnings } = await walk(root);
  expect(found).toEqual(['real/a.jpg', 'real/deeper/b.jpg']);
  expect(warnings).toEqual([
    expect.stringContaining(join(root, 'a link')),
    expect.stringContaining(join(root, 'real/z')),
  ]);
});

test('a folder elsewhere that two symlinks lead to is walked once, by the first', async () => {
  const root = tempFolder();
  const elsewhere = tempFolder();
  writeFiles(elsewhere, files('deep/far.jpg', 'b.jpg'));
  symlinkSync(join(elsewhere, 'deep'), join(root, '1'));
  symlinkSync(elsewhere, join(root, '2'));
  symlinkSync(join(elsewhere, 'deep'), join(root, '3'));
  const { found, warnings } = await walk(root);
  expect(found).toEqual(['1/far.jpg', '2/b.jpg']);
  expect(warnings).toHaveLength(2);
});

test('a symlink to a hidden folder is the only way there, and taken', async () => {
  const root = tempFolder();
  writeFiles(root, files('.store/1/a.jpg'));
  symlinkSync('.store/1', join(root, 'photos'));
  expect((await walk(root)).found).toEqual(['photos/a.jpg']);
});

test('a symlink into an output folder is not followed, also where that is not told by its name', async () => {
  const root = tempFolder();
  const elsewhere = tempFolder();
  writeFiles(root, files('a.jpg', 'thumbs/2020/a.jpg'));
  writeFiles(elsewhere, files('thumbs/2021/b.jpg'));
  symlinkSync('thumbs/2020', join(root, 'x'));
  symlinkSync(join(elsewhere, 'thumbs/2021'), join(root, 'y'));
  const isOutputFolder = (folder: string) => folder.endsWith('thumbs');
  expect(await walk(root, { isOutputFolder })).toMatchObject({ found: ['a.jpg'], warnings: [] });
});

test('an output folder that the root itself is in does not keep a symlink from being followed', async () => {
  const above = tempFolder();
  writeFiles(above, files('root/a.jpg', 'beside/b.jpg'));
  symlinkSync('../beside', join(above, 'root/link'));
  const isOutputFolder = (folder: string) => folder === above;
  expect((await walk(join(above, 'root'), { isOutputFolder })).found).toEqual(['a.jpg', 'link/b.jpg']);
});

test('folders whose symlinks lead to one another are each walked once, and few words made of it', async () => {
  const root = tempFolder();
  const names = Array.from({ length: 30 }, (_, at) => `f${at + 10}`);
  for (const name of names) writeFiles(root, files(`${name}/a.jpg`));
  for (const from of names) {
    for (const to of names) if (from !== to) symlinkSync(`../${to}`, join(root, from, to));
    symlinkSync('..', join(root, from, 'up'));
  }
  const { found, warnings } = await walk(root);
  expect(found).toEqual(names.map((name) => join(name, 'a.jpg')));
  expect(warnings.length).toBeLessThan(15);
  // 30 × 29 links to each other and 30 back, of which five of each kind are reported by name.
  expect(warnings.at(-1)).toMatch(/^890 more paths lead to folders in /);
});

test('a folder with more subfolders than a function takes arguments is walked', async () => {
  const root = tempFolder();
  for (let at = 0; at < 16_000; at += 1) mkdirSync(join(root, String(at)));
  writeFiles(root, files('0/a.jpg', '15999/b.jpg'));
  const script = `
    const { countImages } = await import(${JSON.stringify(new URL('image-folder.ts', import.meta.url))});
    console.log(await countImages(${JSON.stringify(root)}, { recursive: true, isOutputFolder: () => false }));`;
  // With a small stack, so that a recursive walk would overflow it.
  const args = ['--stack-size=120', '--input-type=module', '-e', script];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('2\n');
});

test('a tree too deep for a path fails where it is, and the walk goes on', async () => {
  const root = tempFolder();
  const top = join(root, 'a');
  mkdirSync(top);
  // Made from within, because its path is longer than the system allows.
  const script = 'for (let at = 0; at < 5000; at += 1) { fs.mkdirSync("d"); process.chdir("d"); }';
  execFileSync(process.execPath, ['-e', script], { cwd: top });
  // Node's own rmSync cannot remove a folder whose path is too long.
  onTestFinished(() => void execFileSync('rm', ['-rf', top]));
  writeFiles(root, files('a/1.jpg', 'b/2.jpg'));
  writeFileSync(join(top, 'd/'.repeat(1000), '3.jpg'), 'x');
  const { found, failed } = await walk(root);
  expect(found).toEqual(['a/1.jpg', join('a', 'd/'.repeat(1000), '3.jpg'), 'b/2.jpg']);
  expect(failed.map(({ code }) => code)).toEqual(['NAME_TOO_LONG']);
});

test('an aborted walk ends before the next folder', async () => {
  const root = tempFolder();
  writeFiles(root, files('a.jpg', 'b/c.jpg'));
  const abort = new AbortController();
  const walking = walkImages(root, { ...everything, signal: abort.signal });
  expect((await walking.next()).value).toMatchObject({ names: ['a.jpg'] });
  abort.abort();
  expect((await walking.next()).done).toBe(true);
});

test('a folder that is gone again when the walk comes there fails by itself', async () => {
  const root = tempFolder();
  const names = Array.from({ length: 20 }, (_, at) => `f${at + 10}`);
  for (const name of names) writeFiles(root, files(`${name}/a.jpg`));
  writeFiles(root, files('a.jpg'));
  const walking = walkImages(root, everything);
  await walking.next();
  for (const name of names) rmSync(join(root, name), { recursive: true });
  const kinds = (await Array.fromAsync(walking)).map(({ kind }) => kind);
  expect(kinds).toEqual(names.map(() => 'failed'));
});
