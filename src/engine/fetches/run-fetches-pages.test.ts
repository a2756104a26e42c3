import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { routes, startServer, text } from '../../../test/servers/test-server.ts';
import { type FetchText, RobotsGate } from './hosts/robots-gate.ts';
import { imagesOfPages } from './pages/images-of-pages.ts';

const html = { 'content-type': 'text/html; charset=iso-8859-1' };

/** A site of two pages, a sitemap of both, and a robots.txt that forbids one. */
function site() {
  return startServer(
    routes({
      '/robots.txt': text('User-agent: *\nDisallow: /private'),
      '/': (_request, response) =>
        response
          .writeHead(200, html)
          .end(Buffer.from('<img src="1.jpg"><img src="caf\xe9.jpg"><a href="2.png">', 'latin1')),
      '/more': (_request, response) => response.writeHead(302, { location: '/below/' }).end(),
      '/below/': text('<img src="3.jpg"><img src="/1.jpg"><img src="/private/4.jpg">', html),
      '/private/page': text('<img src="/5.jpg">', html),
      '/index.xml': text('<sitemapindex><sitemap><loc>/pages.xml.gz</loc></sitemap></sitemapindex>', {
        'content-type': 'text/xml',
      }),
      '/pages.xml.gz': (_request, response) =>
        response
          .writeHead(200, { 'content-type': 'application/x-gzip' })
          .end(gzipSync('<urlset><url><loc>/more</loc></url><url><loc>/private/page</loc></url></urlset>')),
      '/gone': (_request, response) => response.writeHead(410).end(),
      '/*': text('an image', { 'content-type': 'image/jpeg' }),
    }),
  );
}

describe('the images of pages', () => {
  it('are fetched in order, each once, with the page that they are on', async () => {
    await using server = await site();
    using runs = new FetchRuns();
    const { results } = await runs.fetch([`${server.origin}/`, `${server.origin}/more`], { imagesOf: true });
    const told = results.map(({ input, status, columns }) => [
      input.replace(server.origin, ''),
      status,
      columns?.page,
    ]);
    expect(told.sort()).toEqual([
      ['/1.jpg', 'done', `${server.origin}/`],
      ['/2.png', 'done', `${server.origin}/`],
      ['/below/3.jpg', 'done', `${server.origin}/more`],
      ['/caf%C3%A9.jpg', 'done', `${server.origin}/`],
      ['/private/4.jpg', 'skipped', `${server.origin}/more`],
    ]);
    expect(runs.files()).toEqual(['1.jpg', '2.png', '3.jpg', 'café.jpg']);
  });

  it('of sitemaps are those of their pages, packed or not; what robots.txt forbids is not read', async () => {
    await using server = await site();
    using runs = new FetchRuns();
    const { of, results } = await runs.fetch(`${server.origin}/index.xml`, { imagesOf: true });
    expect(of(`${server.origin}/below/3.jpg`)).toMatchObject({ status: 'done' });
    expect(of(`${server.origin}/private/page`)).toMatchObject({ status: 'skipped', reason: 'robots' });
    expect(results).toHaveLength(4);
    expect(server.requests.some(({ path }) => path === '/private/page')).toBe(false);
  });

  it('are those whose names match', async () => {
    await using server = await site();
    using runs = new FetchRuns();
    await runs.fetch(`${server.origin}/`, { imagesOf: true, match: '*.PNG' });
    expect(runs.files()).toEqual(['2.png']);
  });

  it('are the image itself where no page is given', async () => {
    await using server = await site();
    using runs = new FetchRuns();
    const { of } = await runs.fetch(`${server.origin}/7.jpg`, { imagesOf: true });
    expect(of(`${server.origin}/7.jpg`)).toMatchObject({ status: 'done' });
  });

  it('of a page that cannot be read are a failure of the page, and the rest goes on', async () => {
    await using server = await site();
    using runs = new FetchRuns();
    const { of } = await runs.fetch([`${server.origin}/gone`, 'http://127.0.0.1:1/', `${server.origin}/`], {
      imagesOf: true,
      retries: 0,
    });
    expect(of(`${server.origin}/gone`)).toMatchObject({ status: 'failed', error: { code: 'HTTP_410' } });
    expect(of('http://127.0.0.1:1/')).toMatchObject({ status: 'failed', error: { code: 'CONNECT_REFUSED' } });
    expect(of(`${server.origin}/1.jpg`)).toMatchObject({ status: 'done' });
  });

  it('get what is meant for their site only where they are of it', async () => {
    await using elsewhere = await startServer(text('x', { 'content-type': 'image/png' }));
    await using server = await startServer(
      routes({
        '/robots.txt': (_request, response) => response.writeHead(404).end(),
        '/page': (request, response) => {
          if (request.headers.authorization !== `Basic ${btoa('me:s3cret')}`)
            return response.writeHead(401).end();
          return response
            .writeHead(200, { 'content-type': 'text/html' })
            .end(`<img src="/1.png"><img src="${elsewhere.origin}/2.png">`);
        },
        '/*': text('x'),
      }),
    );
    using runs = new FetchRuns();
    const page = `${server.origin.replace('//', '//me:s3cret@')}/page`;
    const headers = { 'X-Api-Key': 'k1' };
    const { summary, results } = await runs.fetch(page, { imagesOf: true, headers });
    expect(summary).toMatchObject({ done: 2, failed: 0 });
    expect(server.requests.find(({ path }) => path === '/1.png')?.headers['x-api-key']).toBe('k1');
    expect(elsewhere.requests.map(({ path }) => path)).toContain('/2.png');
    for (const { headers } of elsewhere.requests) {
      expect(headers['x-api-key'] ?? headers.authorization).toBeUndefined();
    }
    expect(JSON.stringify(results)).not.toContain('s3cret');
  });

  it('are not read where a page redirects to what robots.txt forbids', async () => {
    await using server = await startServer(
      routes({
        '/robots.txt': text('User-agent: *\nDisallow: /private'),
        '/page': (_request, response) => response.writeHead(302, { location: '/private/page' }).end(),
        '/*': text('<img src=1.png>', { 'content-type': 'text/html' }),
      }),
    );
    using runs = new FetchRuns();
    const { results } = await runs.fetch(`${server.origin}/page`, { imagesOf: true });
    expect(results).toMatchObject([{ status: 'skipped', reason: 'robots' }]);
    expect(server.requests.some(({ path }) => path?.startsWith('/private'))).toBe(false);
  });

  it('may not be private where their page is public', async () => {
    const page: Awaited<ReturnType<FetchText>> = {
      kind: 'text',
      status: 200,
      text: '<img src="http://169.254.169.254/1.png">',
      url: 'http://public.test/',
      type: 'text/html',
      guarded: true,
    };
    const robots = new RobotsGate('shoal', async () => ({ ...page, text: '' }));
    const list = async function* () {
      yield [{ kind: 'url' as const, input: page.url, url: page.url, host: 'public.test' }];
    };
    const images = imagesOfPages(list(), {
      fetchText: async () => page,
      robots,
      retries: 0,
      authorizationOf: () => undefined,
      minGapMsOf: () => 0,
      matches: () => true,
      onWarning: () => undefined,
      signal: undefined,
    });
    expect((await Array.fromAsync(images)).flat()).toMatchObject([
      { url: 'http://169.254.169.254/1.png', found: { guarded: true, foreign: true } },
    ]);
  });

  it('are told by a dry run', async () => {
    await using server = await site();
    using runs = new FetchRuns();
    const { of } = await runs.fetch(`${server.origin}/`, { imagesOf: true }, { dryRun: true });
    expect(of(`${server.origin}/1.jpg`)).toMatchObject({ status: 'skipped', reason: 'dry-run' });
  });
});
