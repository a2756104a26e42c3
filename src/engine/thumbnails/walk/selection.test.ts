import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../../test/temp-folder.ts';
import { type WalkOptions, walkImages } from './image-folder.ts';

/** The images that a walk finds, and what it tells. */
async function walk(root: string, options: Partial<WalkOptions> = {}) {
  const found: string[] = [];
  const warnings: string[] = [];
  for await (const event of walkImages(root, { recursive: true, isOutputFolder: () => false, ...options })) {
    if (event.kind === 'folder') found.push(...event.names.map((name) => join(event.folder, name)));
    if (event.kind === 'warning') warnings.push(event.message);
  }
  return { found, warnings };
}

function folderOf(...paths: string[]): string {
  const root = tempFolder();
  writeFiles(root, Object.fromEntries(paths.map((path) => [path, 'x'])));
  return root;
}

describe('folders that a system keeps for itself', () => {
  test('are not walked, in any case of their names, and that is told', async () => {
    const root = folderOf(
      'a.jpg',
      '@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg',
      'b/@eaDir/x.jpg',
      '#recycle/x.jpg',
      '$RECYCLE.BIN/x.jpg',
      '@Recycle/x.jpg',
      'System Volume Information/x.jpg',
      '__MACOSX/x.jpg',
      'lost+found/x.jpg',
      '.Trash-1000/x.jpg',
    );
    const { found, warnings } = await walk(root);
    expect(found).toEqual(['a.jpg']);
    expect(warnings).toEqual([
      `Folders that a system keeps for itself were passed over in ${root} (1 × #recycle, 1 × $RECYCLE.BIN, 1 × @Recycle, 2 × @eaDir, 1 × System Volume Information, 1 × __MACOSX, 1 × lost+found): give one of them itself if it is meant.`,
    ]);
  });

  test('are walked when given themselves', async () => {
    const root = folderOf('#recycle/x.jpg');
    expect(await walk(join(root, '#recycle'))).toEqual({ found: ['x.jpg'], warnings: [] });
  });

  test('are files, where they are no folders', async () => {
    expect((await walk(folderOf('@tmp.jpg', 'recycled.jpg'))).found).toEqual(['@tmp.jpg', 'recycled.jpg']);
  });
});

describe('what is left out as asked', () => {
  const paths = ['a.jpg', 'a-old.jpg', 'notes-old.txt', 'cache/b.jpg', 'x/cache/c.jpg', 'x/d.png'];

  test.each<[string, string[], string[], string]>([
    ['by a name', ['*-old.*'], ['a.jpg', 'cache/b.jpg', 'x/d.png', 'x/cache/c.jpg'], '1 image'],
    ['a folder by its name', ['cache'], ['a-old.jpg', 'a.jpg', 'x/d.png'], '2 folders'],
    ['a folder as lists write it', ['CACHE/'], ['a-old.jpg', 'a.jpg', 'x/d.png'], '2 folders'],
    ['by a path', ['x/cache/**'], ['a-old.jpg', 'a.jpg', 'cache/b.jpg', 'x/d.png'], '1 folder'],
    ['by several globs', ['cache', '*.png', '*-old.jpg'], ['a.jpg'], '2 images and 2 folders'],
  ])('%s, is counted', async (_, exclude, expected, told) => {
    const root = folderOf(...paths);
    const { found, warnings } = await walk(root, { exclude });
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(warnings).toEqual([`Left out in ${root}, as asked: ${told}.`]);
  });

  test('is so beside a glob of what is taken', async () => {
    const { found } = await walk(folderOf(...paths), { match: '*.jpg', exclude: ['cache'] });
    expect(found).toEqual(['a-old.jpg', 'a.jpg']);
  });
});

test.each([
  ['NFC', 'NFD'],
  ['NFD', 'NFC'],
])('a glob typed as %s takes and leaves out names in %s', async (typed, stored) => {
  const root = folderOf('été 1.jpg'.normalize(stored), 'ohne/Ä.jpg'.normalize(stored));
  const summer = ['été 1.jpg'.normalize(stored)];
  expect((await walk(root, { match: 'été*'.normalize(typed) })).found).toEqual(summer);
  expect((await walk(root, { exclude: ['Ä.*'.normalize(typed)] })).found).toEqual(summer);
});
