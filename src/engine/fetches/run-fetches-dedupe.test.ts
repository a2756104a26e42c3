import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { routes, startServer, text } from '../../../test/servers/test-server.ts';

const echo = text('hello');
const many = (origin: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${origin}/${at + 1}.txt`);
/** Every file in a folder, including parts. */
const allIn = (folder: string) => readdirSync(folder).sort();

describe('the same bytes under several URLs', () => {
  it.each([1, 40])('are stored once by hard links, and told (pool size %i)', async (poolSize) => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    const { results } = await runs.fetch(
      many(server.origin, 40),
      { dedupe: 'link', perHost: 40 },
      { poolSize },
    );
    expect(results.filter(({ duplicateOf }) => duplicateOf !== undefined)).toHaveLength(39);
    expect(allIn(runs.folder)).toHaveLength(40);
    expect(statSync(join(runs.folder, '7.txt')).nlink).toBe(40);
  });

  it.each([1, 40])('are stored once and left out, and told (pool size %i)', async (poolSize) => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    const { results } = await runs.fetch(
      many(server.origin, 40),
      { dedupe: 'skip', perHost: 40 },
      { poolSize },
    );
    const files = allIn(runs.folder);
    expect(files).toHaveLength(1);
    const kept = join(runs.folder, files[0] ?? '');
    expect(new Set(results.map(({ output }) => output))).toEqual(new Set([kept]));
    expect(results.filter(({ duplicateOf }) => duplicateOf === kept)).toHaveLength(39);
  });

  it('are left out for a file of an earlier run', async () => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    await runs.fetch([`${server.origin}/a.txt`]);
    const { results } = await runs.fetch(many(server.origin, 2), { dedupe: 'skip' });
    const duplicateOf = join(runs.folder, 'a.txt');
    expect(results).toMatchObject([{ duplicateOf }, { duplicateOf }]);
    expect(runs.files()).toEqual(['a.txt']);
  });

  it.each(['link', 'skip'] as const)(
    'are there after the folder was deleted and filled anew (%s)',
    async (dedupe) => {
      await using server = await startServer(echo);
      using runs = new FetchRuns();
      await runs.fetch(many(server.origin, 6));
      rmSync(runs.folder, { recursive: true });
      const { results } = await runs.fetch(many(server.origin, 6), { dedupe });
      expect(allIn(runs.folder)).toHaveLength(dedupe === 'skip' ? 1 : 6);
      for (const { output = '' } of results) expect(readFileSync(output, 'utf8')).toBe('hello');
    },
  );

  it.each(['link', 'skip'] as const)('are there when all is fetched again by force (%s)', async (dedupe) => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    for (const force of [false, true, true]) {
      const { results } = await runs.fetch(many(server.origin, 6), { dedupe }, { force });
      for (const { output = '' } of results) expect(readFileSync(output, 'utf8')).toBe('hello');
      expect(allIn(runs.folder).filter((name) => !/^\d.txt$/.test(name))).toEqual([]);
    }
  });

  it('leave the first file its entry: a second run skips it', async () => {
    await using server = await startServer((request, response) => {
      if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
      else text('hello', { etag: '"one"' })(request, response);
    });
    using runs = new FetchRuns();
    await runs.fetch(many(server.origin, 2), { dedupe: 'skip' }, { poolSize: 1 });
    const { of } = await runs.fetch(many(server.origin, 2), { dedupe: 'skip' }, { poolSize: 1 });
    expect(of(`${server.origin}/1.txt`)).toMatchObject({ status: 'skipped', reason: 'unchanged' });
    expect(of(`${server.origin}/2.txt`)).toMatchObject({ duplicateOf: join(runs.folder, '1.txt') });
    expect(runs.files()).toEqual(['1.txt']);
  });
});

describe('a file that changes while another is found to be like its old version', () => {
  it.each(['link', 'skip'] as const)('loses neither version (%s, the change comes later)', async (dedupe) => {
    const stored = Promise.withResolvers<void>();
    let version = 'old';
    await using server = await startServer(
      routes({
        '/changes.txt': async (request, response) => {
          if (version === 'new') await stored.promise;
          text(version)(request, response);
        },
        '/like-the-old.txt': text('old'),
      }),
    );
    using runs = new FetchRuns();
    const urls = [`${server.origin}/changes.txt`, `${server.origin}/like-the-old.txt`];
    await runs.fetch(urls.slice(0, 1));
    version = 'new';
    const onResult = () => stored.resolve();
    const { results } = await runs.fetch(urls, { dedupe }, { force: true, poolSize: 2, onResult });
    const contents = results.map(({ output = '' }) => readFileSync(output, 'utf8'));
    expect(contents.sort()).toEqual(['new', 'old']);
  });
});
