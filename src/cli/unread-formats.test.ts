import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

/** The beginning of an OpenEXR file. */
const exr = Buffer.from([0x76, 0x2f, 0x31, 0x01]);
/** HEIF of AVC. */
const avci = Buffer.from('\0\0\0\x18ftypavci\0\0\0\0mif1avci', 'latin1');

test('an image in a format that is not read is told as that, by its content, with what to do', async () => {
  const folder = tempFolder();
  const files = {
    'a.exr': exr,
    'b.jpg': 'qoif, and more of it',
    'c.png': Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x04CgBI', 'latin1'),
    'd.jpg': 'P6\n4 4 255\n',
    'e.jpg': 'gimp xcf v011',
    'f.avci': avci,
    'g.jpg': 'BMW is no image',
  };
  writeFiles(folder, files);
  const paths = Object.keys(files).map((name) => join(folder, name));
  const { code, results } = await new Shell().json(['thumbs', ...paths]);
  expect(code).toBe(1);
  const told = results.map(({ input, error }) => [
    String(input).slice(folder.length + 1),
    (error as { code: string }).code,
    /is an? (.*) image, which/.exec((error as { message: string }).message)?.[1],
  ]);
  expect(told.sort()).toEqual([
    ['a.exr', 'UNSUPPORTED_IMAGE', 'OpenEXR'],
    ['b.jpg', 'UNSUPPORTED_IMAGE', 'QOI'],
    ['c.png', 'UNSUPPORTED_IMAGE', "Xcode's PNG (CgBI)"],
    ['d.jpg', 'UNSUPPORTED_IMAGE', 'Netpbm'],
    ['e.jpg', 'UNSUPPORTED_IMAGE', 'GIMP'],
    ['f.avci', 'UNSUPPORTED_IMAGE', 'HEIF'],
    ['g.jpg', 'NOT_AN_IMAGE', undefined],
  ]);
});

test('a folder’s images that cannot be read are passed over with a word, where they were meant', async () => {
  const folder = tempFolder();
  const image = await sampleJpeg(1, 60, 40);
  writeFiles(folder, {
    'a.jpg': image,
    'b.EXR': exr,
    'sub/c.exr': exr,
    'd.tga': 'x',
    '.e.exr': exr,
    'f.txt': 'text',
  });
  const all = await new Shell().run(['thumbs', folder]);
  expect(all.code).toBe(0);
  expect(all.stderr).toBe(
    `warning: Images in formats that cannot be read were passed over in ${folder} (2 × .exr, 1 × .tga): convert them first.\n`,
  );
  const matched = await new Shell().run(['thumbs', folder, '--match', '*.jpg']);
  expect([matched.code, matched.stderr]).toEqual([0, '']);
});

test('a folder’s videos are passed over with one word, where what reads them is not installed', async () => {
  const folder = tempFolder();
  const film = Buffer.from('\0\0\0\x14ftypisom', 'latin1');
  writeFiles(folder, {
    'a.jpg': await sampleJpeg(1, 60, 40),
    'b.MP4': film,
    'sub/c.mp4': film,
    'd.mkv': film,
    e: film,
  });
  const env = { PATH: '' };
  const all = await new Shell().run(['thumbs', folder], { env });
  expect([all.code, all.stderr]).toEqual([
    0,
    `warning: Videos were passed over in ${folder} (1 × .mkv, 2 × .mp4, 1 × video without an extension): install ffmpeg, which takes a picture out of them.\n`,
  ]);
  const { results } = await new Shell().json(['thumbs', join(folder, 'd.mkv')], { env });
  expect(results[0]?.error).toMatchObject({ code: 'FFMPEG_MISSING' });
});
