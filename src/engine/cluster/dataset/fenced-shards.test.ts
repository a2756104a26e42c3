import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { filesBelow } from '../../../../test/images/image-folders.ts';
import { sampleJpeg } from '../../../../test/images/sample-images.ts';
import { startPhotos } from '../../../../test/servers/photos.ts';
import { startS3 } from '../../../../test/servers/s3-server.ts';
import { startServer } from '../../../../test/servers/test-server.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { fetchRequestSchema } from '../../../shared/requests.ts';
import type { ItemResult } from '../../../shared/result.ts';
import { Engine } from '../../engine.ts';
import { FolderPlace } from '../places/folder-place.ts';
import { openPlace } from '../places/open-place.ts';
import type { Place } from '../places/place.ts';
import { type BucketOfSet, runBucketOfSet, ShardTaken } from './fenced-shards.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
  vi.stubEnv('SHOAL_STATE_DIR', join(folder, 'state'));
  return () => vi.unstubAllEnvs();
});

/** What one worker does with a bucket of three items, two in a tar. */
async function work(place: Place, origin: string, worker: string, bucket: Partial<BucketOfSet> = {}) {
  const list = join(folder, 'bucket.ndjson');
  writeFileSync(
    list,
    ['a', 'b', 'c'].map((name) => JSON.stringify({ url: `${origin}/${name}.jpg` })).join('\n'),
  );
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs: [{ kind: 'argument', value: list }],
    outputFolder: folder,
    recipe: { dataset: 'webdataset', tarItems: 2, retries: 0 },
  });
  const results: ItemResult[] = [];
  await using engine = new Engine();
  await runBucketOfSet(
    request,
    { onResult: (result) => results.push(result) },
    {
      set: { place, prefix: '00042-' },
      marks: '.shoal/run/shard-',
      folder: join(folder, `staging-${worker}`),
      assertOwned: async () => {},
      ...bucket,
    },
    ({ recipe, ...further }, options) =>
      engine.runApart({ ...further, recipe: { ...recipe, dataset: 'off' } }, options),
  );
  return results.sort((one, other) => one.index - other.index);
}

/** Serves other bytes each time, as some do. */
async function startFickle() {
  let turn = 0;
  return startServer(async (_, response) => {
    turn += 1;
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(await sampleJpeg(turn, 32, 32));
  });
}

const inPlace = (place: FolderPlace) =>
  readdirSync(place.title)
    .filter((name) => !name.startsWith('.'))
    .map((name) => [name, readFileSync(join(place.title, name), 'base64')]);

/** A place that goes away before the file beside a tar is written there. */
class BreakingPlace extends FolderPlace {
  override create(key: string, content: Uint8Array | string): Promise<boolean> {
    if (key.endsWith('.parquet')) throw new Error('The machine is gone.');
    return super.create(key, content);
  }
}

describe('the shards of a bucket', () => {
  it('are not replaced by a worker that was taken for dead and comes later', async () => {
    await using server = await startFickle();
    const place = new FolderPlace(tempFolder());
    let after: unknown;
    const late = work(place, server.origin, 'late', {
      assertOwned: async () => {
        if (after) return;
        await work(place, server.origin, 'next');
        after = inPlace(place);
      },
    });
    await expect(late).rejects.toBeInstanceOf(ShardTaken);
    expect(inPlace(place)).toEqual(after);
    expect(after).toHaveLength(6);
    expect(filesBelow(place.title).filter((name) => name.includes('shards/'))).toEqual([]);
  });

  it('nor in an object storage', async () => {
    await using server = await startFickle();
    await startS3();
    const place = await openPlace('s3://photos/set');
    let after: (string | undefined)[] | undefined;
    const digests = () =>
      Promise.all(
        ['00000.tar', '00000.parquet', '00001_stats.json'].map((name) => place.sha256(`00042-${name}`)),
      );
    const late = work(place, server.origin, 'late', {
      assertOwned: async () => {
        if (after) return;
        await work(place, server.origin, 'next');
        after = await digests();
      },
    });
    await expect(late).rejects.toBeInstanceOf(ShardTaken);
    expect(after).not.toContain(undefined);
    expect(await digests()).toEqual(after);
    await place.close();
  });

  it('that lack what stands beside the tar are finished as their worker would have', async () => {
    await using server = await startFickle();
    const title = tempFolder();
    await expect(work(new BreakingPlace(title), server.origin, 'dead')).rejects.toThrow('is gone');
    const place = new FolderPlace(title);
    const [tar] = inPlace(place);
    const results = await work(place, server.origin, 'next');
    expect(results.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(inPlace(place)).toHaveLength(6);
    expect(inPlace(place)[1]).toEqual(tar);
    expect(JSON.parse(readFileSync(join(title, '00042-00000_stats.json'), 'utf8'))).toMatchObject({
      count: 2,
    });
    // The first two are in the tar that was there: they were not fetched again.
    expect(server.requests.length).toBeLessThanOrEqual(3 + 1);
  });

  it('are told as skipped by a later run, and as done by their own', async () => {
    await using server = await startPhotos();
    const place = new FolderPlace(tempFolder());
    await work(place, server.origin, 'one');
    const own = await work(place, server.origin, 'two');
    expect(own[2]).toMatchObject({ status: 'done', output: join(place.title, '00042-00001.tar') });
    const later = await work(place, server.origin, 'three', { marks: '.shoal/later/shard-' });
    expect(later.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'skipped']);
    expect(server.requests).toHaveLength(3);
  });

  it('do not replace a tar of others', async () => {
    await using server = await startPhotos();
    const place = new FolderPlace(tempFolder());
    writeFileSync(join(place.title, '00042-00001.tar'), 'mine');
    await expect(work(place, server.origin, 'one')).rejects.toThrow(/00042-00001.tar is there already/);
    expect(readFileSync(join(place.title, '00042-00001.tar'), 'utf8')).toBe('mine');
  });
});
