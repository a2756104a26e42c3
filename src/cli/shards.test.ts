import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, hashes } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { startServer, text } from '../../test/servers/test-server.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

/** What each of several machines does, at the same time. */
function onMachines(of: number, args: (shard: string) => readonly string[]) {
  const numbers = Array.from({ length: of }, (_, at) => at + 1);
  return Promise.all(numbers.map((number) => new Shell().json(args(`${number}/${of}`))));
}

describe('the shards of', () => {
  test('folders make together what one machine makes, in one output folder, at the same time', async () => {
    const folder = tempFolder();
    const images = await Promise.all([1, 2, 3].map((seed) => sampleJpeg(seed, 60, 40)));
    const files = Array.from({ length: 24 }, (_, at) => [
      `y${at % 3}/m${at % 8}/${at}.jpg`,
      images[at % 3] as Uint8Array,
    ]);
    writeFiles(folder, Object.fromEntries(files));
    const [whole, out] = [tempFolder(), tempFolder()];
    const alone = await new Shell().json(['thumbs', folder, '--out', join(whole, 'made')]);
    expect([alone.code, alone.results.length]).toEqual([0, 24]);
    const shards = await onMachines(4, (shard) => [
      'thumbs',
      folder,
      '--out',
      join(out, 'made'),
      '--shard',
      shard,
    ]);
    expect(shards.map(({ code, summary }) => [code, summary?.failed])).toEqual(shards.map(() => [0, 0]));
    expect(shards.map(({ results, summary }) => results.length === summary?.total)).not.toContain(false);
    const inputs = shards.flatMap(({ results }) => results.map(({ input }) => input));
    expect(inputs.toSorted()).toEqual(alone.results.map(({ input }) => input).toSorted());
    const made = filesBelow(whole);
    expect(filesBelow(out)).toEqual(made);
    expect(hashes(out, made)).toEqual(hashes(whole, made));
  });

  test('a list fetch together what one machine fetches, and each host hears of one machine', async () => {
    await using stack = new AsyncDisposableStack();
    const agents: Set<string>[] = [];
    const urls: string[] = [];
    for (let host = 0; host < 6; host += 1) {
      const heard = new Set<string>();
      agents.push(heard);
      const server = stack.use(
        await startServer((request, response) => {
          heard.add(request.headers['user-agent'] ?? '');
          text(`${request.url}`)(request, response);
        }),
      );
      urls.push(...[1, 2, 3].map((file) => `${server.origin}/${file}.txt`));
    }
    const out = tempFolder();
    writeFiles(out, { 'urls.txt': [...urls, urls[0], 'no URL'].join('\n') });
    const shards = await onMachines(3, (shard) => [
      'fetch',
      join(out, 'urls.txt'),
      '--out',
      join(out, 'files'),
      '--user-agent',
      `machine ${shard}`,
      '--shard',
      shard,
    ]);
    expect(shards.map(({ code }) => code).toSorted()).toEqual([0, 0, 1]);
    const results = shards.flatMap((shard) => shard.results);
    expect(results.map(({ input }) => input).toSorted()).toEqual([...urls, 'no URL'].toSorted());
    expect(readdirSync(join(out, 'files'))).toHaveLength(urls.length);
    expect(agents.map(({ size }) => size)).toEqual(agents.map(() => 1));
    // What is listed twice is told by the machine that fetches it.
    expect(shards.filter(({ stderr }) => stderr.includes('listed twice'))).toHaveLength(1);
  });

  test('the items of a function, given as arguments or on standard input', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'up.mjs': 'export default (item) => item.toUpperCase();' });
    const items = Array.from({ length: 30 }, (_, at) => `item ${at}`);
    const module = join(folder, 'up.mjs');
    const given = await onMachines(3, (shard) => ['map', module, '--shard', shard, ...items]);
    const piped = await Promise.all(
      [1, 2, 3].map((number) =>
        new Shell().json(['map', module, '--shard', `${number}/3`, '-'], { input: items.join('\n') }),
      ),
    );
    const inputs = (shards: typeof given) => shards.map(({ results }) => results.map(({ input }) => input));
    expect(inputs(given).flat().toSorted()).toEqual(items.toSorted());
    expect(inputs(piped)).toEqual(inputs(given));
  });
});

test('a shard that does not exist is wrong usage, with a word for those who count from 0', async () => {
  const folder = tempFolder();
  for (const [shard, message] of [
    [
      '0/4',
      'Expected a shard from 1/4 to 4/4 (they are counted from 1: add one to an index that begins with 0), got 0/4.',
    ],
    ['5/4', 'Expected a shard from 1/4 to 4/4, got 5/4.'],
    ['half', 'Expected a shard such as 3/8, the third of eight, got half.'],
  ] as const) {
    for (const command of [
      ['thumbs', folder],
      ['fetch', 'http://127.0.0.1:9/'],
      ['map', 'x.mjs', 'a'],
    ]) {
      const { code, stderr } = await new Shell().run([...command, '--shard', shard]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  }
});

test('a dry run and a retry of a shard are of that shard', async () => {
  const folder = tempFolder();
  const folders = Array.from({ length: 12 }, (_, at) => `${at}/bad.jpg`);
  writeFiles(folder, Object.fromEntries(folders.map((file) => [file, 'no image'])));
  const shell = new Shell();
  const shard = ['thumbs', folder, '--shard', '1/2'];
  const dry = await shell.json([...shard, '--dry-run']);
  const run = await shell.json(shard);
  expect(run.summary).toMatchObject({ total: dry.results.length, failed: dry.results.length });
  expect(dry.results.length).toBeLessThan(12);
  const [former] = await shell.runs();
  const again = await shell.json(['runs', 'retry', String(former?.id)]);
  expect(again.results.map(({ input }) => input).toSorted()).toEqual(
    run.results.map(({ input }) => input).toSorted(),
  );
  const shown = await shell.run(['runs', 'show', String(former?.id)]);
  expect(shown.stdout).toContain('--shard 1/2');
});

test('pages are of a shard by their own hosts, with all images that they lead to', async () => {
  await using images = await startServer(text('an image'));
  await using stack = new AsyncDisposableStack();
  const asked: string[][] = [];
  const pages: string[] = [];
  for (let host = 0; host < 4; host += 1) {
    const paths: string[] = [];
    asked.push(paths);
    const server = stack.use(
      await startServer((request, response) => {
        if (request.url !== '/robots.txt') paths.push(request.url ?? '');
        response.writeHead(request.url === '/page' ? 200 : 404, { 'content-type': 'text/html' });
        response.end(`<img src="${images.origin}/${host}-1.jpg"><img src="${images.origin}/${host}-2.jpg">`);
      }),
    );
    pages.push(`${server.origin}/page`);
  }
  const out = tempFolder();
  const shards = await onMachines(2, (shard) => [
    'fetch',
    ...pages,
    '--images-of',
    '--out',
    join(out, shard.slice(0, 1)),
    '--shard',
    shard,
  ]);
  expect(asked).toEqual(pages.map(() => ['/page']));
  const fetched = shards.flatMap(({ results }) => results.map(({ input }) => input));
  expect(fetched).toHaveLength(8);
  expect(new Set(fetched).size).toBe(8);
  expect(readFileSync(join(out, filesBelow(out)[0] as string), 'utf8')).toBe('an image');
});
