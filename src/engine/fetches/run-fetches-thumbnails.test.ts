import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { routes, startServer, text } from '../../../test/servers/test-server.ts';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { UsageError } from '../../shared/failure.ts';
import { Workers } from '../pool/workers.ts';

describe('thumbnails of what arrives', () => {
  let image: Buffer;
  beforeAll(async () => {
    image = await sharp({ create: { width: 200, height: 100, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
  });
  const pictures = routes({
    '/a.jpg': (_request, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(image),
    '/b': (_request, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(image),
    '/page.html': text('<html>'),
  });

  it('are made beside the files and told in the results', async () => {
    await using server = await startServer(pictures);
    using runs = new FetchRuns();
    const urls = ['/a.jpg', '/b', '/page.html'].map((path) => server.origin + path);
    const { of } = await runs.fetch(urls, { thumbnail: {} });
    expect(of(urls[0] ?? '')).toMatchObject({
      status: 'done',
      output: join(runs.folder, 'a.jpg'),
      thumbnail: { output: join(runs.folder, 'thumbs', 'a.jpg'), width: 75, height: 38 },
    });
    expect(of(urls[1] ?? '')).toMatchObject({ thumbnail: { output: join(runs.folder, 'thumbs', 'b.jpg') } });
    expect(of(urls[2] ?? '')).toMatchObject({ status: 'failed', output: join(runs.folder, 'page.html') });
    const again = await runs.fetch(urls.slice(0, 2), { thumbnail: {} });
    expect(again.summary).toMatchObject({ skipped: 2 });
  });

  it('are all that is written where the originals are not wanted', async () => {
    await using server = await startServer(pictures);
    using runs = new FetchRuns();
    const urls = ['/a.jpg', '/b'].map((path) => server.origin + path);
    const { results } = await runs.fetch(urls, { thumbnail: {}, originals: false });
    expect(results).toMatchObject([{ status: 'done', thumbnail: { width: 75 } }, { status: 'done' }]);
    expect(runs.files()).toEqual(['thumbs']);
    expect(readdirSync(join(runs.folder, 'thumbs')).sort()).toEqual(['a.jpg', 'b.jpg']);
  });

  it('are made also of what memory has no room for, which leaves nothing behind', async () => {
    // Uncompressed pixels: 18 MB, more than one body may hold in memory.
    const tiff = await sharp({ create: { width: 3000, height: 2000, channels: 3, background: 'red' } })
      .tiff({ compression: 'none' })
      .toBuffer();
    expect(tiff.length).toBeGreaterThan(16 * 1024 * 1024);
    const noImage = Buffer.alloc(tiff.length, 'no image');
    await using server = await startServer(
      routes({
        '/a.tif': (_request, response) => response.end(tiff),
        '/b.jpg': (_request, response) => response.end(noImage),
      }),
    );
    using runs = new FetchRuns();
    const urls = ['/a.tif', '/b.jpg'].map((path) => server.origin + path);
    const { of } = await runs.fetch(urls, { thumbnail: { format: 'jpeg' }, originals: false });
    expect(of(urls[0] ?? '')).toMatchObject({
      status: 'done',
      bytesIn: tiff.length,
      thumbnail: { output: join(runs.folder, 'thumbs', 'a.tif.jpg'), width: 75, height: 50 },
    });
    const failed = of(urls[1] ?? '');
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'NOT_AN_IMAGE' } });
    expect(failed.error?.message).toContain(urls[1]);
    expect(failed.error?.message).not.toContain('.part');
    expect(runs.files()).toEqual(['thumbs']);
    expect(readdirSync(join(runs.folder, 'thumbs'))).toHaveLength(1);
  });

  it('are made also by a pool that was started without a thought of them', async () => {
    await using server = await startServer(pictures);
    using runs = new FetchRuns();
    const workers = new Workers();
    workers.startForFetches(false);
    const { summary } = await runs.fetch([`${server.origin}/a.jpg`], { thumbnail: {} }, { workers });
    expect(summary).toMatchObject({ done: 1 });
  });

  it('are each of their own image, whoever makes them and whatever the answers call them', async () => {
    const jpeg = (background: string) =>
      sharp({ create: { width: 200, height: 100, channels: 3, background } })
        .jpeg()
        .toBuffer();
    // Noise, which is too large for a thumbnail at once.
    const large = await sharp({
      create: {
        width: 1200,
        height: 600,
        channels: 3,
        background: 'white',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .linear([0, 1, 0], [0, 0, 0])
      .jpeg({ quality: 100 })
      .toBuffer();
    expect(large.length).toBeGreaterThan(256 * 1024);
    const blue = await jpeg('#00f');
    const png = await sharp(blue).png().toBuffer();
    const named = { 'content-type': 'image/jpeg', 'content-disposition': 'attachment; filename="a.jpg"' };
    await using server = await startServer(
      routes({
        '/a.jpg': (_request, response) => response.end(image),
        '/other/a.jpg': (_request, response) => response.end(blue),
        '/a': (_request, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(blue),
        '/called-a': (_request, response) => response.writeHead(200, named).end(blue),
        '/b.jpg': (_request, response) => response.end(large),
        '/c.png': (_request, response) => response.end(png),
      }),
    );
    const colours: Record<string, string> = {
      '/a.jpg': 'red',
      '/other/a.jpg': 'blue',
      '/a': 'blue',
      '/called-a': 'blue',
      '/b.jpg': 'green',
      '/c.png': 'blue',
    };
    for (const originals of [false, true]) {
      using runs = new FetchRuns();
      const { of, summary } = await runs.fetch(
        Object.keys(colours).map((path) => server.origin + path),
        { thumbnail: {}, originals },
      );
      expect(summary).toMatchObject({ total: 6, done: 6 });
      const outputs = Object.keys(colours).map((path) => of(server.origin + path).thumbnail?.output ?? '');
      expect(new Set(outputs).size).toBe(6);
      for (const [place, colour] of Object.values(colours).entries()) {
        const { channels } = await sharp(outputs[place]).stats();
        const means = channels.map(({ mean }) => mean);
        const brightest = ['red', 'green', 'blue'][means.indexOf(Math.max(...means))];
        expect([outputs[place], brightest]).toEqual([outputs[place], colour]);
      }
      // Which of the files gets the name that both answers propose depends on which arrives first.
      if (!originals) expect(outputs[0]).toBe(join(runs.folder, 'thumbs', 'a.jpg'));
    }
  });

  it('are not made again where the server says that nothing has changed, also without the originals', async () => {
    await using server = await startServer((request, response) => {
      if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'image/jpeg', etag: '"one"' }).end(image);
    });
    using runs = new FetchRuns();
    const urls = ['/a.jpg', '/b'].map((path) => server.origin + path);
    const recipe = { thumbnail: { furtherBoxes: [{ width: 20, height: 20 }] }, originals: false };
    await runs.fetch(urls, recipe);
    const thumbs = readdirSync(join(runs.folder, 'thumbs')).sort();
    expect(thumbs).toHaveLength(4);
    const again = await runs.fetch(urls, recipe);
    for (const [place, name] of ['a', 'b'].entries()) {
      const thumbnail = { output: join(runs.folder, 'thumbs', `${name}-75x75.jpg`) };
      expect(again.of(urls[place] ?? '')).toMatchObject({
        status: 'skipped',
        reason: 'unchanged',
        thumbnail,
      });
    }
    expect(again.summary).toMatchObject({ skipped: 2, bytesOut: 0 });
    // If one of the sizes is missing, or another is asked for, the file must not be skipped.
    rmSync(join(runs.folder, 'thumbs', 'a-20x20.jpg'));
    const mended = await runs.fetch(urls, recipe);
    expect(urls.map((url) => mended.of(url).status)).toEqual(['done', 'skipped']);
    expect(readdirSync(join(runs.folder, 'thumbs')).sort()).toEqual(thumbs);
    const smaller = { ...recipe, thumbnail: { box: { width: 50, height: 50 } } };
    expect((await runs.fetch(urls, smaller)).summary).toMatchObject({ done: 2 });
  });

  it('count as written, and a dry run tells where they would go', async () => {
    await using server = await startServer(pictures);
    using runs = new FetchRuns();
    const recipe = { thumbnail: {}, originals: false };
    const planned = await runs.fetch([`${server.origin}/a.jpg`], recipe, { dryRun: true });
    const output = join(runs.folder, 'thumbs', 'a.jpg');
    expect(planned.results).toMatchObject([{ status: 'skipped', reason: 'dry-run', output }]);
    const { summary } = await runs.fetch([`${server.origin}/a.jpg`], recipe);
    expect(summary.bytesOut).toBe(statSync(output).size);
  });

  it('are never written over those of another URL, of this run or an earlier one', async () => {
    await using server = await startServer(
      routes({
        '/a/photo.jpg': (_request, response) => response.end(image),
        '/b/photo.jpg': (_request, response) => response.end(other),
        '/a/photo.jpg.webp': (_request, response) => response.end(other),
      }),
    );
    const other = await sharp({ create: { width: 10, height: 40, channels: 3, background: 'blue' } })
      .jpeg()
      .toBuffer();
    using runs = new FetchRuns();
    const [first, second, third] = ['/a/photo.jpg', '/b/photo.jpg', '/a/photo.jpg.webp'].map(
      (path) => server.origin + path,
    ) as [string, string, string];
    const recipe = { thumbnail: {}, originals: false };
    const heightOf = async (url: string, { of }: Awaited<ReturnType<typeof runs.fetch>>) =>
      (await sharp(readFileSync(of(url).thumbnail?.output ?? '')).metadata()).height;
    const before = await runs.fetch([first], recipe);
    const after = await runs.fetch([second], recipe);
    expect([await heightOf(first, before), await heightOf(second, after)]).toEqual([38, 40]);
    // On a second run, each file replaces its own thumbnail.
    await runs.fetch([second, first], recipe, { force: true });
    expect(readdirSync(join(runs.folder, 'thumbs'))).toHaveLength(2);
    for (const originals of [true, false]) {
      using webp = new FetchRuns();
      const run = await webp.fetch([first, third], { thumbnail: { format: 'webp' }, originals });
      expect([await heightOf(first, run), await heightOf(third, run)]).toEqual([38, 40]);
      const again = await webp.fetch([first, third], { thumbnail: { format: 'webp' }, originals });
      expect(again.summary).toMatchObject({ skipped: 2 });
    }
  });
});

describe('thumbnails of what arrives are written to the folder inside the one given, and nowhere else', () => {
  const refused = async (lead: (thumbs: string, elsewhere: string) => void, dryRun: boolean) => {
    using runs = new FetchRuns();
    const elsewhere = tempFolder();
    writeFiles(elsewhere, { 'a.jpg': 'somebody else’s' });
    mkdirSync(runs.folder);
    lead(join(runs.folder, 'thumbs'), elsewhere);
    const run = runs.fetch(['http://127.0.0.1:9/a.jpg'], { thumbnail: {} }, { dryRun });
    await expect(run).rejects.toThrow(UsageError);
    await expect(run).rejects.toThrow(join(runs.folder, 'thumbs'));
    expect(readFileSync(join(elsewhere, 'a.jpg'), 'utf8')).toBe('somebody else’s');
  };

  it.each([false, true])('a symlink in its place is refused (dry run: %s)', async (dryRun) => {
    await refused((thumbs, elsewhere) => symlinkSync(elsewhere, thumbs), dryRun);
    await refused((thumbs) => symlinkSync('.', thumbs), dryRun);
    await refused((thumbs) => symlinkSync('absent', thumbs), dryRun);
  });

  it('the one given may be a symlink', async () => {
    await using server = await startServer((_request, response) => response.end('a file'));
    using runs = new FetchRuns();
    const elsewhere = tempFolder();
    writeFiles(elsewhere, { 'a.jpg': 'somebody else’s' });
    symlinkSync(elsewhere, runs.folder);
    const { summary } = await runs.fetch([`${server.origin}/a.jpg`]);
    expect(summary).toMatchObject({ done: 1 });
    expect(readFileSync(join(elsewhere, 'a.jpg'), 'utf8')).toBe('somebody else’s');
    expect(readdirSync(elsewhere)).toHaveLength(2);
  });
});
