import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { routes, startServer, text } from '../../../test/servers/test-server.ts';

const many = (origin: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${origin}/${index}.txt`);
const echo = text('hello');

describe('tries', () => {
  it('are repeated for what may pass, and counted in the result', async () => {
    const failures = new Map<string, number>();
    await using server = await startServer((request, response) => {
      const before = failures.get(request.url ?? '') ?? 0;
      failures.set(request.url ?? '', before + 1);
      if (before < 2) response.writeHead(500).end();
      else response.end('at last');
    });
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 3), { retries: 2 });
    expect(results).toMatchObject([1, 2, 3].map(() => ({ status: 'done', tries: 3 })));
  });

  it.each([
    [502, 'HTTP_5XX_AFTER_RETRIES'],
    [429, 'HTTP_429_AFTER_RETRIES'],
  ])('end after their number, with the code of the last one (%i)', async (status, code) => {
    await using server = await startServer((_request, response) => response.writeHead(status).end());
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 1), { retries: 1 });
    expect(results).toMatchObject([{ status: 'failed', error: { code, tries: 2 } }]);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    [502, {}, 'HTTP_5XX'],
    [429, {}, 'HTTP_429'],
    [503, { 'retry-after': '86400' }, 'HTTP_5XX'],
  ])('that were not repeated are not told as such (%i)', async (status, headers, code) => {
    await using server = await startServer((_request, response) => response.writeHead(status, headers).end());
    using runs = new FetchRuns();
    const retries = Object.hasOwn(headers, 'retry-after') ? 3 : 0;
    const { results } = await runs.fetch(many(server.origin, 1), { retries });
    expect(results).toMatchObject([{ status: 'failed', error: { code } }]);
    expect(server.requests).toHaveLength(1);
  });

  it('are not repeated for what will not pass', async () => {
    await using server = await startServer((_request, response) => response.writeHead(404).end());
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 1));
    expect(results[0]).toMatchObject({ status: 'failed', error: { code: 'HTTP_404' } });
    expect(results[0]).not.toHaveProperty('tries');
    expect(server.requests).toHaveLength(1);
  });

  it('wait as long as Retry-After says', async () => {
    let refused = false;
    await using server = await startServer((_request, response) => {
      if (refused) response.end('x');
      else response.writeHead(503, { 'retry-after': '1' }).end();
      refused = true;
    });
    using runs = new FetchRuns();
    await runs.fetch(many(server.origin, 1));
    const [first, second] = server.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('are counted from the last progress: a line that fails at every second request brings the file all the same', async () => {
    const whole = Buffer.from(Array.from({ length: 700_000 }, (_, index) => (index * 7919) % 251));
    let count = 0;
    await using server = await startServer((request, response) => {
      count += 1;
      if (count % 2 === 0) {
        response.destroy();
        return;
      }
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, {
        etag: '"one"',
        'content-length': String(whole.length - from),
        ...(from > 0 && { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` }),
      });
      const bytes = whole.subarray(from, from + 100_000);
      if (from + bytes.length === whole.length) response.end(bytes);
      else response.write(bytes, () => setTimeout(() => response.destroy(), 20));
    });
    using runs = new FetchRuns();
    const starts: number[] = [];
    const { results } = await runs.fetch(
      `${server.origin}/a.bin`,
      { retries: 1 },
      {
        onStart: ({ index }) => starts.push(index),
      },
    );
    expect(results).toMatchObject([{ status: 'done', bytesOut: whole.length }]);
    expect(readFileSync(join(runs.folder, 'a.bin')).equals(whole)).toBe(true);
    expect(count).toBe(13);
    expect(starts).toEqual([0]);
  });

  it('end where a server begins anew each time, however much comes', async () => {
    const body = Buffer.alloc(300_000, 'x');
    await using server = await startServer((request, response) => {
      // Now and then it refuses the range, so that the part is dropped and everything comes once more.
      if (request.headers.range !== undefined) {
        response.writeHead(416).end();
        return;
      }
      response.writeHead(200, { etag: '"one"', 'content-length': String(body.length) });
      response.write(body.subarray(0, 200_000), () => setTimeout(() => response.destroy(), 20));
    });
    using runs = new FetchRuns();
    const { results } = await runs.fetch(`${server.origin}/a.bin`, { retries: 2 });
    expect(results).toMatchObject([{ status: 'failed', error: { code: 'TRUNCATED' } }]);
    expect(server.requests.length).toBeLessThan(8);
    expect(runs.files().filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it('do not hold a place in flight while they wait', async () => {
    await using server = await startServer(
      routes({
        '/busy': (_request, response) => response.writeHead(503, { 'retry-after': '1' }).end(),
        '/*': echo,
      }),
    );
    using runs = new FetchRuns();
    const urls = [`${server.origin}/busy`, ...many(server.origin, 20)];
    await runs.fetch(urls, { retries: 1 }, { poolSize: 1 });
    // The only slot goes to the next item at once, however long the wait is.
    expect(server.requests.slice(0, 2).map(({ path }) => path)).toEqual(['/busy', '/0.txt']);
    expect(server.requests.filter(({ path }) => path === '/busy')).toHaveLength(2);
  });

  it('park a host that turns requests away, and not the others', async () => {
    let refusals = 0;
    await using busy = await startServer((_request, response) => {
      refusals += 1;
      if (refusals <= 8) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.end('x');
    });
    await using other = await startServer(echo);
    using runs = new FetchRuns();
    const { summary, warnings } = await runs.fetch([...many(busy.origin, 30), ...many(other.origin, 30)]);
    expect(summary.done).toBe(60);
    expect(warnings).toContainEqual(expect.stringContaining('turns requests away'));
    // Six requests at once, two more after the first refusals, and then silence.
    const gaps = busy.requests.slice(1).map(({ at }, index) => at - (busy.requests[index]?.at ?? 0));
    const pause = gaps.findIndex((gap) => gap > 900);
    expect(pause).toBeGreaterThanOrEqual(0);
    expect(pause).toBeLessThan(9);
  });
});
