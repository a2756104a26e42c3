import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeSampleImages } from '../../test/images/sample-images.ts';
import { onLinux } from '../../test/needs.ts';
import { asNobody } from '../../test/nobody.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

let folder: string;
let shell: Shell;

/** `photos/sample-0000{1,2,3}.jpg`, and one in `photos/album`. */
beforeEach(async () => {
  folder = tempFolder();
  shell = new Shell();
  await makeSampleImages(join(folder, 'photos'), { count: 3 });
  await makeSampleImages(join(folder, 'photos', 'album'), { count: 1 });
});

const at = (path: string) => join(folder, path);
const names = (path: string) => (existsSync(at(path)) ? readdirSync(at(path)).sort() : []);
const thumbs = (...flags: string[]) => shell.json(['thumbs', 'photos', ...flags], { cwd: folder });
const gone = (...paths: string[]) => {
  for (const path of paths) rmSync(at(path), { recursive: true });
};

/** The `removed` events of a run. */
const removedBy = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{"type":"removed"'))
    .map((line) => JSON.parse(line));

test('the thumbnails of deleted originals go, in all sizes, with the folders that this empties', async () => {
  await thumbs('--size', '40', '--size', '80');
  expect(names('photos/thumbs')).toHaveLength(7);
  gone('photos/sample-00001.jpg', 'photos/album');
  const { code, stdout, summary } = await thumbs('--size', '40', '--size', '80', '--mirror');
  expect(code).toBe(0);
  expect(summary).toMatchObject({ total: 2, skipped: 2, removed: 4 });
  expect(removedBy(stdout)).toHaveLength(4);
  expect(removedBy(stdout)[0]).toMatchObject({ input: at('photos/album/sample-00001.jpg') });
  expect(names('photos/thumbs')).toEqual([
    'sample-00002-40x40.jpg',
    'sample-00002-80x80.jpg',
    'sample-00003-40x40.jpg',
    'sample-00003-80x80.jpg',
  ]);
});

test('without it they stay', async () => {
  await thumbs();
  gone('photos/sample-00001.jpg');
  await thumbs();
  expect(names('photos/thumbs')).toContain('sample-00001.jpg');
});

test('of a renamed original the new thumbnail is made and the old one goes', async () => {
  await thumbs();
  renameSync(at('photos/sample-00001.jpg'), at('photos/named.jpg'));
  const { summary } = await thumbs('--mirror');
  expect(summary).toMatchObject({ done: 1, removed: 1 });
  expect(names('photos/thumbs')).toEqual(['album', 'named.jpg', 'sample-00002.jpg', 'sample-00003.jpg']);
});

test('a name that another original has taken over is none of a deleted one', async () => {
  await makeSampleImages(at('photos'), { count: 1 });
  await thumbs('--format', 'webp');
  renameSync(at('photos/sample-00001.jpg'), at('photos/sample-00001.jpeg'));
  const { summary } = await thumbs('--format', 'webp', '--mirror');
  expect(summary).not.toHaveProperty('removed');
  expect(names('photos/thumbs')).toContain('sample-00001.webp');
});

test('a dry run tells what would go, and nothing goes', async () => {
  await thumbs();
  gone('photos/sample-00001.jpg');
  const { stdout, summary } = await thumbs('--mirror', '--dry-run');
  expect(summary).toMatchObject({ removable: 1 });
  expect(removedBy(stdout)).toMatchObject([
    { output: at('photos/thumbs/sample-00001.jpg'), reason: 'dry-run' },
  ]);
  expect(names('photos/thumbs')).toContain('sample-00001.jpg');
  const plain = await shell.run(['thumbs', 'photos', '--mirror', '--dry-run'], { cwd: folder });
  expect(plain.stdout).toContain(`remove   ${at('photos/thumbs/sample-00001.jpg')} (its original is gone)`);
  expect(plain.stdout).toContain('1 thumbnail of deleted originals to remove');
});

test('what was removed is in the journal, and is forgotten', async () => {
  await thumbs();
  gone('photos/sample-00001.jpg');
  await thumbs('--mirror');
  const shown = await shell.run(['runs', 'show', 'last']);
  expect(shown.stdout).toContain('1 thumbnail of deleted originals removed');
  expect((await thumbs('--mirror')).summary).not.toHaveProperty('removed');
});

describe('left alone is', () => {
  const isLeft = async (name = 'sample-00001.jpg', ...flags: string[]) => {
    const run = await thumbs('--mirror', ...flags);
    expect(run.summary).not.toHaveProperty('removed');
    expect(names('photos/thumbs')).toContain(name);
    return run;
  };

  test('what was changed since it was made, or was never made by Shoal', async () => {
    await thumbs();
    gone('photos/sample-00001.jpg', 'photos/sample-00002.jpg');
    writeFileSync(at('photos/thumbs/sample-00001.jpg'), 'my own');
    const later = new Date(Date.now() + 3_600_000);
    utimesSync(at('photos/thumbs/sample-00002.jpg'), later, later);
    writeFileSync(at('photos/thumbs/foreign.jpg'), 'never made');
    const { stderr } = await isLeft();
    expect(names('photos/thumbs')).toEqual(expect.arrayContaining(['foreign.jpg', 'sample-00002.jpg']));
    expect(stderr).toContain('2 files in');
  });

  test('what only --match or --exclude leaves out', async () => {
    await thumbs();
    await isLeft('sample-00001.jpg', '--match', '*-00002.jpg');
    await isLeft('sample-00001.jpg', '--exclude', '*-00001.jpg');
    gone('photos/sample-00001.jpg');
    await isLeft('sample-00001.jpg', '--exclude', '*-00001.jpg');
  });

  test('all of a folder that has no images, as where its disk is not mounted', async () => {
    await thumbs('--out', 'small');
    renameSync(at('photos'), at('away'));
    mkdirSync(at('photos'));
    const { stderr, summary } = await thumbs('--out', 'small', '--mirror');
    expect(summary).not.toHaveProperty('removed');
    expect(stderr).toContain('has no images, as a disk that is not mounted');
    expect(names('small')).toHaveLength(4);
  });

  test('all of a folder that is gone, while another one is there', async () => {
    await makeSampleImages(at('other'), { count: 1 });
    const both = ['thumbs', 'photos', 'other', '--out', 'small', '--mirror'];
    await shell.json(both, { cwd: folder });
    renameSync(at('photos'), at('away'));
    const { summary } = await shell.json(both, { cwd: folder });
    expect(summary).not.toHaveProperty('removed');
    expect(names('small/photos')).toHaveLength(4);
  });

  test('all of a folder inside that is empty, as where its disk is not mounted, until it is removed', async () => {
    await thumbs('--out', 'small');
    gone('photos/album/sample-00001.jpg');
    const { stderr, summary } = await thumbs('--out', 'small', '--mirror');
    expect(summary).not.toHaveProperty('removed');
    expect(stderr).toContain(`${at('photos/album')} is empty`);
    expect(names('small/album')).toHaveLength(1);
    gone('photos/album');
    expect((await thumbs('--out', 'small', '--mirror')).summary).toMatchObject({ removed: 1 });
  });

  test.each([
    ['empty', () => gone('disk/2026')],
    ['not there', () => gone('disk')],
  ])('all of a folder behind a symlink that is %s', async (_name, unmount) => {
    await makeSampleImages(at('disk/2026'), { count: 2 });
    symlinkSync(at('disk'), at('photos/nas'));
    await thumbs('--out', 'small');
    unmount();
    const { stderr, summary } = await thumbs('--out', 'small', '--mirror');
    expect(summary).not.toHaveProperty('removed');
    expect(stderr).toContain(`${at('photos/nas')} is empty`);
    expect(names('small/nas/2026')).toHaveLength(2);
  });

  onLinux.test('all of a folder that cannot be read as a whole', async () => {
    const nobody = { cwd: folder, ...asNobody };
    await thumbs('--out', 'small');
    gone('photos/sample-00001.jpg');
    chmodSync(at('photos/album'), 0o000);
    for (const each of [folder, shell.stateFolder, at('small'), at('photos')]) chmodSync(each, 0o777);
    const { stderr } = await shell.json(['thumbs', 'photos', '--out', 'small', '--mirror'], nobody);
    chmodSync(at('photos/album'), 0o755);
    expect(stderr).toContain('could not be read as a whole');
    expect(names('small')).toContain('sample-00001.jpg');
  });

  test('what lies behind a symlink in the output folder, and what other runs have put elsewhere', async () => {
    await thumbs();
    await thumbs('--out', 'elsewhere');
    renameSync(at('photos/thumbs/album'), at('moved'));
    symlinkSync(at('moved'), at('photos/thumbs/album'));
    gone('photos/album');
    await isLeft();
    expect(names('moved')).toEqual(['sample-00001.jpg']);
    expect(names('elsewhere/album')).toEqual(['sample-00001.jpg']);
  });
});

describe('wrong usage', () => {
  test.each([
    ['a list', ['-'], 'by a list'],
    ['a shard', ['photos', '--shard', '1/2'], 'by one shard'],
    ['a queue', ['photos', '--queue', 'redis://127.0.0.1:1', '--out', 'small'], 'by a queue'],
    ['an object storage', ['s3://bucket/photos', '--out', 'small'], 'object storage'],
  ])('%s cannot tell what is gone', async (_name, args, told) => {
    const { code, stderr } = await shell.run(['thumbs', ...args, '--mirror'], { cwd: folder, input: '' });
    expect(code).toBe(2);
    expect(stderr).toContain(told);
    expect(stderr).toContain('--mirror');
  });
});
