import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { startServer, text } from '../../../test/servers/test-server.ts';

const many = (origin: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${origin}/${index}.txt`);
const echo = text('hello');

describe('a second run', () => {
  it('asks with validators and skips what has not changed', async () => {
    await using server = await startServer((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"v1"' }).end('hello');
    });
    using runs = new FetchRuns();
    const urls = many(server.origin, 3);
    await runs.fetch(urls);
    const again = await runs.fetch(urls);
    expect(again.summary).toMatchObject({ skipped: 3 });
    expect(again.results[0]).toMatchObject({
      reason: 'unchanged',
      output: expect.stringContaining(runs.folder),
    });
    expect((await runs.fetch(urls, {}, { force: true })).summary).toMatchObject({ done: 3 });
    expect(runs.files()).toEqual(['0.txt', '1.txt', '2.txt']);
  });

  it('asks for nothing where it is told not to, or has nothing to ask with', async () => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    await runs.fetch(many(server.origin, 3));
    expect((await runs.fetch(many(server.origin, 3))).summary).toMatchObject({ skipped: 3 });
    expect(server.requests).toHaveLength(3);
  });

  it('fetches again what has gone, and leaves alone what somebody has changed', async () => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    const [first = '', second = ''] = many(server.origin, 2);
    await runs.fetch([first, second]);
    rmSync(join(runs.folder, '0.txt'));
    writeFileSync(join(runs.folder, '1.txt'), 'my own words');
    expect((await runs.fetch([first, second])).summary).toMatchObject({ done: 2 });
    expect(readFileSync(join(runs.folder, '1.txt'), 'utf8')).toBe('my own words');
    expect(runs.files()).toHaveLength(3);
  });
});
