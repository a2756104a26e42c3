import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../../test/temp-folder.ts';
import { fetchRequestSchema, mapRequestSchema, thumbnailRequestSchema } from '../../../shared/requests.ts';
import type { ItemResult } from '../../../shared/result.ts';
import { Engine, type RunRequest } from '../../engine.ts';
import { fetchAll, shardOf, thumbnails } from '../../index.ts';

interface Planned {
  readonly items: readonly Pick<ItemResult, 'input' | 'output'>[];
  /** The last total that was told. */
  readonly total: number | undefined;
}

/** One path given twice is two items. */
function inOrder(items: Planned['items']): Planned['items'] {
  const keyOf = ({ input, output }: Planned['items'][number]) => `${input}\n${output}`;
  return items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

async function planned(request: RunRequest): Promise<Planned> {
  const items: Pick<ItemResult, 'input' | 'output'>[] = [];
  let total: number | undefined;
  await using engine = new Engine();
  const summary = await engine.run(request, {
    dryRun: true,
    onResult: ({ input, output }) => items.push({ input, ...(output !== undefined && { output }) }),
    onTotal: (count) => (total = count),
  });
  expect(summary.total).toBe(items.length);
  return { items: inOrder(items), total };
}

/** Plans a request as a whole and in shards, and holds the parts against the whole. */
async function shardsOf(request: RunRequest, of: number, keyOf: (input: string) => string): Promise<void> {
  const whole = await planned(request);
  const shards: Planned[] = [];
  for (let number = 1; number <= of; number += 1) {
    shards.push(await planned({ ...request, shard: `${number}/${of}` }));
  }
  // Each item once, with the output that it has without shards.
  const all = shards.flatMap(({ items }) => items);
  expect(inOrder(all)).toEqual(whole.items);
  const homes = new Map<string, Set<number>>();
  for (const [at, { items, total }] of shards.entries()) {
    if (total !== undefined) expect(total).toBe(items.length);
    for (const { input } of items) {
      const shard = homes.get(keyOf(input)) ?? new Set();
      homes.set(keyOf(input), shard.add(at));
    }
  }
  for (const [key, home] of homes) expect([key, home.size]).toEqual([key, 1]);
}

const name = fc.constantFrom('a', 'b', 'c', 'ü', 'x y', '2024');
const host = fc.constantFrom(
  'a.example',
  'b.example',
  'a.example:8080',
  'c.example',
  '10.0.0.1',
  'd.example',
);
const path = fc.constantFrom('1.jpg', '2.jpg', 'x/1.jpg', 'y/1.jpg', 'z', '1.jpg?a', '1.jpg?b');
const line = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(host, path).map(([at, file]) => `http://${at}/${file}`) },
  fc.constantFrom('no URL', 'ftp://a.example/1'),
);
const runs = { numRuns: 12 };
const parts = fc.integer({ min: 1, max: 5 });

test('the shards of a list are the whole list: each item once, under the same name, a host in one shard', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 40 }), parts, async (lines, of) => {
      const request = fetchRequestSchema.parse({
        kind: 'fetch',
        recipe: {},
        inputs: [{ kind: 'text', text: lines.join('\n') }],
        outputFolder: join(tempFolder(), 'out'),
      });
      await shardsOf(request, of, (input) => (input.startsWith('http:') ? new URL(input).host : input));
    }),
    runs,
  );
});

test('the shards of folders are all their images: each once, under the same name, a folder in one shard', async () => {
  const file = fc.tuple(
    fc.array(name, { maxLength: 3 }),
    fc.constantFrom('1.jpg', '1.png', '2.jpg', 'no.txt'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 30 }), parts, fc.boolean(), async (files, of, apart) => {
      const folder = tempFolder();
      const paths = files.map(([below, last]) => ['photos', ...below, last].join('/'));
      writeFiles(
        folder,
        Object.fromEntries([
          ['photos/1.jpg', ''],
          ['one/1.jpg', ''],
          ['alone/2.jpg', ''],
          ...paths.map((each) => [each, '']),
        ]),
      );
      const given = apart ? ['photos', 'one', 'alone/2.jpg', 'gone'] : ['photos'];
      const request = thumbnailRequestSchema.parse({
        kind: 'thumbnails',
        recipe: {},
        paths: given.map((each) => join(folder, each)),
        outputFolder: join(folder, 'out'),
      });
      await shardsOf(request, of, (input) => join(input, '..'));
    }),
    runs,
  );
});

test('machines may have the folder in different places', async () => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`${at}/a.jpg`, '']));
  const inputs = async (folder: string) => {
    writeFiles(folder, files);
    const request = thumbnailRequestSchema.parse({
      kind: 'thumbnails',
      recipe: {},
      paths: [folder],
      shard: '2/3',
    });
    return (await planned(request)).items.map(({ input }) => input.slice(folder.length));
  };
  const here = await inputs(join(tempFolder(), 'mnt', 'photos'));
  expect(here.length).toBeGreaterThan(0);
  expect(await inputs(join(tempFolder(), 'data'))).toEqual(here);
});

test('the shards of a function’s items are all of them, by their texts', async () => {
  const folder = tempFolder();
  writeFiles(folder, { 'same.mjs': 'export default (item) => item;' });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string(), { maxLength: 30 }), parts, async (items, of) => {
      const inputs = [{ kind: 'items', items }];
      const request = mapRequestSchema.parse({ kind: 'map', module: join(folder, 'same.mjs'), inputs });
      await shardsOf(request, of, (input) => input);
    }),
    { numRuns: 5 },
  );
});

test('the library takes a shard as an option, and its function chooses items for map', async () => {
  const folder = tempFolder();
  writeFiles(folder, Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`${at}/a.jpg`, ''])));
  const urls = Array.from({ length: 12 }, (_, at) => `http://host${at}.example/`);
  const totals = async (shard?: string) => {
    const options = { dryRun: true, ...(shard && { shard }) };
    return [
      (await thumbnails(folder, options)).total,
      (await fetchAll(urls, { ...options, outputFolder: join(folder, 'out') })).total,
      urls.filter(shard ? shardOf(shard).includes : () => true).length,
    ];
  };
  const [one, two] = [await totals('1/2'), await totals('2/2')];
  expect(one.map((count, at) => count + (two[at] ?? 0))).toEqual(await totals());
  await expect(totals('3/2')).rejects.toThrow('Expected a shard from 1/2 to 2/2 for shard, got "3/2".');
});
