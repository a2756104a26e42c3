import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decode, filesBelow, hashes } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { needs } from '../../test/needs.ts';
import { type JsonEvent, Shell, shoalBin } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

/** A folder of photographs, each different, made for the test. */
async function photos(...paths: string[]): Promise<string> {
  const folder = tempFolder();
  await addPhotos(folder, ...paths);
  return folder;
}

async function addPhotos(folder: string, ...paths: string[]): Promise<void> {
  for (const [at, path] of paths.entries()) {
    writeFiles(folder, { [path]: await sampleJpeg(paths.length * 100 + at, 120, 90) });
  }
}

/** The outcome of each input, by its path below the folder. */
function told(folder: string, results: readonly JsonEvent[]): string[][] {
  return results
    .map(({ input, status, reason, error }) => [
      String(input).slice(folder.length + 1),
      (error as { code: string } | undefined)?.code ?? String(reason ?? status),
    ])
    .sort();
}

const width = async (path: string) => (await decode(path)).width;

/** Flags that might seem to allow overwriting an original. */
const ways = [[], ['--force'], ['--dry-run', '--force']];

describe('an output folder that is a symlink to originals', () => {
  test('named thumbs is not written to, and walked', async () => {
    const folder = await photos('a.jpg', '2020/a.jpg', '2020/b.jpg');
    symlinkSync('2020', join(folder, 'thumbs'));
    const before = hashes(folder, ['a.jpg', '2020/a.jpg', '2020/b.jpg']);
    const shell = new Shell();
    for (const flags of ways) {
      const { code, results } = await shell.json(['thumbs', folder, ...flags]);
      expect(code).toBe(1);
      expect(told(folder, results)).toEqual([
        ['2020/a.jpg', 'OUTPUT_IS_INPUT'],
        ['2020/b.jpg', 'OUTPUT_IS_INPUT'],
        ['a.jpg', 'OUTPUT_IS_INPUT'],
      ]);
      expect(hashes(folder, Object.keys(before))).toEqual(before);
      expect(filesBelow(join(folder, '2020'))).toEqual(['a.jpg', 'b.jpg']);
    }
    // The folder was never recorded as one of Shoal's outputs.
    const elsewhere = await shell.json(['thumbs', folder, '--out', join(tempFolder(), 'out')]);
    expect(elsewhere.summary).toMatchObject({ done: 3 });
  });

  test('is not written to where originals are further down, or it is given by --out', async () => {
    const folder = await photos('a.jpg', 'years/2020/a.jpg');
    const link = join(tempFolder(), 'link');
    symlinkSync(join(folder, 'years'), link);
    for (const out of [link, join(link, '2020')]) {
      const { results } = await new Shell().json(['thumbs', folder, '--out', out, '--force']);
      expect(told(folder, results)).toEqual([
        ['a.jpg', 'OUTPUT_IS_INPUT'],
        ['years/2020/a.jpg', 'OUTPUT_IS_INPUT'],
      ]);
    }
    expect(filesBelow(folder)).toEqual(['a.jpg', 'years/2020/a.jpg']);
  });

  test('is not written to where the walk takes the originals by another symlink', async () => {
    const folder = await photos('a.jpg');
    const elsewhere = await photos('a.jpg', 'b.jpg');
    symlinkSync(elsewhere, join(folder, 'thumbs'));
    symlinkSync(elsewhere, join(folder, 'more'));
    const before = hashes(elsewhere, ['a.jpg', 'b.jpg']);
    const { results } = await new Shell().json(['thumbs', folder, '--force']);
    expect(told(folder, results)).toEqual([
      ['a.jpg', 'OUTPUT_IS_INPUT'],
      ['more/a.jpg', 'OUTPUT_IS_INPUT'],
      ['more/b.jpg', 'OUTPUT_IS_INPUT'],
    ]);
    expect(hashes(elsewhere, filesBelow(elsewhere))).toEqual(before);
  });
});

describe('an output folder that is a symlink to somewhere else', () => {
  test('is filled where it is empty, and what is made there is Shoal’s own', async () => {
    const folder = await photos('a.jpg', 'sub/b.jpg');
    const elsewhere = tempFolder();
    const link = join(tempFolder(), 'link');
    symlinkSync(elsewhere, link);
    symlinkSync(elsewhere, join(folder, 'thumbs'));
    const shell = new Shell();
    const run = async (...args: string[]) =>
      told(folder, (await shell.json(['thumbs', folder, ...args])).results);
    expect(await run('--out', link)).toEqual([
      ['a.jpg', 'done'],
      ['sub/b.jpg', 'done'],
    ]);
    expect(await run('--out', link)).toEqual([
      ['a.jpg', 'unchanged'],
      ['sub/b.jpg', 'unchanged'],
    ]);
    for (const args of [['--out', link], []]) {
      expect(await run(...args, '--size', args.length === 0 ? '50' : '60')).toEqual([
        ['a.jpg', 'done'],
        ['sub/b.jpg', 'done'],
      ]);
    }
    expect(await width(join(elsewhere, 'sub/b.jpg'))).toBe(50);
  });

  test.each(['thumbs', '--out'])('keeps what Shoal did not make there: %s', async (given) => {
    const folder = await photos('a.jpg', 'b.jpg');
    const elsewhere = await photos('a.jpg');
    const link = given === '--out' ? join(tempFolder(), 'link') : join(folder, 'thumbs');
    symlinkSync(elsewhere, link);
    const args = ['thumbs', folder, ...(given === '--out' ? ['--out', link] : [])];
    const before = hashes(elsewhere, ['a.jpg']);
    const shell = new Shell();
    for (const flags of [[], ['--size', '60']]) {
      const { code, results } = await shell.json([...args, ...flags]);
      expect([code, ...told(folder, results)]).toEqual([1, ['a.jpg', 'OUTPUT_EXISTS'], ['b.jpg', 'done']]);
      expect(hashes(elsewhere, ['a.jpg'])).toEqual(before);
    }
    expect(await width(join(elsewhere, 'b.jpg'))).toBe(60);
    await addPhotos(elsewhere, 'b.jpg');
    const { results } = await shell.json([...args, '--size', '70']);
    expect(told(folder, results)).toEqual([
      ['a.jpg', 'OUTPUT_EXISTS'],
      ['b.jpg', 'OUTPUT_EXISTS'],
    ]);
  });

  test('is not taken for the real folder that Shoal once had in its place', async () => {
    const folder = await photos('a.jpg');
    const shell = new Shell();
    expect((await shell.json(['thumbs', folder])).summary?.done).toBe(1);
    renameSync(join(folder, 'thumbs'), join(tempFolder(), 'moved'));
    const elsewhere = await photos('a.jpg');
    symlinkSync(elsewhere, join(folder, 'thumbs'));
    const before = hashes(elsewhere, ['a.jpg']);
    const { results } = await shell.json(['thumbs', folder]);
    expect(told(folder, results)).toEqual([['a.jpg', 'OUTPUT_EXISTS']]);
    expect(hashes(elsewhere, ['a.jpg'])).toEqual(before);
  });

  test('that leads nowhere is told before anything starts, and by a dry run', async () => {
    const folder = await photos('a.jpg');
    symlinkSync('absent', join(folder, 'thumbs'));
    expect((await new Shell().run(['thumbs', folder])).code).toBe(2);
    const { results } = await new Shell().json(['thumbs', folder, '--dry-run']);
    expect(told(folder, results)).toEqual([['a.jpg', 'NOT_WRITABLE']]);
  });
});

describe('a symlink inside an output folder', () => {
  test.each(['thumbs', '--out'])('in a subfolder’s place is not followed: %s', async (given) => {
    const folder = await photos('a.jpg', '2020/b.jpg', '2020/deep/c.jpg', '2021/d.jpg');
    const elsewhere = await photos('b.jpg', 'deep/c.jpg');
    const before = hashes(elsewhere, ['b.jpg', 'deep/c.jpg']);
    const out = given === '--out' ? tempFolder() : join(folder, 'thumbs');
    mkdirSync(out, { recursive: true });
    symlinkSync(elsewhere, join(out, '2020'));
    symlinkSync(join(folder, '2021'), join(out, '2021'));
    const args = ['thumbs', folder, ...(given === '--out' ? ['--out', out] : [])];
    for (const flags of ways) {
      const { results } = await new Shell().json([...args, ...flags]);
      expect(told(folder, results)).toEqual([
        ['2020/b.jpg', 'NOT_WRITABLE'],
        ['2020/deep/c.jpg', 'NOT_WRITABLE'],
        ['2021/d.jpg', 'OUTPUT_IS_INPUT'],
        ['a.jpg', flags.includes('--dry-run') ? 'dry-run' : 'done'],
      ]);
    }
    expect(hashes(elsewhere, filesBelow(elsewhere))).toEqual(before);
    expect(filesBelow(join(folder, '2021'))).toEqual(['d.jpg']);
  });

  test('is not followed either in the place of a folder that is named after one of several', async () => {
    const folder = await photos('x/a.jpg', 'y/a.jpg');
    const out = tempFolder();
    const elsewhere = await photos('a.jpg');
    symlinkSync(elsewhere, join(out, 'x'));
    const paths = [join(folder, 'x'), join(folder, 'y')];
    const { results } = await new Shell().json(['thumbs', ...paths, '--out', out, '--force']);
    expect(told(folder, results)).toEqual([
      ['x/a.jpg', 'NOT_WRITABLE'],
      ['y/a.jpg', 'done'],
    ]);
  });

  test('in an output’s place is replaced itself, not what it leads to', async () => {
    const folder = await photos('a.jpg');
    const elsewhere = await photos('victim.jpg');
    const before = hashes(elsewhere, ['victim.jpg']);
    mkdirSync(join(folder, 'thumbs'));
    symlinkSync(join(elsewhere, 'victim.jpg'), join(folder, 'thumbs/a.jpg'));
    const { results } = await new Shell().json(['thumbs', folder]);
    expect(told(folder, results)).toEqual([['a.jpg', 'done']]);
    expect(lstatSync(join(folder, 'thumbs/a.jpg')).isSymbolicLink()).toBe(false);
    expect(hashes(elsewhere, ['victim.jpg'])).toEqual(before);
  });
});

describe('an output that is an original of the run is not replaced', () => {
  const isInput = 'OUTPUT_IS_INPUT';

  test('be it by a symlink or a hard link to the image itself or to another', async () => {
    const folder = await photos('a.jpg', 'b.jpg', 'c.jpg', 'sub/d.jpg', 'e.jpg');
    const before = hashes(folder, filesBelow(folder));
    mkdirSync(join(folder, 'thumbs'));
    linkSync(join(folder, 'a.jpg'), join(folder, 'thumbs/a.jpg'));
    linkSync(join(folder, 'sub/d.jpg'), join(folder, 'thumbs/b.jpg'));
    symlinkSync('../sub/d.jpg', join(folder, 'thumbs/c.jpg'));
    for (const flags of [...ways, ['--match', '[abce]*']]) {
      const { results } = await new Shell().json(['thumbs', folder, ...flags]);
      expect(told(folder, results).filter(([, code]) => code === isInput)).toEqual([
        ['a.jpg', isInput],
        ['b.jpg', isInput],
        ['c.jpg', isInput],
      ]);
    }
    expect(hashes(folder, Object.keys(before))).toEqual(before);
    expect(lstatSync(join(folder, 'thumbs/c.jpg')).isSymbolicLink()).toBe(true);
    expect(await width(join(folder, 'thumbs/e.jpg'))).toBe(75);
  });

  test('be it one of the files given, or where a symlink given leads', async () => {
    const folder = await photos('one/a.jpg', 'two/b.jpg', 'two/a.jpg');
    const before = hashes(folder, filesBelow(folder));
    symlinkSync('../two/a.jpg', join(folder, 'one/c.jpg'));
    const target = join(folder, 'two');
    for (const second of ['two/../one/c.jpg', 'one/../one/c.jpg']) {
      const paths = [join(folder, 'one/a.jpg'), join(folder, second)];
      const { results } = await new Shell().json(['thumbs', ...paths, '--out', target, '--force']);
      expect(told(folder, results)[0]).toEqual(['one/a.jpg', isInput]);
    }
    rmSync(join(folder, 'two/c.jpg'));
    expect(hashes(folder, Object.keys(before))).toEqual(before);
  });

  test('where the folders given are inside the output folder', async () => {
    const folder = await photos('x.jpg', 'ph/x.jpg', 'ph/ph/x.jpg', 'ph/ph/y.jpg', 'q/ph/z.jpg');
    const before = hashes(folder, ['ph/x.jpg', 'ph/ph/x.jpg', 'ph/ph/y.jpg', 'q/ph/z.jpg']);
    for (const flags of ways) {
      const mirrored = await new Shell().json(['thumbs', join(folder, 'ph'), '--out', folder, ...flags]);
      expect(told(folder, mirrored.results).slice(0, 2)).toEqual([
        ['ph/ph/x.jpg', isInput],
        ['ph/ph/y.jpg', isInput],
      ]);
      const named = [join(folder, 'q/ph'), join(folder, 'ph')];
      const { results } = await new Shell().json(['thumbs', ...named, '--out', folder, ...flags]);
      expect(told(folder, results)).toContainEqual(['q/ph/z.jpg', isInput]);
    }
    expect(hashes(folder, Object.keys(before))).toEqual(before);
    expect(filesBelow(join(folder, 'ph'))).toEqual(['ph/x.jpg', 'ph/y.jpg', 'x.jpg']);
  });

  const mayMount = (() => {
    try {
      execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();
  needs('mounts in a namespace (unshare -m)', mayMount).test(
    'where the folder of originals is mounted in the place of the outputs',
    async () => {
      const folder = await photos('a.jpg', '2020/a.jpg');
      mkdirSync(join(folder, 'thumbs'));
      const before = hashes(folder, ['a.jpg', '2020/a.jpg']);
      const script = 'mount --bind "$1/2020" "$1/thumbs" && "$2" "$3" thumbs "$1" --json --force; true';
      const args = ['-m', 'sh', '-c', script, 'sh', folder, process.execPath, shoalBin];
      const env = { ...process.env, SHOAL_STATE_DIR: tempFolder() };
      const stdout = execFileSync('unshare', args, { encoding: 'utf8', env });
      expect(stdout).toContain(`"input":"${join(folder, '2020/a.jpg')}"`);
      expect(hashes(folder, Object.keys(before))).toEqual(before);
      expect(stdout).toContain(isInput);
    },
  );
});

test('what the ledger tells was made from the image is replaced without a walk to ask', async () => {
  const folder = await photos('a.jpg');
  const shell = new Shell();
  await shell.json(['thumbs', folder]);
  // A folder named as an input is walked even if it holds outputs; Shoal may still replace the thumbnail it made
  // itself.
  const paths = [join(folder, 'a.jpg'), join(folder, 'thumbs')];
  const { results } = await shell.json(['thumbs', ...paths, '--size', '50']);
  expect(told(folder, results)).toContainEqual(['a.jpg', 'done']);
  expect(existsSync(join(folder, 'thumbs/thumbs/a.jpg'))).toBe(true);
  expect(readFileSync(join(folder, 'thumbs/a.jpg')).length).toBeGreaterThan(0);
});

test('a file in the place of an output folder that a person made is said, whoever’s it is', async () => {
  const folder = await photos('2020/a.jpg');
  const out = tempFolder();
  writeFileSync(join(out, '2020'), 'a file');
  const { results } = await new Shell().json(['thumbs', folder, '--out', out]);
  expect(told(folder, results)).toEqual([['2020/a.jpg', 'NOT_WRITABLE']]);
});
