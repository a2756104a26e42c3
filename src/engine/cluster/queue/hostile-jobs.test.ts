import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Queue } from 'bullmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesBelow } from '../../../../test/images/image-folders.ts';
import { RedisServer, withRedis } from '../../../../test/servers/redis-server.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { waitUntil } from '../../../../test/wait-until.ts';
import { fetchRequestSchema, thumbnailRequestSchema } from '../../../shared/requests.ts';
import { isPlaceIn } from '../places/open-place.ts';
import { QueueWorker } from './queue-worker.ts';
import { queueName } from './registry.ts';

const run = '20260101-000000-0000';
const bucket = `.shoal/${run}/buckets/00000`;
const fetchRequest = fetchRequestSchema.parse({
  kind: 'fetch',
  inputs: [{ kind: 'text', text: '' }],
  recipe: {},
});
const record = {
  version: 1,
  id: run,
  program: '0.1.0',
  submittedAt: '2026-01-01T00:00:00.000Z',
  title: 'hostile',
  request: fetchRequest,
  force: false,
  items: 1,
  sizes: [1],
};
const thumbnails = thumbnailRequestSchema.parse({ kind: 'thumbnails', paths: ['/photos'], recipe: {} });
const job = (place: string): unknown => ({ run, bucket: 0, place });
const toldOf = (over: object) => JSON.stringify({ ...record, ...over });

interface Attack {
  readonly what: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly data?: (place: string) => unknown;
  readonly told: RegExp;
}

const attacks: readonly Attack[] = [
  { what: 'no data', data: () => ({}), told: /names no bucket/ },
  { what: 'data of other types', data: () => ({ run: 1, bucket: {}, place: [] }), told: /names no bucket/ },
  {
    what: 'a run that leads out of the place',
    data: (place) => ({ run: '../../x', bucket: 0, place }),
    told: /names no bucket/,
  },
  {
    what: 'a bucket that leads out of the place',
    data: (place) => ({ run, bucket: '../../..', place }),
    told: /names no bucket/,
  },
  {
    what: 'a bucket that the run has not',
    data: (place) => ({ run, bucket: 7, place }),
    told: /has no bucket 7/,
  },
  {
    what: 'a run that is no JSON',
    files: { [`.shoal/${run}/run.json`]: 'no JSON' },
    told: /run\.json of .* is damaged/,
  },
  {
    what: 'a run of another kind',
    files: { [`.shoal/${run}/run.json`]: toldOf({ request: { kind: 'remove' } }) },
    told: /damaged, at request\.kind/,
  },
  {
    what: 'the record of another run',
    files: { [`.shoal/${run}/run.json`]: toldOf({ id: '20260101-000000-0001' }) },
    told: /is of another run/,
  },
  {
    what: 'a retry of what is out of the place',
    files: { [`.shoal/${run}/run.json`]: toldOf({ retryOf: { id: '../../..', buckets: [0] } }) },
    told: /damaged, at retryOf\.id/,
  },
  {
    what: 'thumbnails out of the place',
    files: {
      [`.shoal/${run}/run.json`]: toldOf({ request: thumbnails }),
      [`${bucket}/items.ndjson`]: '{"folder":"/photos","below":"../out","paths":["/photos/a.jpg"]}\n',
    },
    told: /Expected a key below the place/,
  },
  {
    what: 'parts that lead out of the place',
    files: { [`${bucket}/owner-1.json`]: '{"adopts":["../../../../secret"]}' },
    told: /owner-1\.json of .* is damaged, at adopts\.0/,
  },
  {
    what: 'a part that is no JSON',
    files: { [`${bucket}/owner-1.json`]: '{"adopts":[]}', [`${bucket}/part-1-0.ndjson`]: 'torn' },
    told: /part-1-0\.ndjson of .* is damaged/,
  },
  {
    what: 'an end that names more parts than there are',
    files: {
      [`${bucket}/owner-1.json`]: '{"adopts":[]}',
      [`${bucket}/done-1.json`]: '{"parts":1000000000,"summary":{"total":0}}',
    },
    told: /part-1-0\.ndjson is gone/,
  },
];

withRedis.describe('a worker is led nowhere by', () => {
  it.each(attacks)('$what', async ({ files = {}, data = job, told }) => {
    const place = join(tempFolder(), 'a', 'b', 'place');
    const all = { [`.shoal/${run}/run.json`]: toldOf({}), [`${bucket}/items.ndjson`]: '\n', ...files };
    for (const [name, content] of Object.entries(all)) {
      mkdirSync(dirname(join(place, name)), { recursive: true });
      writeFileSync(join(place, name), content);
    }
    const { notices, asked } = await workedOn(data(place));
    expect(notices).toEqual([expect.stringMatching(told)]);
    expect(asked).toBe(0);
    // At most the marks of the one who took the bucket are new.
    const further = filesBelow(place).filter((name) => !(name in all));
    expect(further.filter((name) => !/\/(owner|left)-\d\.json$/.test(name))).toEqual([]);
  });

  it('a place that is not among its own', async () => {
    const place = tempFolder();
    const { notices } = await workedOn(job(place), [tempFolder()]);
    expect(notices).toEqual([expect.stringMatching(/is none of this worker's places/)]);
  });
});

describe('a place is in another', () => {
  it.each([
    ['/shared', '/shared', true],
    ['/shared/', '/shared', true],
    ['/shared/photos/set', '/shared/', true],
    ['/anything', '/', true],
    ['/shared2', '/shared', false],
    ['/shared/../etc', '/shared', false],
    ['s3://bucket/a/b', 's3://bucket/a', true],
    ['s3://bucket/ab', 's3://bucket/a', false],
    ['s3://bucket/a', 's3://bucket', true],
    ['s3://bucket2/a', 's3://bucket', false],
    ['s3://bucket', '/', false],
  ])('%s in %s: %s', (inner, outer, expected) => {
    expect(isPlaceIn(inner, [outer])).toBe(expected);
  });
});

/** What a worker tells of one job, and how often it ran something. */
async function workedOn(data: unknown, places?: readonly string[]) {
  const redis = await RedisServer.start();
  const queue = new Queue(queueName, { connection: { host: '127.0.0.1', port: redis.port } });
  onTestFinished(() => queue.close());
  const notices: string[] = [];
  let asked = 0;
  const run = (): Promise<never> => {
    asked += 1;
    return Promise.reject(new Error('It was run.'));
  };
  const engine = { run, runApart: run };
  const ending = new AbortController();
  const onNotice = (notice: string): number => notices.push(notice);
  const worker = await QueueWorker.connect(redis.url, { engine, onNotice, access: {}, headers: {}, places });
  const working = worker.run(ending.signal);
  await queue.add('bucket', data, { attempts: 1 });
  await waitUntil(() => notices.length > 0, 'the worker tells of the job');
  ending.abort();
  await working;
  return { notices, asked };
}
