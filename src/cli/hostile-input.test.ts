import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decode, filesBelow } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { pngHeader } from '../../test/images/test-images.ts';
import { asNobody, ownedByNobody } from '../../test/nobody.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

test('of a folder full of trouble, each trouble is told and the rest is made', async () => {
  const folder = tempFolder();
  const image = await sampleJpeg(1, 200, 100);
  const good = {
    'with spaces.jpg': image,
    'it\'s "quoted".jpg': image,
    'new\nline.jpg': image,
    'emoji 🐟.jpg': image,
    '-dash.jpg': image,
    '100%.jpg': image,
    '$(echo pwned).jpg': image,
    [`${'n'.repeat(251)}.jpg`]: image,
    [`${'🐟'.repeat(62)}x.jpg`]: image,
    'sub folder/a.jpg': image,
  };
  writeFiles(folder, {
    ...good,
    'empty.jpg': '',
    'text.jpg': 'some text',
    'half.jpg': image.subarray(0, image.length / 2),
    'bomb.png': pngHeader(50_000, 50_000),
  });
  symlinkSync('absent.jpg', join(folder, 'broken.jpg'));
  const { code, results, summary } = await new Shell().json(['thumbs', folder]);
  expect(code).toBe(1);
  const failures = results.filter(({ status }) => status === 'failed');
  const codes = failures.map(({ input, error }) => [
    String(input).slice(folder.length + 1),
    (error as { code: string }).code,
  ]);
  expect(codes.sort()).toEqual([
    ['bomb.png', 'TOO_MANY_PIXELS'],
    ['broken.jpg', 'NOT_FOUND'],
    ['empty.jpg', 'EMPTY_FILE'],
    ['half.jpg', 'TRUNCATED_IMAGE'],
    ['text.jpg', 'NOT_AN_IMAGE'],
  ]);
  expect(summary).toMatchObject({ done: Object.keys(good).length, failed: 5 });
  expect(filesBelow(join(folder, 'thumbs'))).toEqual(Object.keys(good).sort());
  for (const name of Object.keys(good)) await decode(join(folder, 'thumbs', name));
});

test('another format shortens a name of 255 bytes and keeps it apart from its neighbours', async () => {
  const folder = tempFolder();
  const image = await sampleJpeg(1, 100, 80);
  writeFiles(folder, { [`${'n'.repeat(251)}.jpg`]: image, [`${'n'.repeat(250)}.jpg`]: image });
  const { code, summary } = await new Shell().json(['thumbs', folder, '--format', 'webp']);
  expect([code, summary?.done]).toEqual([0, 2]);
  expect(filesBelow(join(folder, 'thumbs'))).toHaveLength(2);
});

test('plain lines show control characters of a name, they do not send them to the terminal', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'a\u001b[31m\nb.jpg': '' });
  const { stderr } = await new Shell().run(['thumbs', folder]);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain('a\\u001b[31m\\nb.jpg');
});

test('a subfolder and a file that may not be read fail by themselves', async () => {
  const folder = tempFolder();
  const image = await sampleJpeg(1, 100, 80);
  writeFiles(folder, { 'a.jpg': image, 'locked/b.jpg': image, 'secret.jpg': image });
  ownedByNobody(folder);
  chmodSync(join(folder, 'locked'), 0o000);
  chmodSync(join(folder, 'secret.jpg'), 0o000);
  const state = tempFolder();
  ownedByNobody(state);
  const { code, results, summary } = await new Shell(state).json(['thumbs', folder], asNobody);
  chmodSync(join(folder, 'locked'), 0o755);
  expect(code).toBe(1);
  expect(summary).toMatchObject({ total: 3, done: 1, failed: 2 });
  const failed = results.filter(({ status }) => status === 'failed');
  expect(failed.map(({ input, error }) => [input, (error as { code: string }).code]).sort()).toEqual([
    [join(folder, 'locked'), 'NOT_READABLE'],
    [join(folder, 'secret.jpg'), 'NOT_READABLE'],
  ]);
});

test('an output folder that cannot be written stops before anything starts', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.jpg'), await sampleJpeg(1, 100, 80));
  const locked = join(tempFolder(), 'locked');
  mkdirSync(locked, { mode: 0o555 });
  chmodSync(folder, 0o555);
  const state = tempFolder();
  ownedByNobody(state);
  for (const args of [
    [],
    ['--out', locked],
    ['--out', join(locked, 'deeper')],
    ['--out', join(folder, 'a.jpg')],
  ]) {
    const { code, stdout, stderr } = await new Shell(state).run(['thumbs', folder, ...args], asNobody);
    expect(code, args.join(' ')).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^shoal: Cannot write .+\n$/);
  }
  expect(readdirSync(locked)).toEqual([]);
  expect(existsSync(join(folder, 'thumbs'))).toBe(false);
  chmodSync(folder, 0o755);
});

test('of several paths the one that is not there fails; if none is there nothing starts', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.jpg'), await sampleJpeg(1, 100, 80));
  const absent = join(folder, 'absent');
  const some = await new Shell().json(['thumbs', absent, folder]);
  expect([some.code, some.summary?.done, some.summary?.failed]).toEqual([1, 1, 1]);
  const none = await new Shell().run(['thumbs', absent]);
  expect([none.code, none.stdout]).toEqual([2, '']);
  expect(none.stderr).toContain(absent);
});
