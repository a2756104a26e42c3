import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

/** A picture of one pixel: the file's header, the image's header, blue. */
const bmp = Buffer.from(
  `424d3a0000000000000036000000${'28000000010000000100000001001800'}${'00'.repeat(24)}ff000000`,
  'hex',
);
/** HEIF of AVC. */
const avci = Buffer.from('\0\0\0\x18ftypavci\0\0\0\0mif1avci', 'latin1');

test('an image in a format that is not read is told as that, by its content, with what to do', async () => {
  const folder = tempFolder();
  const files = {
    'a.bmp': bmp,
    'b.avci': avci,
    'c.jpg': Buffer.from('\xff\x0a and more of it', 'latin1'),
    'd.jpg': Buffer.from('\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ', 'latin1'),
    'e.jpg': Buffer.from(`8BPS\0\x01${'\0'.repeat(20)}`, 'latin1'),
    'f.jpg': Buffer.from(`\0\0\x01\0\x01\0${'\0'.repeat(16)}`, 'latin1'),
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
    ['a.bmp', 'UNSUPPORTED_IMAGE', 'BMP'],
    ['b.avci', 'UNSUPPORTED_IMAGE', 'HEIF'],
    ['c.jpg', 'UNSUPPORTED_IMAGE', 'JPEG XL'],
    ['d.jpg', 'UNSUPPORTED_IMAGE', 'JPEG 2000'],
    ['e.jpg', 'UNSUPPORTED_IMAGE', 'Photoshop'],
    ['f.jpg', 'UNSUPPORTED_IMAGE', 'icon'],
    ['g.jpg', 'NOT_AN_IMAGE', undefined],
  ]);
});

test('a folder’s images that cannot be read are passed over with a word, where they were meant', async () => {
  const folder = tempFolder();
  const image = await sampleJpeg(1, 60, 40);
  writeFiles(folder, {
    'a.jpg': image,
    'b.AVCI': avci,
    'sub/c.avci': avci,
    'd.bmp': bmp,
    '.e.avci': avci,
    'f.txt': 'text',
  });
  const all = await new Shell().run(['thumbs', folder]);
  expect(all.code).toBe(0);
  expect(all.stderr).toBe(
    `warning: Images in formats that cannot be read were passed over in ${folder} (1 × .bmp, 2 × .avci): convert them first.\n`,
  );
  const matched = await new Shell().run(['thumbs', folder, '--match', '*.jpg']);
  expect([matched.code, matched.stderr]).toEqual([0, '']);
});
