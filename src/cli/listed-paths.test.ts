import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { makeSampleImages, sampleJpeg } from '../../test/images/sample-images.ts';
import { onLinux } from '../../test/needs.ts';
import { ended, Shell, shoalBin } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

let folder: string;
let shell: Shell;

beforeEach(async () => {
  folder = tempFolder();
  shell = new Shell();
  await makeSampleImages(join(folder, 'photos'), { count: 3 });
  mkdirSync(join(folder, 'more'));
  writeFileSync(join(folder, 'more', 'sample-00001.jpg'), await sampleJpeg(7, 320, 240));
});

const thumbs = (...names: string[]) => {
  const place = join(folder, ...names);
  return existsSync(place) ? readdirSync(place).sort() : [];
};
const first = 'photos/sample-00001.jpg';
const second = 'photos/sample-00002.jpg';
const listed = (input: string | Uint8Array, ...flags: string[]) =>
  shell.json(['thumbs', '-', ...flags], { input, cwd: folder });

test('the paths on standard input are taken, each once, from the working directory on', async () => {
  const { code, results, stderr } = await listed(`${first}\n./${first}\n${join(folder, second)}\n\n`);
  expect(code).toBe(0);
  expect(results.map(({ input }) => input).sort()).toEqual([join(folder, first), join(folder, second)]);
  expect(thumbs('photos', 'thumbs')).toEqual(['sample-00001.jpg', 'sample-00002.jpg']);
  expect(stderr).toBe('');
});

test('lines of Windows, its mark before the first one, and a last line without an end are read', async () => {
  const { code, summary } = await listed(`\uFEFF${first}\r\n${second}`);
  expect(code).toBe(0);
  expect(summary).toMatchObject({ done: 2 });
});

onLinux.test('with --null a name may have a line break', async () => {
  writeFileSync(join(folder, 'two\nlines.jpg'), await sampleJpeg(3, 320, 240));
  const { summary } = await listed(`two\nlines.jpg\0${first}\0`, '--null');
  expect(summary).toMatchObject({ done: 2 });
  expect(thumbs('thumbs')).toEqual(['two\nlines.jpg']);
});

test('folders of the list are walked, beside paths that are arguments', async () => {
  const { code, summary } = await shell.json(['thumbs', '-', 'more/sample-00001.jpg'], {
    input: 'photos\n',
    cwd: folder,
  });
  expect(code).toBe(0);
  expect(summary).toMatchObject({ done: 4 });
  expect(thumbs('photos', 'thumbs')).toHaveLength(3);
  expect(thumbs('more', 'thumbs')).toEqual(['sample-00001.jpg']);
});

test('a path that is missing, or is not UTF-8, is a failed item, and the others are done', async () => {
  const { code, results } = await listed(Buffer.from(`gone.jpg\ncaf\xe9.jpg\n${first}\n`, 'latin1'));
  expect(code).toBe(1);
  const codes = results.map(({ error }) => (error as { code: string } | undefined)?.code ?? 'done');
  expect(codes.sort()).toEqual(['NAME_NOT_UTF8', 'NOT_FOUND', 'done']);
});

test('an empty list is no failure, and told of', async () => {
  const { code, summary, stderr } = await listed('');
  expect(code).toBe(0);
  expect(summary).toMatchObject({ total: 0 });
  expect(stderr).toContain('The list of paths is empty.');
});

test('outputs have the same names whatever the order of the list, and those of arguments', async () => {
  const paths = [first, second, 'more/sample-00001.jpg'];
  await listed(`${paths.join('\n')}\n`, '--out', 'one');
  await listed(`${paths.toReversed().join('\n')}\n`, '--out', 'other');
  await shell.run(['thumbs', ...paths, '--out', 'arguments'], { cwd: folder });
  expect(thumbs('one')).toHaveLength(3);
  expect(thumbs('other')).toEqual(thumbs('one'));
  expect(thumbs('arguments')).toEqual(thumbs('one'));
});

test('what was made before is not made into thumbnails of thumbnails, where it lies where thumbnails go', async () => {
  const all = `${first}\n${second}\n`;
  await listed(all);
  const again = await listed(`${all}photos/thumbs/sample-00001.jpg\n`);
  expect(again.summary).toMatchObject({ total: 2, skipped: 2 });
  expect(again.stderr).toContain('A path of the list is a thumbnail that was made before');
  // Where the others go elsewhere, they are images like any other.
  const elsewhere = await listed('photos/thumbs/sample-00001.jpg\n', '--out', 'small');
  expect(elsewhere.summary).toMatchObject({ done: 1 });
});

test('no original of the list is written over, and none by its other name', async () => {
  const { code, results } = await listed(`${first}\n`, '--out', 'photos', '--force');
  expect(code).toBe(1);
  expect(results).toMatchObject([{ status: 'failed', error: { code: 'OUTPUT_IS_INPUT' } }]);
  const other = await listed(`more/sample-00001.jpg\n${first}\n`, '--out', 'photos', '--force');
  expect(other.results.map(({ status }) => status)).toEqual(['failed', 'failed']);
});

describe('what failed', () => {
  test('is done again by a retry, as the journal has the items, with the names that it would have got', async () => {
    const late = join(folder, 'late');
    mkdirSync(late);
    await listed(`${first}\nmore/sample-00001.jpg\nlate/sample-00001.jpg\n`, '--out', 'web');
    expect(thumbs('web')).toHaveLength(2);
    writeFileSync(join(late, 'sample-00001.jpg'), await sampleJpeg(9, 320, 240));
    const { code, stdout, stderr } = await shell.run(['runs', 'retry', 'last', '--json'], {
      cwd: tempFolder(),
    });
    expect(code).toBe(0);
    expect(stdout).toContain(join('late', 'sample-00001.jpg'));
    expect(stderr).toContain('read standard input');
    expect(thumbs('web')).toHaveLength(3);
  });

  test('in a folder of the list gets its place below that folder', async () => {
    mkdirSync(join(folder, 'photos', 'deep'));
    writeFileSync(join(folder, 'photos', 'deep', 'a.jpg'), 'no image');
    await listed('photos\n');
    rmSync(join(folder, 'photos', 'deep', 'a.jpg'));
    writeFileSync(join(folder, 'photos', 'deep', 'a.jpg'), await sampleJpeg(9, 320, 240));
    const { summary } = await shell.json(['runs', 'retry', 'last']);
    expect(summary).toMatchObject({ total: 1, done: 1 });
    expect(thumbs('photos', 'thumbs', 'deep')).toEqual(['a.jpg']);
  });
});

test('Ctrl-C ends it while the list is still being written', async () => {
  const child = spawn(process.execPath, [shoalBin, 'thumbs', '-'], {
    cwd: folder,
    env: { ...process.env, SHOAL_STATE_DIR: shell.stateFolder },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const end = ended(child);
  child.stdin.write(`${first}\n`);
  // Long enough for it to read.
  await sleep(1_000);
  child.kill('SIGINT');
  const { code, stdout } = await end;
  expect(code).toBe(130);
  expect(stdout).toContain('0 items');
  expect(thumbs('photos', 'thumbs')).toEqual([]);
});

test('a file named - has a path', async () => {
  writeFileSync(join(folder, '-'), await sampleJpeg(9, 320, 240));
  const { code } = await shell.run(['thumbs', './-'], { cwd: folder });
  expect(code).toBe(0);
  expect(thumbs('thumbs')).toEqual(['-.jpg']);
});

describe('wrong usage', () => {
  test.each([
    ['NULs without --null', ['-'], 'a\0b\0', 'end with a NUL'],
    ['a line without an end', ['-'], 'a'.repeat(2_000_000), 'is no list of paths'],
    ['--null without a list', ['photos', '--null'], '', 'Expected - for the paths on standard input'],
    ['a queue', ['-', '--queue', 'redis://127.0.0.1:1', '--out', 'x'], '', 'is of this machine alone'],
  ])('%s is told, and nothing is done', async (_name, args, input, told) => {
    const { code, stderr } = await shell.run(['thumbs', ...args], { input, cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toContain(told);
    expect(await shell.runs()).toEqual([]);
  });
});
