import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { plain } from '../../test/images/test-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder } from '../../test/temp-folder.ts';

/** The colour of a thumbnail's first pixel. */
async function colourOf(path: string): Promise<number[]> {
  const data = await sharp(path).removeAlpha().raw().toBuffer();
  return [...data.subarray(0, 3)];
}

test('files of equal size and time that were swapped are made again', async () => {
  const folder = tempFolder();
  const [a, b] = [join(folder, 'a.tif'), join(folder, 'b.tif')];
  for (const [path, colour] of [
    [a, '#c80000'],
    [b, '#0000c8'],
  ] as const) {
    writeFileSync(path, await plain(40, 40, colour).tiff({ compression: 'none' }).toBuffer());
    utimesSync(path, 0, 0);
  }
  const shell = new Shell();
  const args = ['thumbs', folder, '--format', 'png'];
  expect((await shell.json(args)).summary).toMatchObject({ done: 2 });
  expect((await shell.json(args)).summary).toMatchObject({ skipped: 2 });
  renameSync(a, join(folder, 'c'));
  renameSync(b, a);
  renameSync(join(folder, 'c'), b);
  expect((await shell.json(args)).summary).toMatchObject({ done: 2, skipped: 0 });
  expect(await colourOf(join(folder, 'thumbs/a.png'))).toEqual([0, 0, 200]);
  expect(await colourOf(join(folder, 'thumbs/b.png'))).toEqual([200, 0, 0]);
});
