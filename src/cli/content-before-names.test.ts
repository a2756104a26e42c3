import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { rawContainers } from '../../test/images/raw-containers.ts';
import { plain } from '../../test/images/test-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

const jpeg = () => plain(40, 30).jpeg().toBuffer();
const png = () => plain(40, 30).png().toBuffer();
const tiffBytes = 'II*\0\x08\0\0\0';
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** The outputs of a run, as base name of the input → base name of the output and its format. */
async function outputsOf(paths: readonly string[], ...flags: string[]) {
  const run = await new Shell().json(['thumbs', ...paths, ...flags]);
  const made: Record<string, string> = {};
  for (const { input, output } of run.results) {
    if (output === undefined) continue;
    const { format } = await sharp(String(output)).metadata();
    made[String(input).split('/').at(-1) ?? ''] = `${String(output).split('/').at(-1)} ${format}`;
  }
  return { ...run, made };
}

describe('a file whose name tells no format that is read', () => {
  const expected = {
    'IMG_1.HEIC': 'IMG_1.jpg jpeg',
    'shot.bmp': 'shot.png png',
    'clip.tga': 'clip.gif gif',
    'w.xcf': 'w.webp webp',
    'photo.nef': 'photo.jpg jpeg',
    photo2: 'photo2.png png',
  };

  test('is taken for what it is, by its folder and by its path alike', async () => {
    const folder = tempFolder();
    writeFiles(folder, {
      'IMG_1.HEIC': await jpeg(),
      'shot.bmp': await png(),
      'clip.tga': await plain(40, 30).gif().toBuffer(),
      'w.xcf': await plain(40, 30).webp().toBuffer(),
      'photo.nef': await jpeg(),
      photo2: await png(),
      Makefile: 'all:\n',
      'movie.ts': await jpeg(),
    });
    const inFolder = await outputsOf([folder]);
    expect(inFolder.made).toEqual(expected);
    expect([inFolder.code, inFolder.stderr]).toEqual([0, '']);
    rmSync(join(folder, 'thumbs'), { recursive: true });
    const byPath = await outputsOf(Object.keys(expected).map((name) => join(folder, name)));
    expect(byPath.made).toEqual(expected);
  });

  test('shares a stem with others and takes the place of none', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'a.jpg': await jpeg(), 'a.heic': await jpeg(), 'a.bmp': await png() });
    const { made } = await outputsOf([folder]);
    expect(made).toEqual({ 'a.jpg': 'a.jpg jpeg', 'a.heic': 'a.heic.jpg jpeg', 'a.bmp': 'a.png png' });
  });

  test('is passed over with a word where it is in no format that is read', async () => {
    const folder = tempFolder();
    const unread = ['raw', 'avci', 'tga', 'ppm', 'exr', 'dds'];
    writeFiles(folder, {
      ...Object.fromEntries(unread.map((extension) => [`a.${extension}`, latin1(tiffBytes)])),
      'a.raw': 'x',
      'a.avci': 'x',
      'a.tga': 'x',
      'a.ppm': 'x',
      'a.exr': 'x',
      'a.dds': 'x',
      nameless: latin1('qoif and more'),
      'b.jpg': await jpeg(),
    });
    const { made, code, stderr } = await outputsOf([folder]);
    expect([code, made]).toEqual([0, { 'b.jpg': 'b.jpg jpeg' }]);
    for (const extension of unread) expect(stderr).toContain(`1 × .${extension}`);
    expect(stderr).toContain('1 × QOI without an extension');
  });

  test('is a raw photo by its content, and becomes a JPEG as those that are named so', async () => {
    const folder = tempFolder();
    const parts = { thumbnail: await jpeg(), preview: await jpeg(), full: await jpeg() };
    const raw = rawContainers.nef(parts);
    writeFiles(folder, {
      'a.NEF': raw,
      'b.raw': raw,
      'c.cr3': rawContainers.cr3(parts),
      'c.jpg': await jpeg(),
      nameless: raw,
      'orphan.dng': latin1(tiffBytes),
    });
    const { made, results } = await outputsOf([folder]);
    expect(made).toEqual({
      'a.NEF': 'a.jpg jpeg',
      'b.raw': 'b.jpg jpeg',
      'c.cr3': 'c.cr3.jpg jpeg',
      'c.jpg': 'c.jpg jpeg',
      nameless: 'nameless.jpg jpeg',
    });
    expect(results.filter(({ via }) => via === 'embedded').length).toBe(4);
    const [orphan] = results.filter(({ status }) => status === 'failed');
    expect(orphan).toMatchObject({ error: { code: 'NO_PREVIEW' } });
  });

  test('may be a pipe, which nobody waits for', async () => {
    const folder = tempFolder();
    execFileSync('mkfifo', [join(folder, 'a.heic'), join(folder, 'b')]);
    writeFileSync(join(folder, 'c.jpg'), await jpeg());
    expect((await outputsOf([folder])).made).toEqual({ 'c.jpg': 'c.jpg jpeg' });
  });
});

test('a thumbnail keeps an extension only if that tells its format', async () => {
  const folder = tempFolder();
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
  writeFiles(folder, {
    'a.jfi': await jpeg(),
    'b.pjpeg': await jpeg(),
    'c.mpo': await jpeg(),
    'd.jps': await jpeg(),
    'e.apng': await png(),
    'f.avifs': await plain(40, 30).avif({ effort: 0 }).toBuffer(),
    'g.svgz': gzipSync(svg),
  });
  expect((await outputsOf([folder])).made).toEqual({
    'a.jfi': 'a.jfi jpeg',
    'b.pjpeg': 'b.pjpeg jpeg',
    'c.mpo': 'c.jpg jpeg',
    'd.jps': 'd.jpg jpeg',
    'e.apng': 'e.png png',
    'f.avifs': 'f.avif heif',
    'g.svgz': 'g.png png',
  });
});

// Other systems take no such names.
describe.runIf(process.platform === 'linux')('a name that is not UTF-8', () => {
  const within = (folder: string, name: string) => Buffer.concat([latin1(`${folder}/`), latin1(name)]);

  test('fails by its own code and is told by its bytes; the walk goes on', async () => {
    const folder = tempFolder();
    const image = await jpeg();
    for (const name of ['caf\xe9.jpg', 'caf\xe8.jpg', 'notes\xe9.txt']) {
      writeFileSync(within(folder, name), image);
    }
    mkdirSync(within(folder, '\xe9t\xe9'));
    writeFileSync(within(folder, '\xe9t\xe9/x.jpg'), image);
    writeFiles(folder, { 'ok.jpg': image, 'real\uFFFD.jpg': image });
    const { code, results, summary } = await new Shell().json(['thumbs', folder]);
    expect(code).toBe(1);
    expect(summary).toMatchObject({ total: 5, done: 2, failed: 3 });
    const failures = results.filter(({ status }) => status === 'failed');
    expect(failures.map(({ input, error }) => [String(input).slice(folder.length + 1), error])).toEqual(
      ['\\xE9t\\xE9', 'caf\\xE8.jpg', 'caf\\xE9.jpg'].map((name) => [
        name,
        { code: 'NAME_NOT_UTF8', message: `Cannot read ${folder}/${name}: the name is not UTF-8.` },
      ]),
    );
    expect(readdirSync(join(folder, 'thumbs')).toSorted()).toEqual(['ok.jpg', 'real\uFFFD.jpg']);
  });

  test('as an argument is not said to be missing', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'ok.jpg': await jpeg() });
    // Node gives a program such an argument with the bytes replaced.
    const { results } = await new Shell().json(['thumbs', `${folder}/caf\uFFFD.jpg`, join(folder, 'ok.jpg')]);
    const failed = results.find(({ status }) => status === 'failed');
    expect(failed?.error).toMatchObject({ code: 'NAME_NOT_UTF8' });
  });
});

describe('earlier thumbnails are no originals', () => {
  test('where another output folder is given and no ledger knows of them', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'a.jpg': await jpeg(), 'sub/b.jpg': await jpeg() });
    expect((await new Shell().run(['thumbs', folder])).code).toBe(0);
    const out = join(tempFolder(), 'out');
    const { results, stderr } = await new Shell().json(['thumbs', folder, '--out', out, '--dry-run']);
    expect(results.map(({ input }) => input)).toEqual([join(folder, 'a.jpg'), join(folder, 'sub/b.jpg')]);
    expect(stderr).toContain(`${join(folder, 'thumbs')} counts as thumbnails made before`);
  });

  test('and told of only where nobody is known to have made them', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'a.jpg': await jpeg() });
    const shell = new Shell();
    await shell.run(['thumbs', folder]);
    const again = await shell.json(['thumbs', folder, '--out', join(tempFolder(), 'out')]);
    expect([again.summary, again.stderr]).toEqual([expect.objectContaining({ total: 1, done: 1 }), '']);
  });

  test('unless their folder is given itself', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'thumbs/a.jpg': await jpeg() });
    const out = join(tempFolder(), 'out');
    const { summary } = await new Shell().json(['thumbs', join(folder, 'thumbs'), '--out', out]);
    expect(summary).toMatchObject({ done: 1 });
  });
});
