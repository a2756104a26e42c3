import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, hashes } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { plain } from '../../test/images/test-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';
import { sniffImage } from '../shared/image-formats.ts';

async function twoImages(): Promise<string> {
  const folder = tempFolder();
  writeFiles(folder, {
    'a.jpg': await sampleJpeg(1, 300, 200),
    'a.png': await plain(300, 200).png().toBuffer(),
  });
  return folder;
}

const named = (names: readonly string[], [...formats]: readonly string[]) =>
  names.flatMap((name) => formats.map((format) => `${name}.${format}`)).toSorted();

describe('thumbs with several formats', () => {
  test('writes each image in each of them, and tells all that it wrote', async () => {
    const folder = await twoImages();
    const before = hashes(folder, readdirSync(folder));
    const shell = new Shell();
    const args = ['thumbs', folder, '--format', 'webp', '--format', 'jpeg', '--size', '60', '--size', '30'];
    const { code, results } = await shell.json(args);
    expect(code).toBe(0);
    const out = join(folder, 'thumbs');
    const sized = ['a-30x30', 'a-60x60', 'a.png-30x30', 'a.png-60x60'];
    expect(filesBelow(out)).toEqual(named(sized, ['jpg', 'webp']));
    for (const file of filesBelow(out)) {
      expect(sniffImage(readFileSync(join(out, file)))?.name).toBe(file.endsWith('.jpg') ? 'JPEG' : 'WebP');
    }
    const [first] = results.filter(({ input }) => String(input).endsWith('a.jpg'));
    expect(first).toMatchObject({
      output: join(out, 'a-60x60.webp'),
      outputs: ['a-60x60.webp', 'a-30x30.webp', 'a-60x60.jpg', 'a-30x30.jpg'].map((name) => ({
        output: join(out, name),
        bytesOut: readFileSync(join(out, name)).length,
      })),
    });
    const again = await shell.json(args);
    expect(again.results.map(({ status, reason }) => [status, reason])).toEqual([
      ['skipped', 'unchanged'],
      ['skipped', 'unchanged'],
    ]);
    expect(hashes(folder, Object.keys(before))).toEqual(before);
  });

  test('writes a format once that the image has already', async () => {
    const folder = await twoImages();
    const args = ['thumbs', folder, '--format', 'same', '--format', 'jpeg'];
    const { code } = await new Shell().run(args);
    expect(code).toBe(0);
    expect(filesBelow(join(folder, 'thumbs'))).toEqual(['a.jpg', 'a.png', 'a.png.jpg']);
  });

  test('takes them from a variable, too, and refuses one that is given twice', async () => {
    const folder = await twoImages();
    const { code } = await new Shell().run(['thumbs', folder], { env: { SHOAL_FORMAT: 'webp,png' } });
    expect(code).toBe(0);
    expect(filesBelow(join(folder, 'thumbs'))).toEqual(named(['a', 'a.jpg'], ['png', 'webp']));
    const twice = await new Shell().run(['thumbs', folder, '--format', 'webp', '--format', 'webp']);
    expect(twice).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Expected each once, got webp again.'),
    });
  });
});
