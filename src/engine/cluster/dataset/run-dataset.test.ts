import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { needs } from '../../../../test/needs.ts';
import { photo, startPhotos } from '../../../../test/servers/photos.ts';
import { startServer } from '../../../../test/servers/test-server.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import type { FetchSettings } from '../../../shared/recipe.ts';
import { fetchRequestSchema } from '../../../shared/requests.ts';
import type { ItemResult, Summary } from '../../../shared/result.ts';
import { Engine } from '../../engine.ts';
import type { RunOptions } from '../../run/run-options.ts';

const reader = join(import.meta.dirname, '../../../../test/read-dataset.py');
const withPython = needs('python3', spawnSync('python3', ['--version']).status === 0);
const sha256 = createHash('sha256').update(photo).digest('hex');

let folder: string;
beforeEach(() => {
  folder = tempFolder();
  vi.stubEnv('SHOAL_STATE_DIR', join(folder, 'state'));
  return () => vi.unstubAllEnvs();
});

async function run(
  list: string,
  recipe: FetchSettings,
  options: RunOptions = {},
  out = join(folder, 'set'),
  shard?: string,
): Promise<{ summary: Summary; results: ItemResult[] }> {
  const path = join(folder, 'list.csv');
  writeFileSync(path, list);
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: [{ kind: 'argument', value: path }],
    outputFolder: out,
    shard,
    recipe: { dataset: 'webdataset', retries: 0, ...recipe },
  });
  const results: ItemResult[] = [];
  await using engine = new Engine();
  const summary = await engine.run(request, { ...options, onResult: (result) => results.push(result) });
  return { summary, results: results.sort((one, other) => one.index - other.index) };
}

const filesOf = (out = join(folder, 'set')) => readdirSync(out).sort();
const listOf = (origin: string, paths: readonly string[]) =>
  ['url,caption,licence', ...paths.map((path, index) => `${origin}/${path},"no ${index}, or so",free`)].join(
    '\n',
  );

async function tableOf(name: string, out = join(folder, 'set')) {
  const bytes = new Uint8Array(readFileSync(join(out, name)));
  return parquetReadObjects({
    file: { byteLength: bytes.length, slice: (from, to) => bytes.slice(from, to).buffer },
  });
}

function samplesOf(...tars: string[]): Readonly<Record<string, unknown>>[] {
  const { stdout, stderr } = spawnSync('python3', [reader, ...tars.map((tar) => join(folder, 'set', tar))], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('a data set', () => {
  withPython.test('has tars with images, captions and facts, read by another reader', async () => {
    await using server = await startPhotos();
    const paths = ['a.jpg', 'gone.jpg', 'b', 'c.jpg', 'd.jpg'];
    const { summary, results } = await run(listOf(server.origin, paths), { tarItems: 3 });
    expect(summary).toMatchObject({ total: 5, done: 4, failed: 1, causes: { HTTP_404: 1 } });
    expect(filesOf()).toEqual(
      ['00000', '00001'].flatMap((shard) => [`${shard}.parquet`, `${shard}.tar`, `${shard}_stats.json`]),
    );
    const samples = samplesOf('00000.tar', '00001.tar');
    expect(samples.map(({ __key__ }) => __key__)).toEqual([
      '000000000',
      '000000002',
      '000010000',
      '000010001',
    ]);
    expect(samples[1]).toEqual({
      __key__: '000000002',
      jpg: { sha256, mtime: 0 },
      txt: 'no 2, or so',
      json: {
        key: '000000002',
        url: `${server.origin}/b`,
        caption: 'no 2, or so',
        status: 'success',
        error_code: null,
        error_message: null,
        width: 64,
        height: 48,
        sha256,
        bytes: photo.length,
        final_url: null,
        licence: 'free',
      },
    });
    expect(results[2]?.output).toBe(join(folder, 'set', '00000.tar'));
    expect(results[2]).not.toHaveProperty('thumbnail');
  });

  it('has a table beside each tar with all items, those that failed too, and counts', async () => {
    await using server = await startPhotos();
    await run(listOf(server.origin, ['a.jpg', 'gone.jpg']), {});
    expect(await tableOf('00000.parquet')).toMatchObject([
      { key: '000000000', status: 'success', width: 64, bytes: BigInt(photo.length), licence: 'free' },
      {
        key: '000000001',
        url: `${server.origin}/gone.jpg`,
        caption: 'no 1, or so',
        status: 'failed_to_download',
        error_code: 'HTTP_404',
        error_message: expect.stringContaining('404'),
        width: null,
        sha256: null,
      },
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'set/00000_stats.json'), 'utf8'))).toMatchObject({
      count: 2,
      successes: 1,
      failed_to_download: 1,
      failed_to_resize: 0,
      status_dict: { HTTP_404: 1, success: 1 },
      bytes: photo.length,
    });
  });

  it('can be listed by tar itself', async () => {
    await using server = await startPhotos();
    await run(listOf(server.origin, ['a.jpg', 'b.jpg']), {});
    const { stdout } = spawnSync('tar', ['-tf', join(folder, 'set/00000.tar')], { encoding: 'utf8' });
    expect(stdout.split('\n')).toEqual([
      ...['000000000', '000000001'].flatMap((key) => [`${key}.jpg`, `${key}.json`, `${key}.txt`]),
      '',
    ]);
  });

  withPython.test('has thumbnails in the place of images, or beside them', async () => {
    await using server = await startPhotos();
    const list = listOf(server.origin, ['a.jpg', 'text.jpg']);
    const thumbnail = { box: { width: 16, height: 16 } };
    await run(list, { thumbnail, originals: false });
    const [alone, ...others] = samplesOf('00000.tar');
    expect(others).toEqual([]);
    expect(alone).toMatchObject({ json: { width: 16, height: 12, sha256 } });
    expect(await tableOf('00000.parquet')).toMatchObject([{}, { status: 'failed_to_resize' }]);
    await run(list, { thumbnail }, { force: true });
    expect(samplesOf('00000.tar')[0]).toMatchObject({
      jpg: { sha256 },
      'thumb.jpg': {},
      json: { width: 64 },
    });
  });

  it('has the same bytes each time, in whatever order its images arrive', async () => {
    let turn = 0;
    await using server = await startServer((_, response) => {
      turn += 1;
      setTimeout(() => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(photo), (turn * 7) % 30);
    });
    const list = listOf(
      server.origin,
      Array.from({ length: 40 }, (_, index) => `${index}.jpg`),
    );
    const sets = ['one', 'other'].map((name) => join(folder, name));
    for (const out of sets) await run(list, { tarItems: 15 }, {}, out);
    const [one, other] = sets.map((out) => filesOf(out).map((name) => [name, readFileSync(join(out, name))]));
    expect(one).toHaveLength(9);
    expect(one).toEqual(other);
  });

  it('is divided by bytes where that is wanted', async () => {
    await using server = await startPhotos();
    await run(listOf(server.origin, ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg']), {
      tarBytes: photo.length + 1,
    });
    const counts = ['00000', '00001', '00002'].map((shard) =>
      JSON.parse(readFileSync(join(folder, 'set', `${shard}_stats.json`), 'utf8')),
    );
    expect(counts.map(({ count }) => count)).toEqual([2, 2, 1]);
  });

  it('that is there is not fetched again, nor what failed in it; a longer list adds to it', async () => {
    await using server = await startPhotos();
    const paths = ['a.jpg', 'gone.jpg', 'b.jpg'];
    await run(listOf(server.origin, paths), { tarItems: 2 });
    const before = filesOf().map((name) => readFileSync(join(folder, 'set', name)));
    const asked = server.requests.length;
    const again = await run(listOf(server.origin, paths), { tarItems: 2 });
    expect(again.summary).toMatchObject({ total: 3, skipped: 2, failed: 1, causes: { HTTP_404: 1 } });
    expect(again.results[2]).toMatchObject({ status: 'skipped', output: join(folder, 'set', '00001.tar') });
    expect(filesOf().map((name) => readFileSync(join(folder, 'set', name)))).toEqual(before);
    expect(server.requests).toHaveLength(asked);
    const longer = await run(listOf(server.origin, [...paths, 'c.jpg']), { tarItems: 2 });
    expect(longer.summary).toMatchObject({ total: 4, done: 1, skipped: 2, failed: 1 });
    expect(filesOf().filter((name) => name.endsWith('.tar'))).toEqual([
      '00000.tar',
      '00001.tar',
      '00002.tar',
    ]);
  });

  it('of another list, of other settings or of others is left alone', async () => {
    await using server = await startPhotos();
    await run(listOf(server.origin, ['a.jpg', 'b.jpg']), {});
    await expect(run(listOf(server.origin, ['a.jpg', 'c.jpg']), {})).rejects.toThrow(
      /of another list \(see 00000.tar\)/,
    );
    await expect(run(listOf(server.origin, ['a.jpg']), {})).rejects.toThrow(/of another list/);
    await expect(run(listOf(server.origin, ['a.jpg', 'b.jpg']), { tarItems: 5 })).rejects.toThrow(
      /other settings/,
    );
    const others = join(folder, 'others');
    await run(listOf(server.origin, ['a.jpg']), {}, {}, others);
    writeFileSync(join(others, '00001.tar'), 'mine');
    await expect(run(listOf(server.origin, ['a.jpg', 'b.jpg']), {}, {}, others)).rejects.toThrow(
      /00001.tar is there already/,
    );
    expect(readFileSync(join(others, '00001.tar'), 'utf8')).toBe('mine');
  });

  it('of a shard of the list has the items of its hosts', async () => {
    await using server = await startPhotos();
    const list = ['localhost', '127.0.0.1'].flatMap((host) =>
      [1, 2, 3].map((name) => `${server.origin.replace('127.0.0.1', host)}/${name}.jpg`),
    );
    const counts = [];
    for (const shard of ['1/2', '2/2']) {
      const out = join(folder, shard.replace('/', '-'));
      const { summary } = await run(['url', ...list].join('\n'), { tarItems: 2 }, {}, out, shard);
      counts.push(summary.done);
      expect(filesOf(out).filter((name) => name.endsWith('.tar'))).toHaveLength(Math.ceil(summary.done / 2));
    }
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6);
    expect(counts.every((count) => count % 3 === 0)).toBe(true);
  });

  it('is not made of what cannot be made again', async () => {
    await expect(run('url\nhttp://x/', { dedupe: 'link' })).rejects.toThrow(/same bytes/);
    await expect(run('url\nhttp://x/', { imagesOf: true })).rejects.toThrow(/from a list/);
    await expect(run('url\nhttp://x/', {}, { only: new Set(['http://x/']) })).rejects.toThrow(
      /by themselves/,
    );
  });

  it('tells in a dry run what would be fetched and what is there, and makes nothing', async () => {
    await using server = await startPhotos();
    const first = await run(listOf(server.origin, ['a.jpg', 'gone.jpg']), {}, { dryRun: true });
    expect(first.results.map(({ reason, output }) => [reason, output])).toEqual([
      ['dry-run', undefined],
      ['dry-run', undefined],
    ]);
    expect(existsSync(join(folder, 'set'))).toBe(false);
    await run(listOf(server.origin, ['a.jpg', 'gone.jpg']), {});
    const again = await run(listOf(server.origin, ['a.jpg', 'gone.jpg', 'b.jpg']), {}, { dryRun: true });
    expect(again.results.map(({ index, status, reason }) => [index, status, reason])).toEqual([
      [0, 'skipped', 'unchanged'],
      [1, 'failed', undefined],
      [2, 'skipped', 'dry-run'],
    ]);
    expect(again.summary).toMatchObject({ total: 3, skipped: 2, failed: 1 });
    expect(filesOf()).toHaveLength(3);
  });
});
