import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { type Route, routes, startServer, text } from '../../../test/servers/test-server.ts';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import type { FetchSettings } from '../../shared/recipe.ts';

const file = text('x');
const respect: FetchSettings = { respect: ['robots'] };
const atOnce: FetchSettings = { ...respect, retries: 0 };
const to =
  (location: string): Route =>
  (_request, response) =>
    response.writeHead(302, { location }).end();
const many = (origin: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${origin}/${index}.txt`);
const askedFor = (requests: readonly { path: string }[]) => requests.map(({ path }) => path);

/** A server with these rules, and a file at every other path. */
const site = (robots: Route | string, more: Readonly<Record<string, Route>> = {}) =>
  startServer(
    routes({ '/*': file, '/robots.txt': typeof robots === 'string' ? text(robots) : robots, ...more }),
  );

/** Sends a piece again and again, as long as the client is connected. */
function endless(response: ServerResponse, piece: string, everyMs: number): void {
  const sending = setInterval(() => response.write(piece), everyMs);
  response.on('close', () => clearInterval(sending));
}

describe('rules that never end', () => {
  it('are given up where they drip', async () => {
    await using server = await site((_request, response) => endless(response, '# wait\n', 100));
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 1), { ...atOnce, timeout: 1 });
    expect(results).toMatchObject([{ status: 'failed', error: { code: 'TOO_SLOW' } }]);
    expect(results[0]?.error?.message).toContain(`${server.origin}/robots.txt`);
  });

  it('are given up where they come, and go on coming, at a fair pace', async () => {
    await using server = await site((_request, response) => endless(response, `${'#'.repeat(1_000)}\n`, 100));
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 1), { ...atOnce, timeout: 1 });
    expect(results).toMatchObject([{ status: 'failed', error: { code: 'TOO_SLOW' } }]);
  });

  it('count by their first 512 KiB where they come quickly', async () => {
    let given = 0;
    await using server = await site((_request, response) => {
      response.write('User-agent: *\nDisallow: /1\n');
      const goOn = (): void => {
        given += 64 * 1024;
        if (!response.destroyed) response.write(`${'#'.repeat(64 * 1024 - 1)}\n`, goOn);
      };
      goOn();
    });
    using runs = new FetchRuns();
    const [first = '', second = ''] = many(server.origin, 2);
    const { of } = await runs.fetch([first, second], atOnce);
    expect(of(first)).toMatchObject({ status: 'done' });
    expect(of(second)).toMatchObject({ status: 'skipped', reason: 'robots' });
    // The bound includes what was in the sockets' buffers.
    expect(given).toBeLessThan(64 * 1024 * 1024);
  });

  it('are cut between two lines: half a rule would say something else', async () => {
    const rules = ['User-agent: *', 'Disallow: /', `Allow: /${'a'.repeat(600_000)}`].join('\n');
    await using server = await site(rules);
    using runs = new FetchRuns();
    const { results } = await runs.fetch([`${server.origin}/${'a'.repeat(2_000)}`], atOnce);
    expect(results).toMatchObject([{ status: 'skipped', reason: 'robots' }]);
  });
});

describe('rules that are hard to follow', () => {
  it('hold up nothing', async () => {
    await using server = await site(`User-agent: *\nDisallow: /${'*a'.repeat(250_000)}b$`);
    using runs = new FetchRuns();
    const urls = Array.from({ length: 5 }, (_, index) => `${server.origin}/${index}${'a'.repeat(4_000)}`);
    const { summary } = await runs.fetch(urls, atOnce);
    expect(summary).toMatchObject({ done: 5 });
    expect(summary.seconds).toBeLessThan(20);
  });

  it('are read also where they come packed', async () => {
    const packed = gzipSync('User-agent: *\nDisallow: /');
    await using server = await site((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    );
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 1), { ...atOnce, maxBytes: 10 });
    expect(results).toMatchObject([{ status: 'skipped', reason: 'robots' }]);
  });
});

describe('rules that cannot be read', () => {
  const trouble: [string, string, Route][] = [
    ['a lost connection', 'CONNECTION_LOST', (request) => request.socket.destroy()],
    ['no answer', 'HEADERS_TIMEOUT', () => {}],
    ['503', 'HTTP_5XX', (_request, response) => response.writeHead(503).end()],
    ['500', 'HTTP_5XX', (_request, response) => response.writeHead(500).end('oops')],
    [
      'half of them',
      'TRUNCATED',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('User-agent: *', () => response.destroy());
      },
    ],
    ['what is no HTTP', 'BAD_RESPONSE', (request) => request.socket.end('hello\r\n\r\n')],
  ];
  it.each(trouble)('by %s: nothing is asked for, and each item tells why', async (_what, code, robots) => {
    await using server = await site(robots);
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 5), { ...atOnce, timeout: 1 });
    expect(results.map(({ error }) => error?.code)).toEqual(Array.from({ length: 5 }, () => code));
    for (const { input, error } of results) {
      expect(error?.message).toContain(
        `${input} is not asked for, as its site's robots.txt could not be read: `,
      );
    }
    expect(new Set(askedFor(server.requests))).toEqual(new Set(['/robots.txt']));
  });

  it('are asked for again before the item is given up', async () => {
    let asked = 0;
    await using server = await site((request, response) => {
      asked += 1;
      if (asked < 3) request.socket.destroy();
      else text('User-agent: *\nDisallow: /1')(request, response);
    });
    using runs = new FetchRuns();
    const [first = '', second = ''] = many(server.origin, 2);
    const { of } = await runs.fetch([first, second], respect);
    expect(of(first)).toMatchObject({ status: 'done', tries: 3 });
    expect(of(second)).toMatchObject({ status: 'skipped', reason: 'robots' });
  });

  it('tell of a dead host what the item itself would have told, without asking for each item', async () => {
    const server = await site('');
    await server.close();
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 200), respect);
    expect(new Set(results.map(({ error }) => error?.code))).toEqual(new Set(['CONNECT_REFUSED']));
    expect(results[0]).toMatchObject({ status: 'failed', tries: 4 });
  });

  it.each([400, 401, 403, 404, 410, 429])('by %i: there are none', async (status) => {
    await using server = await site((_request, response) => response.writeHead(status).end('Disallow: /'));
    using runs = new FetchRuns();
    expect((await runs.fetch(many(server.origin, 1), atOnce)).summary).toMatchObject({ done: 1 });
  });
});

describe('rules that have moved', () => {
  const chain = (hops: number) => {
    const steps = Array.from({ length: hops - 1 }, (_, hop): [string, Route] => [
      `/hop${hop + 1}`,
      to(hop + 2 < hops ? `/hop${hop + 2}` : '/rules'),
    ]);
    return site(to('/hop1'), { ...Object.fromEntries(steps), '/rules': text('User-agent: *\nDisallow: /') });
  };

  it('are followed five times, without asking whether that is allowed', async () => {
    await using server = await chain(5);
    using runs = new FetchRuns();
    const { results } = await runs.fetch(many(server.origin, 1), { ...atOnce, maxRedirects: 0 });
    expect(results).toMatchObject([{ status: 'skipped', reason: 'robots' }]);
  });

  it.each([
    ['more than five times', () => chain(6)],
    ['in a circle', () => site(to('/robots.txt'))],
    ['to nowhere', () => site((_request, response) => response.writeHead(302).end())],
    ['to what is no web site', () => site(to('ftp://127.0.0.1/robots.txt'))],
  ])('%s, are none', async (_how, start) => {
    await using server = await start();
    using runs = new FetchRuns();
    expect((await runs.fetch(many(server.origin, 1), atOnce)).summary).toMatchObject({ done: 1 });
  });
});

describe('a redirect', () => {
  it('is not followed where the same site forbids it', async () => {
    await using server = await site('User-agent: *\nDisallow: /private', { '/a': to('/private/b') });
    using runs = new FetchRuns();
    const { results } = await runs.fetch([`${server.origin}/a`], atOnce);
    expect(results).toMatchObject([
      { status: 'skipped', reason: 'robots', finalUrl: `${server.origin}/private/b` },
    ]);
    expect(askedFor(server.requests)).toEqual(['/robots.txt', '/a']);
  });

  it('is not followed where another site forbids it, which is asked once', async () => {
    await using other = await site('User-agent: shoal\nDisallow: /');
    await using server = await site('', { '/*': to(`${other.origin}/b`) });
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(many(server.origin, 5), atOnce);
    expect(summary).toMatchObject({ total: 5, skipped: 5 });
    expect(askedFor(other.requests)).toEqual(['/robots.txt']);
  });

  it('is followed where both sites allow it, and nothing secret goes along', async () => {
    await using other = await site('User-agent: *\nDisallow: /private', { '/b': to('/c') });
    await using server = await site('', { '/a': to(`${other.origin}/b`) });
    using runs = new FetchRuns();
    const { results } = await runs.fetch(
      [`${server.origin}/a`],
      { ...atOnce, headers: { 'x-secret': 'yes' } },
      { access: { user: 'me', password: 'pass' } },
    );
    expect(results).toMatchObject([{ status: 'done', finalUrl: `${other.origin}/c`, bytesOut: 1 }]);
    expect(results[0]).not.toHaveProperty('tries');
    expect(askedFor(other.requests)).toEqual(['/robots.txt', '/b', '/c']);
    for (const { headers } of other.requests) {
      expect(headers).not.toHaveProperty('x-secret');
      expect(headers).not.toHaveProperty('authorization');
    }
    expect(server.requests.at(-1)?.headers).toMatchObject({ 'x-secret': 'yes' });
  });

  it('to a site whose rules cannot be read fails', async () => {
    await using other = await site((_request, response) => response.writeHead(503).end());
    await using server = await site('', { '/a': to(`${other.origin}/b`) });
    using runs = new FetchRuns();
    const { results } = await runs.fetch([`${server.origin}/a`], atOnce);
    expect(results).toMatchObject([{ status: 'failed', error: { code: 'HTTP_5XX' } }]);
    expect(askedFor(other.requests)).toEqual(['/robots.txt']);
  });

  it('in a circle, and one too many, fail as they do without rules', async () => {
    await using server = await site('', {
      '/a': to('/b'),
      '/b': to('/a'),
      '/1': to('/2'),
      '/2': to('/3'),
    });
    using runs = new FetchRuns();
    const urls = ['/a', '/1'].map((path) => server.origin + path);
    const { results } = await runs.fetch(urls, { ...atOnce, maxRedirects: 1 });
    const codes = results.map(({ error }) => error?.code).sort();
    expect(codes).toEqual(['TOO_MANY_REDIRECTS', 'TOO_MANY_REDIRECTS']);
    const more = await runs.fetch(urls, { ...atOnce, maxRedirects: 5 });
    expect(more.of(`${server.origin}/a`)).toMatchObject({ error: { code: 'REDIRECT_LOOP' } });
    expect(more.of(`${server.origin}/1`)).toMatchObject({ status: 'done' });
  });

  it('goes on before what has not begun, and holds to the limits of where it leads', async () => {
    let atOnceThere = 0;
    let mostThere = 0;
    const slowly = (_request: IncomingMessage, response: ServerResponse): void => {
      atOnceThere += 1;
      mostThere = Math.max(mostThere, atOnceThere);
      setTimeout(() => {
        atOnceThere -= 1;
        response.end('x');
      }, 20);
    };
    await using other = await site('', { '/*': slowly });
    await using server = await site('', {
      '/*': (request, response) => to(`${other.origin}${request.url}`)(request, response),
    });
    using runs = new FetchRuns();
    const { summary } = await runs.fetch(
      many(server.origin, 30),
      { ...atOnce, perHost: 2 },
      { poolSize: 16 },
    );
    expect(summary).toMatchObject({ done: 30 });
    expect(mostThere).toBe(2);
    // The two sites were fetched at the same time, not one after the other.
    expect(other.requests[1]?.at).toBeLessThan(server.requests.at(-1)?.at ?? 0);
  });

  it('keeps the gap that the site asks for where it leads', async () => {
    await using other = await site('User-agent: *\nCrawl-delay: 0.4');
    await using server = await site('', {
      '/*': (request, response) => to(`${other.origin}${request.url}`)(request, response),
    });
    using runs = new FetchRuns();
    const started = performance.now();
    await runs.fetch(many(server.origin, 3), atOnce);
    // The gap also applies between the first request, before which it was unknown, and the second.
    expect(performance.now() - started).toBeGreaterThanOrEqual(790);
    expect(askedFor(other.requests)).toHaveLength(4);
  });

  it('brings its cookies along, whichever thread goes on', async () => {
    const folder = tempFolder();
    writeFiles(folder, { cookies: '# Netscape HTTP Cookie File\n' });
    await using server = await site('', {
      '/login': (_request, response) =>
        response.writeHead(302, { location: '/in', 'set-cookie': ['a=1', 'b=2'] }).end(),
      '/in': (_request, response) =>
        response.writeHead(302, { location: '/file', 'set-cookie': 'c=3' }).end(),
    });
    using runs = new FetchRuns();
    const access = { cookieFile: `${folder}/cookies` };
    const { summary } = await runs.fetch([`${server.origin}/login`], atOnce, { access });
    expect(summary).toMatchObject({ done: 1 });
    const asked = server.requests.find(({ path }) => path === '/file');
    expect(asked?.headers.cookie).toBe('a=1; b=2; c=3');
  });
});
