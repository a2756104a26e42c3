import { join } from 'node:path';
import { expect, test } from 'vitest';
import { heicOf, withHeifEnc } from '../../test/images/heic.ts';
import { decode } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { plain } from '../../test/images/test-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('fetch --thumbs takes the fit, the format and the quality of its thumbnails', async () => {
  const jpeg = await sampleJpeg(1, 400, 200);
  await using server = await startServer((_request, response) => response.end(jpeg));
  const out = join(tempFolder(), 'files');
  const args = ['fetch', `${server.origin}/a.jpg`, '--out', out, '--force', '--thumbs', '80'];
  const { results } = await new Shell().json([...args, '--fit', 'cover', '--format', 'png']);
  const output = join(out, 'thumbs', 'a.jpg.png');
  expect(results).toMatchObject([{ thumbnail: { output } }]);
  expect(await decode(output)).toEqual({ width: 80, height: 80 });
  const sizes = [];
  for (const quality of ['20', '95']) {
    const { summary } = await new Shell().json([...args, '--no-originals', '--quality', quality]);
    sizes.push(Number(summary?.bytesOut));
  }
  expect(sizes[0]).toBeLessThan(sizes[1] ?? 0);
});

test('how thumbnails are to be is refused where none are asked for', async () => {
  const { code, stderr } = await new Shell().run(['fetch', 'http://127.0.0.1:9/a.jpg', '--fit', 'cover']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('add --thumbs')]);
});

withHeifEnc.test('fetched HEIC gets thumbnails, too, with its original kept or not', async () => {
  const heic = heicOf(await plain(400, 300).png().toBuffer(), '-t', '160');
  await using server = await startServer((_request, response) => response.end(heic));
  for (const more of [[], ['--no-originals']]) {
    const out = join(tempFolder(), 'files');
    const args = ['fetch', `${server.origin}/IMG_1.HEIC`, '--out', out, '--thumbs', '80', ...more];
    const { code, stdout } = await new Shell().run([...args, '--json']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('"width":80,"height":60')]);
    expect(stdout).toContain('IMG_1.HEIC.jpg');
  }
});
