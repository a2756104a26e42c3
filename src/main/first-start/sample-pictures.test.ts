import { readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/temp-folder.ts';
import { makeSamplePictures } from './sample-pictures.ts';

test('sixty pictures are drawn that others can read, each different, and together small', async () => {
  const folder = join(tempFolder(), 'Shoal', 'Sample pictures');
  await makeSamplePictures(folder);
  const files = readdirSync(folder).map((name) => join(folder, name));
  expect(files).toHaveLength(60);
  const contents = new Set<string>();
  let bytes = 0;
  for (const file of files) {
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(3);
    contents.add(data.toString('latin1'));
    bytes += statSync(file).size;
  }
  expect(contents.size).toBe(60);
  expect(bytes).toBeLessThan(2_000_000);
});

test('what is there already stays, and what is missing comes back the same', async () => {
  const folder = tempFolder();
  await makeSamplePictures(folder);
  const file = join(folder, 'sample-07.png');
  const before = readFileSync(file);
  const other = statSync(join(folder, 'sample-08.png')).mtimeMs;
  unlinkSync(file);
  await makeSamplePictures(folder);
  expect(readFileSync(file)).toEqual(before);
  expect(statSync(join(folder, 'sample-08.png')).mtimeMs).toBe(other);
});
