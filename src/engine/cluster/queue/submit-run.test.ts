import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { filesBelow } from '../../../../test/images/image-folders.ts';
import { RedisServer, withRedis } from '../../../../test/servers/redis-server.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { UsageError } from '../../../shared/failure.ts';
import { fetchRequestSchema, mapRequestSchema, thumbnailRequestSchema } from '../../../shared/requests.ts';
import { FolderPlace } from '../places/folder-place.ts';
import { beginRun } from './begin-run.ts';
import { connectQueue } from './connection.ts';
import { QueueClient } from './queue-client.ts';
import { Registry } from './registry.ts';

const quiet = { onWarning: () => {}, signal: new AbortController().signal };

async function connected(redis: RedisServer, database = ''): Promise<QueueClient> {
  const client = await QueueClient.connect(`${redis.url}${database}`, () => {});
  onTestFinished(() => client[Symbol.asyncDispose]());
  return client;
}

function ofModule(items: AsyncIterable<{ readonly text: string; readonly isUtf8: boolean }>) {
  const module = join(tempFolder(), 'same.mjs');
  writeFileSync(module, 'export default (item) => item;');
  const request = mapRequestSchema.parse({ kind: 'map', module, inputs: [{ kind: 'items', items: [] }] });
  return { request, items, title: 'map', force: false };
}

function ofList(lines: readonly string[]) {
  const inputs = [{ kind: 'text', text: lines.join('\n') }];
  return {
    request: fetchRequestSchema.parse({ kind: 'fetch', inputs, recipe: {} }),
    title: 'fetch',
    force: false,
  };
}

withRedis.test(
  'a run that is cancelled while it is split starts nothing, and leaves nothing behind',
  async () => {
    const redis = await RedisServer.start();
    const [client, other] = [await connected(redis), await connected(redis)];
    const place = tempFolder();
    async function* items() {
      for (let at = 0; at < 10; at += 1) yield { text: String(at), isUtf8: true };
      const [run] = await other.runs();
      expect(run?.state).toBe('splitting');
      await other.cancel(run?.id ?? '');
    }
    await expect(client.submit(ofModule(items()), { place, ...quiet })).rejects.toThrow(/was cancelled/);
    const [run] = await other.runs();
    expect(run?.state).toBe('cancelled');
    await expect(other.find(run?.id ?? '')).rejects.toThrow(
      /was cancelled while it was split.*Nothing of it/,
    );
    expect(filesBelow(place)).toEqual([`.shoal/${run?.id}/begun.json`]);
  },
);

withRedis.test(
  'runs that begin in the same moment have ids of their own, in a queue and in a place',
  async () => {
    const redis = await RedisServer.start();
    const place = new FolderPlace(tempFolder());
    const other = new FolderPlace(tempFolder());
    const registries = await Promise.all(
      ['', '/1'].map(async (database) => {
        const registry = new Registry(await connectQueue(`${redis.url}${database}`, { onNotice: () => {} }));
        onTestFinished(() => registry.close());
        return registry;
      }),
    );
    const begun = await Promise.all(
      Array.from({ length: 1_000 }, async (_, at) => {
        const registry = registries[at % 2] as Registry;
        const its = at % 3 === 0 ? other : place;
        return { ...(await beginRun(registry, its, 'same')), place: its.title, queue: at % 2 };
      }),
    );
    for (const key of ['place', 'queue'] as const) {
      expect(new Set(begun.map((run) => `${run[key]} ${run.id}`)).size).toBe(1_000);
    }
  },
);

withRedis.test('a shard is not handed out: the queue shares the items', async () => {
  const redis = await RedisServer.start();
  const client = await connected(redis);
  const { request, ...words } = ofList(['http://a.example/1']);
  const submission = { ...words, request: { ...request, shard: '1/2' } };
  await expect(client.submit(submission, { place: tempFolder(), ...quiet })).rejects.toThrow(
    /shards are for/,
  );
});

withRedis.test('names are not handed out that the workers of two folders could both give', async () => {
  const redis = await RedisServer.start();
  const client = await connected(redis);
  const photos = tempFolder();
  const submit = (nameTemplate: string) => {
    const place = tempFolder();
    const request = thumbnailRequestSchema.parse({
      ...{ kind: 'thumbnails', paths: [photos], outputFolder: place },
      recipe: { nameTemplate },
    });
    return client.submit({ request, title: 'thumbs', force: false }, { place, ...quiet });
  };
  for (const template of ['{year}/{name}', '{folder}-{name}', '{folder}/{folder}-{name}'])
    await expect(submit(template), template).rejects.toThrow(/see one folder at a time/);
  for (const template of ['{date}-{name}', '{folder}/{year}/{name}']) await submit(template);
});

withRedis.test('what no worker can do counts among the failed of a run in the list', async () => {
  const redis = await RedisServer.start();
  const client = await connected(redis);
  await client.submit(ofList(['no url', 'http://a.example/1']), { place: tempFolder(), ...quiet });
  expect(await client.runs()).toMatchObject([{ items: 2, failed: 1, buckets: 1, ended: 0 }]);
});

withRedis.test('workers of another database of the server are not those of this queue', async () => {
  const redis = await RedisServer.start();
  const name = `bull:${Buffer.from('shoal-v1').toString('base64')}:w:there`;
  for (const db of [0, 10]) {
    const worker = new Redis(redis.port, '127.0.0.1', { db, connectionName: `${name}-${db}` });
    onTestFinished(() => worker.disconnect());
    await worker.ping();
  }
  const workersOf = async (database: string) => (await (await connected(redis, database)).workers()).ours;
  expect(await workersOf('')).toEqual([{ name: 'there-0', version: 1 }]);
  expect(await workersOf('/10')).toEqual([{ name: 'there-10', version: 1 }]);
  expect(await workersOf('/1')).toEqual([]);
});

test.for(['redis://[', 'redis://127.0.0.1:99999', 'http://127.0.0.1'])(
  'an address that cannot be one, such as %s, is wrong usage',
  async (url) => {
    await expect(QueueClient.connect(url, () => {})).rejects.toThrow(/Expected a queue such as redis/);
  },
);

test('a password is not told, wherever in an address it is', async () => {
  for (const url of ['redis://127.0.0.1:1?password=hush', 'redis://me:hush@127.0.0.1:1']) {
    await expect(QueueClient.connect(url, () => {})).rejects.toThrow(/^(?!.*hush).*cannot be used/);
  }
});

withRedis.test('a place that takes nothing is wrong usage, and the run is forgotten', async () => {
  const redis = await RedisServer.start();
  const client = await connected(redis);
  const file = join(tempFolder(), 'file');
  writeFileSync(file, '');
  const submission = ofList(['http://a.example/1']);
  const submitted = client.submit(submission, { place: file, ...quiet });
  await expect(submitted).rejects.toThrow(/file takes nothing: ENOTDIR/);
  await expect(submitted).rejects.toBeInstanceOf(UsageError);
  expect(await client.runs()).toEqual([]);
});

withRedis.test('a run whose state is damaged cannot be followed, and says which file it is', async () => {
  const redis = await RedisServer.start();
  const client = await connected(redis);
  const place = tempFolder();
  const record = await client.submit(ofList(['http://a.example/1', 'http://b.example/1']), {
    place,
    ...quiet,
  });
  const registry = new Registry(await connectQueue(redis.url, { onNotice: () => {} }));
  onTestFinished(() => registry.close());
  const onResult = (): void => {};
  for (const [content, told] of [
    ['torn', /done-1\.json of .* is damaged: it is not JSON/],
    ['{"parts":1,"summary":{"total":1}}', /owner-1\.json is gone/],
  ] as const) {
    writeFileSync(join(place, '.shoal', record.id, 'buckets/00000/done-1.json'), content);
    await registry.tell(record.id, { bucket: 0, done: 1, failed: 0 });
    const followed = client.follow(record, place, { onResult, ...quiet });
    await expect(followed).rejects.toThrow(told);
    await expect(followed).rejects.toBeInstanceOf(UsageError);
  }
});

withRedis.test('the title of a run tells neither a password nor, where it is redacted, a query', async () => {
  const redis = await RedisServer.start();
  const client = await connected(redis);
  const { request, force } = ofList(['http://a.example/1']);
  const title = 'fetch http://me:hush@a.example/?token=key and 1 more';
  for (const redact of [false, true]) {
    const place = tempFolder();
    const submission = { title, force, request: { ...request, recipe: { ...request.recipe, redact } } };
    const { id } = await client.submit(submission, { place, ...quiet });
    const kept = readFileSync(join(place, '.shoal', id, 'run.json'), 'utf8');
    const [listed] = await client.runs();
    const told = `${kept} ${JSON.stringify(listed)}`;
    expect([told.includes('hush'), told.includes('token=key')]).toEqual([false, !redact]);
  }
});

withRedis.test('a run is named by its id, or by how that begins where no other begins so', async () => {
  const redis = await RedisServer.start();
  const client = await connected(redis);
  const place = tempFolder();
  const { id } = await client.submit(ofList(['http://a.example/1']), { place, ...quiet });
  expect((await client.find(id.slice(0, -1))).record.id).toBe(id);
  const other = await client.submit(ofList(['http://a.example/1']), { place, ...quiet });
  await expect(client.cancel(id.slice(0, 3))).rejects.toThrow(/is the beginning of several runs/);
  await expect(client.cancel('1999')).rejects.toThrow(/knows no run 1999/);
  await expect(client.cancel('')).rejects.toThrow(/knows no run/);
  expect(await client.cancel(other.id)).toBe(other.id);
  expect((await client.runs()).map(({ state }) => state)).toEqual(['cancelled', 'queued']);
});
