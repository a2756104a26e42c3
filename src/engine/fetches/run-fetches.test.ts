import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { answeringWhenFull, routes, startServer, text } from '../../../test/servers/test-server.ts';
import { tempFolder } from '../../../test/temp-folder.ts';
import { waitUntil } from '../../../test/wait-until.ts';
import type { ItemResult } from '../../shared/result.ts';
import { LivePoolSize } from '../pool/live-pool-size.ts';
import { Workers } from '../pool/workers.ts';

const many = (origin: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${origin}/${index}.txt`);
const echo = text('hello');

describe('a run over a list', () => {
  it('fetches every URL once and tells duplicates and rejected lines', async () => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    const urls = many(server.origin, 5);
    const { summary, results, warnings } = await runs.fetch([...urls, urls[0] ?? '', 'nonsense']);
    expect(summary).toMatchObject({ total: 6, done: 5, failed: 1, bytesIn: 25, bytesOut: 25 });
    expect(results.at(-1)?.index).toBeLessThanOrEqual(5);
    expect(warnings).toEqual(['One URL was listed twice and is fetched once.']);
    expect(runs.files()).toEqual(['0.txt', '1.txt', '2.txt', '3.txt', '4.txt']);
    expect(server.requests).toHaveLength(5);
  });

  it('gives files of one name distinct names, always the same ones', async () => {
    await using server = await startServer(echo);
    const urls = ['/a/x.txt', '/b/x.txt', '/c/X.txt'].map((path) => server.origin + path);
    const outputs = [];
    for (let round = 0; round < 2; round += 1) {
      using runs = new FetchRuns();
      const { results } = await runs.fetch(urls);
      outputs.push(
        results.map(({ index, output = '' }) => `${index} ${output.replace(runs.folder, '')}`).sort(),
      );
    }
    expect(new Set(outputs[0]).size).toBe(3);
    expect(outputs[0]?.[0]).toBe('0 /x.txt');
    expect(outputs[0]).toEqual(outputs[1]);
  });

  it('has exactly as many requests in flight as the pool size, also while that changes', async () => {
    const total = 300;
    const poolSize = new LivePoolSize(4, 32);
    const { listener, counts } = answeringWhenFull(() => poolSize.size, total);
    await using server = await startServer(listener);
    using runs = new FetchRuns();
    let ended = 0;
    await runs.fetch(
      many(server.origin, total),
      { perHost: 32 },
      {
        poolSize,
        onResult: () => {
          ended += 1;
          if (ended === 100) poolSize.resize(32);
          if (ended === 200) poolSize.resize(2);
        },
      },
    );
    expect(Math.max(...counts.slice(0, 90))).toBe(4);
    expect(Math.max(...counts)).toBe(32);
    expect(Math.max(...counts.slice(-60))).toBe(2);
  });

  it('starts nothing while it is paused, and goes on when it is resumed', async () => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    const poolSize = new LivePoolSize(2);
    let started = 0;
    let ended = 0;
    const asked: number[] = [];
    const lookAndResume = async () => {
      await waitUntil(() => ended === started, 'what was in flight has ended');
      asked.push(server.requests.length);
      await sleep(100);
      asked.push(server.requests.length);
      poolSize.resume();
    };
    const { summary } = await runs.fetch(
      many(server.origin, 50),
      {},
      {
        poolSize,
        onStart: () => {
          started += 1;
        },
        onResult: ({ index }) => {
          ended += 1;
          if (index !== 10) return;
          poolSize.pause();
          void lookAndResume();
        },
      },
    );
    expect(asked[0]).toBeLessThan(50);
    expect(asked[1]).toBe(asked[0]);
    expect(summary.done).toBe(50);
  });

  it('never asks one host for more than its limit at once', async () => {
    const { listener, counts } = answeringWhenFull(() => 3, 40);
    await using server = await startServer(listener);
    using runs = new FetchRuns();
    await runs.fetch(many(server.origin, 40), { perHost: 3 }, { poolSize: 20 });
    expect(Math.max(...counts)).toBe(3);
  });

  it('lets a slow host among fifty hold up none of the others', async () => {
    // This host answers nothing until all others have their results: a run that waited for it would never end.
    const held: (() => void)[] = [];
    await using slow = await startServer((_request, response) => {
      if (order.length < others.length) held.push(() => response.end('slow'));
      else response.end('slow');
    });
    await using quick = await startServer(echo);
    using runs = new FetchRuns();
    // Every *.localhost is loopback (RFC 6761): fifty hosts by name, one server.
    const others = Array.from({ length: 49 }, (_, host) =>
      many(`http://h${host}.localhost:${quick.port}`, 4),
    ).flat();
    const order: string[] = [];
    await runs.fetch(
      [...many(slow.origin, 12), ...others],
      { perHost: 6 },
      {
        poolSize: 12,
        onResult: ({ input }) => {
          order.push(input);
          if (order.length === others.length) for (const answer of held) answer();
        },
      },
    );
    expect(order.findIndex((input) => input.startsWith(slow.origin))).toBe(others.length);
    expect(order).toHaveLength(others.length + 12);
  });

  it('keeps the gap between the requests to one host', async () => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    const started = performance.now();
    await runs.fetch(many(server.origin, 5), { minGap: 0.1 });
    // On a busy machine the server may notice a request late, which shortens a single gap, but never the sum.
    expect(performance.now() - started).toBeGreaterThanOrEqual(390);
  });

  it('cancelled in the middle gives its summary, leaves no half file and no request open', async () => {
    const cancel = new AbortController();
    let asked = 0;
    await using server = await startServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      asked += 1;
      if (asked === 4) setTimeout(() => cancel.abort(), 50);
    });
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(many(server.origin, 50), {}, { signal: cancel.signal, poolSize: 4 });
    expect(summary).toMatchObject({ done: 0, cancelled: 4 });
    expect(runs.files()).toEqual([]);
  });

  it('cannot start without a place for its files', async () => {
    using runs = new FetchRuns();
    await runs.fetch([]);
    writeFileSync(join(runs.folder, 'file'), '');
    (runs as { folder: string }).folder = join(runs.folder, 'file');
    await expect(runs.fetch(['http://127.0.0.1:9/'])).rejects.toThrow('file');
  });

  it('only plans when told so', async () => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 2), {}, { dryRun: true });
    expect(results).toMatchObject([
      { status: 'skipped', reason: 'dry-run', output: join(runs.folder, '0.txt') },
      {},
    ]);
    expect(existsSync(runs.folder)).toBe(false);
    expect(server.requests).toEqual([]);
  });
});

it('workers that cannot start are one error, before any result', async () => {
  using runs = new FetchRuns();
  const results: ItemResult[] = [];
  const urls = Array.from({ length: 3_000 }, (_, index) => `http://127.0.0.1:9/${index}`);
  const options = {
    workers: new Workers({ workerFile: '/no/such/worker.cjs' }),
    onResult: (result: ItemResult) => results.push(result),
  };
  await expect(runs.fetch(urls, {}, options)).rejects.toThrow('The worker threads could not start.');
  expect(results).toEqual([]);
});

describe('what a site asks for', () => {
  it('in its robots.txt is respected on request, and asked once a host', async () => {
    await using server = await startServer(
      routes({
        '/robots.txt': text('User-agent: *\nDisallow: /private\n\nUser-agent: shoal\nDisallow: /no-shoal'),
        '/*': echo,
      }),
    );
    using runs = new FetchRuns();
    const urls = ['/a', '/no-shoal/b', '/private/c'].map((path) => server.origin + path);
    const { of } = await runs.fetch(urls, { respect: ['robots'] });
    expect(of(urls[0] ?? '').status).toBe('done');
    expect(of(urls[1] ?? '')).toMatchObject({ status: 'skipped', reason: 'robots' });
    expect(of(urls[2] ?? '').status).toBe('done');
    expect(server.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(1);
  });

  it('with noai is respected on request', async () => {
    await using server = await startServer(text('x', { 'x-robots-tag': 'noai' }));
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 1), { respect: ['noai'] });
    expect(results).toMatchObject([{ status: 'skipped', reason: 'noai' }]);
  });
});

describe('a cookie file', () => {
  it('with bad lines is told once, and holds up no item', async () => {
    await using server = await startServer(echo);
    using runs = new FetchRuns();
    const cookieFile = join(tempFolder(), 'cookies');
    const line = (domain: string) => [domain, 'FALSE', '/', 'FALSE', '0', 'a', 'b'].join('\t');
    writeFileSync(cookieFile, ['bad;domain com', '127.0.0.1', 'other bad'].map(line).join('\n'));
    const { summary, warnings } = await runs.fetch(many(server.origin, 3), {}, { access: { cookieFile } });
    expect(summary).toMatchObject({ done: 3 });
    expect(warnings).toEqual([
      `2 lines of the cookie file ${cookieFile} are left out, the first is line 1: its domain is none.`,
    ]);
    expect(server.requests.map(({ headers }) => headers.cookie)).toEqual(['a=b', 'a=b', 'a=b']);
  });
});

describe('secrets', () => {
  it('are sent where they belong and appear in no result', async () => {
    await using server = await startServer((request, response) => {
      const right = request.headers.authorization === `Basic ${btoa('me:pass')}`;
      response.writeHead(right ? 200 : 401).end('x');
    });
    using runs = new FetchRuns();
    const withUser = `http://me:pass@127.0.0.1:${server.port}/a`;
    const { results, summary } = await runs.fetch([withUser, 'ftp://me:pass@x/']);
    expect(summary).toMatchObject({ done: 1, failed: 1 });
    expect(JSON.stringify(results)).not.toContain('pass');
    const byOption = await runs.fetch(
      [`${server.origin}/b`],
      {},
      { access: { user: 'me', password: 'pass' } },
    );
    expect(byOption.summary.done).toBe(1);
  });
});

describe('ten thousand hosts', () => {
  it('by name on loopback are each asked once, without running out of sockets', async () => {
    let sockets = 0;
    let most = 0;
    await using server = await startServer((request, response) => {
      if (!seen.has(request.socket)) {
        seen.add(request.socket);
        sockets += 1;
        most = Math.max(most, sockets);
        request.socket.on('close', () => {
          sockets -= 1;
        });
      }
      response.end(request.headers.host);
    });
    const seen = new WeakSet<object>();
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(
      [`http://h[1-10000].localhost:${server.port}/name.txt`],
      {},
      { poolSize: 64 },
    );
    expect(summary).toMatchObject({ total: 10_000, done: 10_000 });
    expect(runs.files()).toHaveLength(10_000);
    expect(most).toBeLessThan(500);
  }, 120_000);
});
