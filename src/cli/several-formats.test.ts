import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, hashes } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { noise, plain } from '../../test/images/test-images.ts';
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

describe('thumbs with --max-bytes', () => {
  test('lowers the quality until each fits, and says which that is', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'a.jpg': await sampleJpeg(1, 300, 200) });
    const args = [
      'thumbs',
      folder,
      '--size',
      '250',
      '--max-bytes',
      '1500',
      '--format',
      'webp',
      '--format',
      'jpeg',
    ];
    const { code, results } = await new Shell().json(args);
    expect(code).toBe(0);
    const [{ outputs = [] } = {}] = results as unknown as [
      { outputs?: { bytesOut: number; quality?: number }[] },
    ];
    expect(outputs).toHaveLength(2);
    for (const { bytesOut, quality } of outputs) {
      expect(bytesOut).toBeLessThanOrEqual(1500);
      expect(quality).toBeLessThan(80);
    }
  });

  test('fails where that is impossible, says what to do, and writes nothing', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'a.png': await noise(300, 200).png().toBuffer() });
    const { code, stdout, stderr } = await new Shell().run(['thumbs', folder, '--max-bytes', '100']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /has \d+ bytes, more than the 100 that are allowed, and there is no quality to lower/,
    );
    expect(stdout).toContain('TOO_MANY_BYTES: Even in the lowest quality');
    expect(existsSync(join(folder, 'thumbs'))).toBe(false);
  });
});

describe('thumbs with --only-if-smaller', () => {
  /** A PNG of one colour is far smaller than any JPEG of it. */
  const images = async () => {
    const folder = tempFolder();
    writeFiles(folder, {
      'large.jpg': await noise(300, 200).jpeg({ quality: 95 }).toBuffer(),
      'small.png': await plain(40, 30).png().toBuffer(),
    });
    return folder;
  };
  const ends = ({ results }: { readonly results: readonly Readonly<Record<string, unknown>>[] }) =>
    results.map(({ input, status, reason }) => [String(input).slice(-9), status, reason]);

  test('leaves out what would be no smaller, and does not try it again', async () => {
    const folder = await images();
    const shell = new Shell();
    const args = ['thumbs', folder, '--only-if-smaller', '--format', 'jpeg'];
    const first = await shell.json(args);
    expect(first.code).toBe(0);
    expect(ends(first)).toEqual([
      ['large.jpg', 'done', undefined],
      ['small.png', 'skipped', 'not-smaller'],
    ]);
    expect(first.summary).toMatchObject({ done: 1, skipped: 1 });
    expect(filesBelow(join(folder, 'thumbs'))).toEqual(['large.jpg']);
    const again = await shell.json(args);
    expect(ends(again)).toEqual([
      ['large.jpg', 'skipped', 'unchanged'],
      ['small.png', 'skipped', 'not-smaller'],
    ]);
    expect(again.results.map(({ ms }) => ms)).toEqual([0, 0]);
    expect(again.results[1]).not.toHaveProperty('output');
  });

  test('tries it again where the image has changed', async () => {
    const folder = await images();
    const shell = new Shell();
    const args = ['thumbs', folder, '--only-if-smaller', '--format', 'jpeg'];
    await shell.run(args);
    writeFiles(folder, { 'small.png': await noise(90, 90).png().toBuffer() });
    expect(ends(await shell.json(args))[1]).toEqual(['small.png', 'done', undefined]);
  });

  test('writes those formats alone that are smaller', async () => {
    const folder = await images();
    const args = ['thumbs', folder, '--only-if-smaller', '--format', 'jpeg', '--format', 'png'];
    const shell = new Shell();
    const first = await shell.json(args);
    const written = filesBelow(join(folder, 'thumbs'));
    expect(first.results.flatMap(({ output }) => output ?? [])).toEqual(
      first.results.flatMap(({ status, output }) => (status === 'done' ? [output] : [])),
    );
    expect(written).toContain('large.jpg');
    const again = await shell.json(args);
    expect(again.results.map(({ output }) => output)).toEqual(first.results.map(({ output }) => output));
  });

  test('leaves what an earlier run has made', async () => {
    const folder = await images();
    const shell = new Shell();
    await shell.run(['thumbs', folder, '--format', 'jpeg']);
    const before = hashes(join(folder, 'thumbs'), ['small.jpg']);
    const { code } = await shell.run(['thumbs', folder, '--format', 'jpeg', '--only-if-smaller']);
    expect(code).toBe(0);
    expect(hashes(join(folder, 'thumbs'), ['small.jpg'])).toEqual(before);
  });
});
