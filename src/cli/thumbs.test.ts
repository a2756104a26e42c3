import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decode, filesBelow, hashes, sampleFolder } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

const statuses = (results: readonly Readonly<Record<string, unknown>>[]) => {
  const counts: Record<string, number> = {};
  for (const { status } of results) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
  return counts;
};

describe('thumbs --json', () => {
  test('tells each item and the summary in exactly the contract’s shape', async () => {
    const folder = await sampleFolder(5);
    writeFileSync(join(folder, 'zz.jpg'), 'not an image');
    const before = hashes(folder, readdirSync(folder));
    const { code, results, summary, stderr } = await new Shell().json(['thumbs', folder]);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    const done = results.filter(({ status }) => status === 'done');
    expect(done).toHaveLength(5);
    for (const result of done) {
      expect(result).toEqual({
        type: 'result',
        status: 'done',
        input: expect.stringContaining(folder),
        output: expect.stringContaining(join(folder, 'thumbs/sample-')),
        bytesIn: expect.any(Number),
        bytesOut: expect.any(Number),
        width: expect.any(Number),
        height: expect.any(Number),
        colour: expect.stringMatching(/^#[0-9a-f]{6}$/),
        ms: expect.any(Number),
        via: expect.any(String),
      });
      expect(await decode(String(result.output))).toEqual({ width: result.width, height: result.height });
      expect(readFileSync(String(result.output)).length).toBe(result.bytesOut);
    }
    expect(results.filter(({ status }) => status === 'failed')).toEqual([
      {
        type: 'result',
        status: 'failed',
        input: join(folder, 'zz.jpg'),
        ms: expect.any(Number),
        error: { code: 'NOT_AN_IMAGE', message: expect.stringContaining('zz.jpg') },
      },
    ]);
    expect(summary).toEqual({
      type: 'summary',
      total: 6,
      done: 5,
      skipped: 0,
      failed: 1,
      cancelled: 0,
      seconds: expect.any(Number),
      perSecond: expect.any(Number),
      bytesIn: expect.any(Number),
      bytesOut: expect.any(Number),
      causes: { NOT_AN_IMAGE: 1 },
      stages: { read: expect.any(Number), decode: expect.any(Number), write: expect.any(Number) },
      pool: { size: expect.any(Number), automatic: true },
    });
    expect(filesBelow(join(folder, 'thumbs'))).toEqual(
      Object.keys(before)
        .filter((name) => name !== 'zz.jpg')
        .sort(),
    );
    expect(hashes(folder, Object.keys(before))).toEqual(before);
  });

  test('skips what is there, and does it again for --force, another recipe, input or a missing output', async () => {
    const folder = await sampleFolder(6);
    const shell = new Shell();
    const counts = async (...args: string[]) => {
      const { code, results } = await shell.json(['thumbs', folder, ...args]);
      expect(code).toBe(0);
      return statuses(results);
    };
    expect(await counts()).toEqual({ done: 6 });
    expect(await counts()).toEqual({ skipped: 6 });
    expect(await counts('--force')).toEqual({ done: 6 });
    expect(await counts('--size', '50')).toEqual({ done: 6 });
    expect(await counts('--size', '50')).toEqual({ skipped: 6 });
    expect(await counts('--size', '50', '--quality', '30')).toEqual({ done: 6 });
    expect(await counts()).toEqual({ done: 6 });
    writeFileSync(join(folder, 'sample-00001.jpg'), await sampleJpeg(99, 300, 200));
    expect(await counts()).toEqual({ done: 1, skipped: 5 });
    utimesSync(join(folder, 'sample-00002.jpg'), new Date(), new Date());
    expect(await counts()).toEqual({ done: 1, skipped: 5 });
    rmSync(join(folder, 'thumbs/sample-00003.jpg'));
    expect(await counts()).toEqual({ done: 1, skipped: 5 });
    const { results } = await shell.json(['thumbs', folder]);
    expect(results[0]).toEqual({
      type: 'result',
      status: 'skipped',
      reason: 'unchanged',
      input: expect.any(String),
      output: expect.any(String),
      ms: 0,
    });
  }, 180_000);
});

describe('where outputs go', () => {
  test('subfolders are mirrored, and no outputs are ever walked as inputs', async () => {
    const folder = await sampleFolder(2);
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/a.jpg'), await sampleJpeg(1, 200, 100));
    const shell = new Shell();
    // An earlier run on the subfolder alone leaves a thumbs/ there that only the ledger knows to be Shoal's.
    await shell.run(['thumbs', join(folder, 'sub')]);
    await shell.run(['thumbs', folder]);
    const { summary } = await shell.json(['thumbs', folder, '--force']);
    expect(summary).toMatchObject({ total: 3, done: 3 });
    expect(filesBelow(join(folder, 'thumbs'))).toEqual(['sample-00001.jpg', 'sample-00002.jpg', 'sub/a.jpg']);
  });

  test('--out inside the input is not walked, in this run or the next with another --out', async () => {
    const folder = await sampleFolder(3);
    const shell = new Shell();
    await shell.run(['thumbs', folder, '--out', join(folder, 'web')]);
    const again = await shell.json(['thumbs', folder, '--out', join(folder, 'small'), '--size', '20']);
    expect(again.summary).toMatchObject({ total: 3, done: 3 });
    expect(filesBelow(join(folder, 'small'))).toHaveLength(3);
  });

  test('a file of somebody else’s in --out is not overwritten without --force', async () => {
    const folder = await sampleFolder(2);
    const out = tempFolder();
    writeFiles(out, { 'sample-00001.jpg': 'the only copy of something', 'other.txt': 'x' });
    const shell = new Shell();
    const { code, results, summary } = await shell.json(['thumbs', folder, '--out', out]);
    expect(code).toBe(1);
    expect(summary).toMatchObject({ done: 1, failed: 1 });
    expect(results.find(({ status }) => status === 'failed')).toMatchObject({
      error: { code: 'OUTPUT_EXISTS', message: expect.stringContaining(join(out, 'sample-00001.jpg')) },
    });
    expect(readFileSync(join(out, 'sample-00001.jpg'), 'utf8')).toBe('the only copy of something');
    const forced = await shell.json(['thumbs', folder, '--out', out, '--force']);
    expect(forced.summary).toMatchObject({ done: 2, failed: 0 });
    expect(await decode(join(out, 'sample-00001.jpg'))).toMatchObject({ width: 75 });
  });

  test('images of the same name from several places get distinct outputs in one --out', async () => {
    const [one, two, three] = [await sampleFolder(1), await sampleFolder(1), await sampleFolder(1)];
    const file = join(three, 'sample-00001.jpg');
    const single = join(tempFolder(), 'web');
    await new Shell().run(['thumbs', one, file, '--out', single]);
    expect(filesBelow(single)).toHaveLength(2);
    const out = join(tempFolder(), 'web');
    const { results, summary } = await new Shell().json(['thumbs', one, two, file, '--out', out]);
    expect(summary).toMatchObject({ done: 3 });
    expect(new Set(results.map(({ output }) => output)).size).toBe(3);
    expect(filesBelow(out)).toHaveLength(3);
  });

  test('--dry-run tells what would be made and writes nothing', async () => {
    const folder = await sampleFolder(3);
    const out = join(folder, 'web');
    const { code, results, summary } = await new Shell().json(['thumbs', folder, '--out', out, '--dry-run']);
    expect(code).toBe(0);
    expect(summary).toMatchObject({ total: 3, skipped: 3 });
    expect(results.map(({ status, reason, output }) => [status, reason, output])).toEqual(
      [1, 2, 3].map((number) => ['skipped', 'dry-run', join(out, `sample-0000${number}.jpg`)]),
    );
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test('a folder without images is told, exits 0 and is left as it was', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'notes.txt': 'x', 'sub/more.txt': 'x' });
    const { code, stderr, summary } = await new Shell().json([
      'thumbs',
      folder,
      '--out',
      join(folder, 'a/b/c'),
    ]);
    expect(code).toBe(0);
    expect(stderr).toBe(`warning: No images found in ${folder}.\n`);
    expect(summary).toMatchObject({ total: 0 });
    expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'sub']);
    const unmatched = await new Shell().run(['thumbs', await sampleFolder(1), '--match', '*.png']);
    expect([unmatched.code, unmatched.stderr]).toEqual([
      0,
      expect.stringMatching(/No images that match \*\.png/),
    ]);
  });

  test('a run whose every item failed leaves no empty folder behind', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'a.jpg': '', 'sub/b.jpg': 'text' });
    const { code, summary } = await new Shell().json(['thumbs', folder]);
    expect([code, summary?.failed]).toEqual([1, 2]);
    expect(filesBelow(folder)).toEqual(['a.jpg', 'sub/b.jpg']);
    expect(existsSync(join(folder, 'thumbs'))).toBe(false);
  });
});
