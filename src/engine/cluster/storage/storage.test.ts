import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import sharp from 'sharp';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { filesBelow, sampleFolder } from '../../../../test/images/image-folders.ts';
import { sampleJpeg } from '../../../../test/images/sample-images.ts';
import { Shell } from '../../../../test/run-shoal.ts';
import { photo, startPhotos } from '../../../../test/servers/photos.ts';
import { startS3 } from '../../../../test/servers/s3-server.ts';
import { tempFolder, writeFiles } from '../../../../test/temp-folder.ts';
import { fetchRequestSchema, thumbnailRequestSchema } from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import { Engine, type RunRequest } from '../../engine.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { S3Place } from '../places/s3-place.ts';

const png = await sharp(photo).png().toBuffer();

let folder: string;
beforeEach(() => {
  folder = tempFolder();
  vi.stubEnv('SHOAL_STATE_DIR', join(folder, 'state'));
  return () => vi.unstubAllEnvs();
});

interface Ran {
  readonly summary: Summary;
  readonly results: ItemResult[];
  readonly warnings: string[];
}

async function run(request: RunRequest, options: RunOptions = {}): Promise<Ran> {
  const results: ItemResult[] = [];
  const warnings: string[] = [];
  await using engine = new Engine();
  const summary = await engine.run(request, {
    ...options,
    onResult: (result) => results.push(result),
    onWarning: (warning) => warnings.push(warning),
  });
  return { summary, results: results.sort((one, other) => one.index - other.index), warnings };
}

const fetchOf = (inputs: string[], outputFolder: string, recipe: object = {}) =>
  fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: inputs.map((value) => ({ kind: 'argument', value })),
    outputFolder,
    recipe: { retries: 0, ...recipe },
  });
const thumbsOf = (path: string, outputFolder?: string, further: object = {}) =>
  thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: [path], recipe: {}, outputFolder, ...further });

async function keysIn(url: string): Promise<string[]> {
  const place = await S3Place.open(url);
  const keys: string[] = [];
  for await (const key of place.list('')) keys.push(key);
  await place.close();
  return keys.sort();
}

async function put(url: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<void> {
  const place = await S3Place.open(url);
  await Promise.all(Object.entries(files).map(([key, content]) => place.write(key, content)));
  await place.close();
}

describe('outputs in an object storage', () => {
  it('are the files of a fetch, told by their URLs, and are not sent again where they are the same', async () => {
    const s3 = await startS3();
    await using server = await startPhotos();
    const request = fetchOf(
      ['a.jpg', 'gone.jpg', 'b.jpg'].map((name) => `${server.origin}/${name}`),
      's3://photos/fetched',
      { thumbnail: { box: { width: 16, height: 16 } } },
    );
    const first = await run(request);
    expect(first.summary).toMatchObject({ total: 3, done: 2, failed: 1, causes: { HTTP_404: 1 } });
    expect(first.results[0]).toMatchObject({
      status: 'done',
      output: 's3://photos/fetched/a.jpg',
      thumbnail: { output: 's3://photos/fetched/thumbs/a.jpg' },
    });
    expect(await keysIn('s3://photos/fetched')).toEqual(['a.jpg', 'b.jpg', 'thumbs/a.jpg', 'thumbs/b.jpg']);
    const sent = s3.requests.length;
    expect((await run(request)).summary).toMatchObject({ done: 0, skipped: 2, failed: 1 });
    expect(s3.requests.slice(sent).filter((each) => each.startsWith('PUT'))).toEqual([]);
  });

  it('are thumbnails of local images, in several sizes', async () => {
    await startS3();
    const photos = await sampleFolder(3);
    const recipe = { box: { width: 20, height: 20 }, furtherBoxes: [{ width: 10, height: 10 }] };
    const { summary, results } = await run(thumbsOf(photos, 's3://photos/thumbs', { recipe }));
    expect(summary).toMatchObject({ done: 3 });
    expect(await keysIn('s3://photos/thumbs')).toHaveLength(6);
    expect(results[0]?.outputs?.map(({ output }) => output?.startsWith('s3://photos/thumbs/'))).toEqual([
      true,
      true,
    ]);
    expect((await run(thumbsOf(photos, 's3://photos/thumbs', { recipe }))).summary).toMatchObject({
      skipped: 3,
    });
  });

  it('replace what Shoal made, and nothing of others', async () => {
    const s3 = await startS3();
    await using server = await startPhotos();
    const request = fetchOf([`${server.origin}/a.jpg`], 's3://photos/x');
    await put('s3://photos/x', { 'a.jpg': 'an earlier one' });
    expect((await run(request)).summary).toMatchObject({ done: 1 });
    await fetch(`${s3.endpoint}/photos/x/b.jpg`, { method: 'PUT', body: 'mine' });
    const other = await run(fetchOf([`${server.origin}/b.jpg`], 's3://photos/x'));
    expect(other.results[0]).toMatchObject({ status: 'failed', error: { code: 'OUTPUT_EXISTS' } });
    expect(other.results[0]).not.toHaveProperty('output');
  });

  it('that cannot be stored are failed items, with what the server says', async () => {
    const s3 = await startS3();
    await using server = await startPhotos();
    s3.failNext(/^PUT .*b\.jpg/, 403);
    const { results } = await run(
      fetchOf(
        ['a.jpg', 'b.jpg'].map((name) => `${server.origin}/${name}`),
        's3://photos/x',
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(['done', 'failed']);
    expect(results[1]?.error).toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining('s3://photos/x/b.jpg: the server answers 403'),
    });
  });

  it('make the run wait where they are behind, and all get there', async () => {
    await startS3();
    await using server = await startPhotos();
    const urls = Array.from({ length: 100 }, (_, index) => `${server.origin}/${index}.jpg`);
    const { summary } = await run(fetchOf(urls, 's3://photos/many'));
    expect(summary).toMatchObject({ total: 100, done: 100 });
    expect(await keysIn('s3://photos/many')).toHaveLength(100);
  });

  it('are told by a dry run, which stores nothing', async () => {
    await startS3();
    const { results } = await run(thumbsOf(await sampleFolder(1), 's3://photos/x'), { dryRun: true });
    expect(results[0]?.output).toMatch(/^s3:\/\/photos\/x\/[^/]+$/);
    expect(await keysIn('s3://photos/x')).toEqual([]);
  });

  it('are a data set too', async () => {
    await startS3();
    await using server = await startPhotos();
    const urls = [1, 2, 3].map((name) => `${server.origin}/${name}.jpg`);
    const request = fetchOf(urls, 's3://photos/set', { dataset: 'webdataset', tarItems: 2 });
    const { summary, results } = await run(request);
    expect(summary).toMatchObject({ done: 3 });
    expect(results[2]?.output).toBe('s3://photos/set/00001.tar');
    expect(await keysIn('s3://photos/set')).toEqual(
      ['00000', '00001'].flatMap((shard) => [`${shard}.parquet`, `${shard}.tar`, `${shard}_stats.json`]),
    );
    expect((await run(request)).summary).toMatchObject({ skipped: 3 });
    expect(filesBelow(join(folder, 'state')).filter((name) => name.includes('datasets'))).toEqual([]);
  });

  it('where there is no such bucket are wrong usage, also on the command line', async () => {
    await startS3();
    await expect(run(fetchOf(['http://127.0.0.1:1/a'], 's3://none/x'))).rejects.toThrow(
      /there is no such bucket/,
    );
    const { code, stderr } = await new Shell().run(['fetch', 'http://127.0.0.1:1/a', '--out', 's3://none/x']);
    expect(stderr).toContain('there is no such bucket');
    expect(code).toBe(2);
  });
});

describe('inputs in an object storage', () => {
  it('are lists, text and Parquet', async () => {
    await startS3();
    await using server = await startPhotos();
    const data = [`${server.origin}/b.jpg`];
    await put('s3://photos/lists', {
      'one.csv': `url,name\n${server.origin}/a.jpg,first.jpg\n`,
      'two.parquet': new Uint8Array(
        parquetWriteBuffer({ columnData: [{ name: 'url', data, type: 'STRING' }] }),
      ),
    });
    const out = join(folder, 'out');
    const lists = ['s3://photos/lists/one.csv', 's3://photos/lists/two.parquet'];
    expect((await run(fetchOf(lists, out))).summary).toMatchObject({ done: 2 });
    expect(readdirSync(out).sort()).toEqual(['b.jpg', 'first.jpg']);
    await expect(run(fetchOf(['s3://photos/lists/none.csv'], out))).rejects.toThrow(
      /list cannot be read: s3:\/\/photos\/lists\/none.csv: there is no such object/,
    );
  });

  it('are images below a prefix, whose thumbnails lie as they do', async () => {
    await startS3();
    await put('s3://photos/album', {
      'a.jpg': photo,
      '2024/b.jpg': photo,
      '2024/c.JPG': 'no image',
      '2024/notes.txt': 'no image either',
      'cache/d.jpg': photo,
    });
    await put('s3://photos', { 'album2/e.jpg': photo });
    const out = join(folder, 'out');
    const { summary, results } = await run(thumbsOf('s3://photos/album', out, { exclude: ['cache'] }));
    expect(summary).toMatchObject({ total: 3, done: 2, failed: 1 });
    expect(results.map(({ input }) => input).sort()).toEqual(
      ['2024/b.jpg', '2024/c.JPG', 'a.jpg'].map((key) => `s3://photos/album/${key}`),
    );
    expect(new Set(results.map(({ index }) => index)).size).toBe(3);
    expect(results.find(({ error }) => error)?.error?.message).toContain('s3://photos/album/2024/c.JPG');
    expect(filesBelow(out).sort()).toEqual(['2024/b.jpg', 'a.jpg']);
  });

  it('are fetched again where they have changed, and no other', async () => {
    const s3 = await startS3();
    await put('s3://photos/album', { 'a.jpg': photo, '2024/b.jpg': photo, '2024/c.jpg': photo });
    const out = join(folder, 'out');
    const fetched = async () => {
      const before = s3.requests.length;
      const { summary } = await run(thumbsOf('s3://photos/album', out));
      const gets = s3.requests.slice(before).filter((each) => /^GET .*\.jpg/.test(each));
      return [summary.done, summary.skipped, gets.map((each) => each.replace(/\?.*/, '')).sort()];
    };
    expect(await fetched()).toEqual([3, 0, expect.arrayContaining(['GET /photos/album/2024/b.jpg'])]);
    expect(await fetched()).toEqual([0, 3, []]);
    await put('s3://photos/album', { '2024/b.jpg': await sampleJpeg(2, 64, 48) });
    expect(await fetched()).toEqual([1, 2, ['GET /photos/album/2024/b.jpg']]);
    rmSync(join(out, 'a.jpg'));
    expect(await fetched()).toEqual([1, 2, ['GET /photos/album/a.jpg']]);
    const { results } = await run(thumbsOf('s3://photos/album', out), { dryRun: true });
    expect(results.map(({ reason }) => reason)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  it('are named by what is known before they are fetched, a folder at a time', async () => {
    await startS3();
    await put('s3://photos/album', { 'a.jpg': photo, '2024/b.jpg': photo });
    const named = (nameTemplate: string) =>
      run(thumbsOf('s3://photos/album', join(folder, 'out'), { recipe: { nameTemplate } }));
    for (const template of ['{date}-{name}', '{camera}-{name}', '{parent}-{name}'])
      await expect(named(template), template).rejects.toThrow(/named before they are fetched/);
    await expect(named('all/{name}')).rejects.toThrow(/begin them with \{folder\}\//);
    await named('{folder}/small/{name}-{counter}');
    expect(filesBelow(join(folder, 'out'))).toEqual(['2024/small/b-1.jpg', 'small/a-1.jpg']);
  });

  it('give names to their thumbnails as the images of a folder do, however many there are', async () => {
    await startS3();
    const others = Array.from({ length: 300 }, (_, index) => [`b${index}.jpg`, photo] as const);
    await put('s3://photos/mixed', {
      ...Object.fromEntries(others),
      'a.jpg': photo,
      'a.jpeg': photo,
      'a.PNG': png,
      'a/deep/x.jpg': photo,
      'a-b/x.jpg': photo,
      '.hidden/x.jpg': photo,
      'x.png': png,
    });
    const local = join(folder, 'local');
    for (const [name, content] of Object.entries({
      ...Object.fromEntries(others),
      'a.jpg': photo,
      'a.jpeg': photo,
      'a.PNG': png,
      'a/deep/x.jpg': photo,
      'a-b/x.jpg': photo,
      'x.png': png,
    })) {
      writeFiles(local, { [name]: content });
    }
    const recipe = { format: 'jpeg' };
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    const stored = await run(thumbsOf('s3://photos/mixed', one, { recipe }));
    await run(thumbsOf(local, other, { recipe }));
    expect(filesBelow(one).sort()).toEqual(filesBelow(other).sort());
    expect(stored.summary).toMatchObject({ failed: 0, done: filesBelow(one).length });
    const flat = await run(thumbsOf('s3://photos/mixed', join(folder, 'flat'), { recursive: false }));
    expect(flat.summary.total).toBe(304);
  });

  it('that cannot be fetched are failed items', async () => {
    const s3 = await startS3();
    await put('s3://photos/album', { 'a.jpg': photo, 'b.jpg': photo });
    s3.failNext(/^GET .*b\.jpg/, 403);
    const { results } = await run(thumbsOf('s3://photos/album', join(folder, 'out')));
    expect(results.map(({ status }) => status).sort()).toEqual(['done', 'failed']);
    expect(results.find(({ error }) => error)).toMatchObject({
      input: 's3://photos/album/b.jpg',
      error: { code: 'STORAGE_FAILED', message: expect.stringContaining('s3://photos/album/b.jpg') },
    });
  });

  it('are done some hundred at a time, from the storage into the storage', async () => {
    await startS3();
    const count = 260;
    await put(
      's3://photos/many',
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.jpg`, photo])),
    );
    const { summary, results } = await run(thumbsOf('s3://photos/many', 's3://photos/small'));
    expect(summary).toMatchObject({ total: count, done: count });
    expect(new Set(results.map(({ index }) => index)).size).toBe(count);
    expect(await keysIn('s3://photos/small')).toHaveLength(count);
  });

  it('need an output folder', async () => {
    await startS3();
    await expect(run(thumbsOf('s3://photos/album'))).rejects.toThrow(/Expected an output folder/);
  });
});
