import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Attempts as AttemptsBy } from '../../testing/attempts.ts';
import { routes, startServer, text } from '../../testing/test-server.ts';
import type { Attempt, FetchSettings } from './protocol.ts';

const body = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => (index * 7919) % 251));

function codeOf(attempt: Attempt): string {
  return attempt.kind === 'failed' ? attempt.error.code : attempt.kind;
}

/** Answers with headers and part of a body, then cuts the connection. */
function cutAfter(response: ServerResponse, bytes: number, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-length': String(body.length), ...headers });
  response.write(body.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
}

describe.each([
  ['our own transport', {}],
  ['undici', { plainBy: 'undici' } as const],
])('by %s:', (_name, clients) => {
  class Attempts extends AttemptsBy {
    constructor(settings: Partial<FetchSettings> = {}) {
      super(settings, clients);
    }
  }

  describe('a file that arrives', () => {
    it('is written whole under its name, with its size and SHA-256', async () => {
      await using server = await startServer(
        routes({ '/a.bin': (_request, response) => response.end(body) }),
      );
      await using attempts = new Attempts();
      const attempt = await attempts.make(`${server.origin}/a.bin`);
      expect(attempt).toMatchObject({
        kind: 'saved',
        output: join(attempts.folder, 'a.bin'),
        bytes: body.length,
        sha256: createHash('sha256').update(body).digest('hex'),
      });
      expect(readFileSync(join(attempts.folder, 'a.bin')).equals(body)).toBe(true);
      expect(attempts.files()).toEqual(['a.bin']);
    });

    it('may be empty', async () => {
      await using server = await startServer(routes({ '/nothing.txt': text('') }));
      await using attempts = new Attempts();
      expect(await attempts.make(`${server.origin}/nothing.txt`)).toMatchObject({ kind: 'saved', bytes: 0 });
      expect(attempts.files()).toEqual(['nothing.txt']);
    });

    it('is called what Content-Disposition says, inside the folder whatever that is', async () => {
      const header = { 'content-disposition': 'attachment; filename="../../etc/passwd"' };
      await using server = await startServer(routes({ '/x': text('x', header) }));
      await using attempts = new Attempts();
      await attempts.make(`${server.origin}/x`);
      expect(attempts.files()).toEqual(['passwd']);
    });

    it('gets an extension by its type where its name has none', async () => {
      await using server = await startServer(
        routes({ '/photo': text('x', { 'content-type': 'image/jpeg' }) }),
      );
      await using attempts = new Attempts();
      await attempts.make(`${server.origin}/photo`);
      expect(attempts.files()).toEqual(['photo.jpg']);
    });

    it('never replaces a file that is not its own, and is made distinct in the same way each time', async () => {
      await using server = await startServer(routes({ '/a.txt': text('new') }));
      await using attempts = new Attempts();
      writeFileSync(join(attempts.folder, 'a.txt'), 'mine');
      await attempts.make(`${server.origin}/a.txt`);
      await attempts.make(`${server.origin}/a.txt`);
      expect(readFileSync(join(attempts.folder, 'a.txt'), 'utf8')).toBe('mine');
      expect(attempts.files()).toEqual([expect.stringMatching(/^a-[0-9a-f]{8}\.txt$/), 'a.txt']);
    });

    it('replaces the file that an earlier run made of the same URL', async () => {
      await using server = await startServer(routes({ '/a.txt': text('new') }));
      await using attempts = new Attempts();
      const owned = join(attempts.folder, 'a.txt');
      writeFileSync(owned, 'old');
      expect(await attempts.make(`${server.origin}/a.txt`, { owned })).toMatchObject({ output: owned });
      expect(readFileSync(owned, 'utf8')).toBe('new');
    });

    it.each([
      ['gzip', gzipSync(body)],
      ['br', brotliCompressSync(body)],
    ])('is decoded where the server sends %s without being asked', async (encoding, packed) => {
      await using server = await startServer((_request, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(packed),
      );
      await using attempts = new Attempts();
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({
        kind: 'saved',
        bytes: body.length,
      });
      expect(readFileSync(join(attempts.folder, 'a.bin')).equals(body)).toBe(true);
    });

    it('is decoded right where it comes in many pieces, whose memory is used again', async () => {
      const noise = randomBytes(2_000_000);
      await using server = await startServer((_request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(noise)),
      );
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(`${server.origin}/a.bin`))).toBe('saved');
      expect(readFileSync(join(attempts.folder, 'a.bin')).equals(noise)).toBe(true);
    });

    it('that is not what its encoding says leaves nothing behind', async () => {
      await using server = await startServer((_request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip'),
      );
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(`${server.origin}/a.bin`))).toBe('BAD_ENCODING');
      expect(attempts.files()).toEqual([]);
    });
  });

  describe('redirects', () => {
    it('are followed, relative and absolute, and the end is told', async () => {
      await using server = await startServer(
        routes({
          '/one': (_request, response) => response.writeHead(302, { location: 'two' }).end(),
          '/two': (_request, response) =>
            response.writeHead(301, { location: `${server.origin}/three.txt#part` }).end(),
          '/three.txt': text('here'),
        }),
      );
      await using attempts = new Attempts();
      const attempt = await attempts.make(`${server.origin}/one`);
      expect(attempt).toMatchObject({ kind: 'saved', finalUrl: `${server.origin}/three.txt` });
    });

    it.each([
      ['a circle', 'REDIRECT_LOOP', '/circle'],
      ['one too many', 'TOO_MANY_REDIRECTS', '/chain/0'],
      ['no location', 'BAD_REDIRECT', '/nowhere'],
      ['something that is no URL', 'BAD_REDIRECT', '/nonsense'],
      ['another scheme', 'UNSUPPORTED_SCHEME', '/file'],
    ])('to %s fail as %s', async (_what, code, path) => {
      await using server = await startServer(
        routes({
          '/circle': (_request, response) => response.writeHead(302, { location: '/circle2' }).end(),
          '/circle2': (_request, response) => response.writeHead(302, { location: '/circle' }).end(),
          '/chain/*': (request, response) => {
            const next = Number(request.url?.split('/').at(-1)) + 1;
            response.writeHead(302, { location: `/chain/${next}` }).end();
          },
          '/nowhere': (_request, response) => response.writeHead(302).end(),
          '/nonsense': (_request, response) => response.writeHead(302, { location: 'http://[oops' }).end(),
          '/file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
        }),
      );
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(server.origin + path))).toBe(code);
      expect(attempts.files()).toEqual([]);
    });

    it('of ten hops arrive', async () => {
      await using server = await startServer(
        routes({
          '/chain/10': text('end'),
          '/chain/*': (request, response) => {
            const next = Number(request.url?.split('/').at(-1)) + 1;
            response.writeHead(302, { location: `/chain/${next}` }).end();
          },
        }),
      );
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(`${server.origin}/chain/0`))).toBe('saved');
    });

    it('to another origin do not take credentials along', async () => {
      await using elsewhere = await startServer(text('secret?'));
      await using server = await startServer((_request, response) =>
        response.writeHead(302, { location: `${elsewhere.origin}/x` }).end(),
      );
      await using attempts = new Attempts({
        headers: { 'X-Api-Key': 'secret', 'Accept-Language': 'de', Authorization: 'Bearer secret' },
      });
      expect(codeOf(await attempts.make(`${server.origin}/x`))).toBe('saved');
      expect(server.requests[0]?.headers).toMatchObject({
        'x-api-key': 'secret',
        authorization: 'Bearer secret',
      });
      expect(JSON.stringify(elsewhere.requests)).not.toContain('secret');
      expect(elsewhere.requests[0]?.headers['accept-language']).toBe('de');
    });
  });

  describe('server faults', () => {
    // Waited for only where a time-out is what is looked for: a busy machine must not come near it elsewhere.
    const short = { timeoutMs: 1_000 };

    it('are not that the head and the body each take most of the time-out', async () => {
      await using server = await startServer((_request, response) => {
        setTimeout(() => response.writeHead(200, { 'content-length': 5 }).flushHeaders(), 1_500);
        setTimeout(() => response.end('whole'), 3_000);
      });
      await using attempts = new Attempts({ timeoutMs: 2_500 });
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({ kind: 'saved', bytes: 5 });
    });

    it.each([
      ['stalled headers', 'HEADERS_TIMEOUT', () => {}],
      [
        'a stalled body',
        'BODY_TIMEOUT',
        (response: ServerResponse) => {
          response.writeHead(200, { 'content-length': '100' });
          response.write('begin');
        },
      ],
      [
        'a body that drips',
        'TOO_SLOW',
        (response: ServerResponse) => {
          response.writeHead(200, { 'content-length': '100' });
          const drip = setInterval(() => response.write('.'), 100);
          response.on('close', () => clearInterval(drip));
        },
      ],
      [
        'a connection that is cut before the answer',
        'CONNECTION_LOST',
        (response: ServerResponse) => response.destroy(),
      ],
      [
        'what is not HTTP',
        'BAD_RESPONSE',
        (response: ServerResponse) => response.socket?.end('hello, world\r\n\r\n'),
      ],
      [
        'a body that is shorter than announced',
        'TRUNCATED',
        (response: ServerResponse) =>
          response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'),
      ],
      [
        'chunks that end too soon',
        'TRUNCATED',
        (response: ServerResponse) =>
          response.socket?.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nshort\r\n'),
      ],
      [
        'headers without end',
        'BAD_RESPONSE',
        (response: ServerResponse) => response.socket?.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}`),
      ],
      ['500', 'HTTP_5XX_AFTER_RETRIES', (response: ServerResponse) => response.writeHead(500).end('oops')],
      ['401', 'HTTP_401', (response: ServerResponse) => response.writeHead(401).end()],
      ['403', 'HTTP_403', (response: ServerResponse) => response.writeHead(403).end()],
      ['404', 'HTTP_404', (response: ServerResponse) => response.writeHead(404).end('x'.repeat(200_000))],
      ['410', 'HTTP_410', (response: ServerResponse) => response.writeHead(410).end()],
      ['418', 'HTTP_STATUS', (response: ServerResponse) => response.writeHead(418).end()],
      [
        'an answer to a range that nobody asked for',
        'HTTP_STATUS',
        (response: ServerResponse) => response.writeHead(206).end(),
      ],
    ])('%s: %s, and no file', async (_what, code, answer) => {
      await using server = await startServer((_request, response) => answer(response));
      await using attempts = new Attempts(/TIMEOUT|TOO_SLOW/.test(code) ? short : {});
      expect(codeOf(await attempts.make(`${server.origin}/a.bin`))).toBe(code);
      expect(attempts.files()).toEqual([]);
    });

    it('a refused connection is CONNECT_REFUSED and may be tried again', async () => {
      const server = await startServer(text(''));
      await server.close();
      await using attempts = new Attempts();
      const attempt = await attempts.make(`${server.origin}/a.bin`);
      expect(attempt).toMatchObject({ error: { code: 'CONNECT_REFUSED' }, retry: { crowded: false } });
    });

    it('a longer body than announced ends where the announcement does', async () => {
      await using server = await startServer((_request, response) =>
        response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst and more'),
      );
      await using attempts = new Attempts();
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({ kind: 'saved', bytes: 5 });
    });

    it('a cut at every tenth of the body leaves no file, and at most a part that can be continued', async () => {
      let tenth = 0;
      await using server = await startServer((_request, response) =>
        cutAfter(response, (tenth * body.length) / 10),
      );
      await using attempts = new Attempts();
      for (tenth = 0; tenth < 10; tenth += 1) {
        expect(codeOf(await attempts.make(`${server.origin}/a.bin`))).toBe('TRUNCATED');
        expect(attempts.files()).toEqual([]);
      }
    });

    it('a file larger than the limit is refused by its length, and by its bytes where that is not told', async () => {
      await using server = await startServer(
        routes({
          '/told': (_request, response) => response.writeHead(200, { 'content-length': '1000000' }).end(body),
          '/untold': (_request, response) => {
            response.write(body.subarray(0, 500_000));
            response.end(body.subarray(500_000));
          },
        }),
      );
      await using attempts = new Attempts({ maxBytes: 400_000 });
      expect(codeOf(await attempts.make(`${server.origin}/told`))).toBe('TOO_LARGE');
      expect(codeOf(await attempts.make(`${server.origin}/untold`))).toBe('TOO_LARGE');
      expect(attempts.files()).toEqual([]);
    });

    it('a small packed body that unpacks to more than the limit is refused', async () => {
      const bomb = gzipSync(Buffer.alloc(50_000_000));
      await using server = await startServer((_request, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      );
      await using attempts = new Attempts({ maxBytes: 1_000_000 });
      expect(codeOf(await attempts.make(`${server.origin}/a.bin`))).toBe('TOO_LARGE');
      expect(attempts.files()).toEqual([]);
    });

    it('a checksum that is not the one listed is told and the file not kept', async () => {
      await using server = await startServer(text('hello'));
      await using attempts = new Attempts();
      const sha256 = createHash('sha256').update('hello').digest('hex');
      const md5 = createHash('md5').update('hello').digest('hex');
      expect(codeOf(await attempts.make(`${server.origin}/a`, { sha256, md5 }))).toBe('saved');
      expect(codeOf(await attempts.make(`${server.origin}/b`, { sha256: 'f'.repeat(64) }))).toBe(
        'CHECKSUM_MISMATCH',
      );
      expect(codeOf(await attempts.make(`${server.origin}/c`, { md5: 'f'.repeat(32) }))).toBe(
        'CHECKSUM_MISMATCH',
      );
      expect(attempts.files()).toEqual(['a']);
    });

    it('Retry-After is handed on, and 429 and 503 are told apart from other faults', async () => {
      await using server = await startServer((request, response) =>
        response.writeHead(Number(request.url?.slice(1)), { 'retry-after': '7' }).end(),
      );
      await using attempts = new Attempts();
      expect(await attempts.make(`${server.origin}/429`)).toMatchObject({
        retry: { afterMs: 7_000, crowded: true },
      });
      expect(await attempts.make(`${server.origin}/503`)).toMatchObject({
        retry: { afterMs: 7_000, crowded: true },
      });
      expect(await attempts.make(`${server.origin}/500`)).toMatchObject({
        retry: { afterMs: 7_000, crowded: false },
      });
      expect(await attempts.make(`${server.origin}/404`)).not.toHaveProperty('retry');
    });

    it('an answer marked noai is left alone where that is asked for', async () => {
      await using server = await startServer(text('x', { 'x-robots-tag': 'noindex, noimageai' }));
      await using attempts = new Attempts({ noai: true });
      expect(codeOf(await attempts.make(`${server.origin}/a`))).toBe('noai');
      expect(attempts.files()).toEqual([]);
    });

    it('a cancelled attempt ends at once and leaves nothing half done', async () => {
      await using server = await startServer((_request, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('begin');
      });
      await using attempts = new Attempts();
      const cancel = new AbortController();
      setTimeout(() => cancel.abort(), 100);
      await expect(attempts.make(`${server.origin}/a`, {}, cancel.signal)).rejects.toThrow('cancelled');
      expect(attempts.files()).toEqual([]);
    });
  });

  describe('an interrupted download', () => {
    const ranged = (version: () => string, cut: (from: number) => number | undefined) =>
      startServer((request, response) => {
        const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
        const matches =
          request.headers['if-range'] === undefined || request.headers['if-range'] === version();
        const start = matches ? from : 0;
        const rest = body.subarray(start);
        response.writeHead(start > 0 ? 206 : 200, {
          etag: version(),
          'content-length': String(rest.length),
          ...(start > 0 && { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` }),
        });
        const bytes = cut(start);
        if (bytes === undefined) response.end(rest);
        else response.write(rest.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
      });

    it('goes on from where it was, cut after cut, and joins to the right file', async () => {
      await using server = await ranged(
        () => '"one"',
        (from) => (from < 900_000 ? 100_000 : undefined),
      );
      await using attempts = new Attempts();
      let attempt = await attempts.make(`${server.origin}/a.bin`);
      let cuts = 0;
      while (attempt.kind === 'failed' && cuts < 20) {
        expect(attempt).toMatchObject({ error: { code: 'TRUNCATED' }, retry: { progress: true } });
        expect(attempts.files()).toEqual([
          expect.stringMatching(/^\.shoal-.*\.part$/),
          expect.stringMatching(/^\.shoal-.*\.part\.json$/),
        ]);
        cuts += 1;
        attempt = await attempts.make(`${server.origin}/a.bin`);
      }
      expect(cuts).toBe(9);
      expect(attempt).toMatchObject({ kind: 'saved', bytes: body.length, received: 100_000 });
      expect(readFileSync(join(attempts.folder, 'a.bin')).equals(body)).toBe(true);
      expect(attempts.files()).toEqual(['a.bin']);
    });

    it('starts over when the file has changed in between', async () => {
      let version = '"one"';
      let cut: number | undefined = 600_000;
      await using server = await ranged(
        () => version,
        () => cut,
      );
      await using attempts = new Attempts();
      await attempts.make(`${server.origin}/a.bin`);
      version = '"two"';
      cut = undefined;
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({
        kind: 'saved',
        received: body.length,
        etag: '"two"',
      });
      expect(readFileSync(join(attempts.folder, 'a.bin')).equals(body)).toBe(true);
    });

    it('never joins two versions, even where the server answers If-Range wrongly', async () => {
      let version = '"one"';
      await using server = await startServer((request, response) => {
        const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
        const headers = { etag: version, 'content-length': String(body.length - from) };
        if (from === 0) {
          response.writeHead(200, headers);
          response.write(body.subarray(0, 500_000), () => setTimeout(() => response.destroy(), 20));
          return;
        }
        response.writeHead(206, {
          ...headers,
          'content-range': `bytes ${from}-${body.length - 1}/${body.length}`,
        });
        response.end(Buffer.alloc(body.length - from));
      });
      await using attempts = new Attempts();
      await attempts.make(`${server.origin}/a.bin`);
      version = '"two"';
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({
        error: { code: 'TRUNCATED' },
        retry: {},
      });
      expect(attempts.files()).toEqual([]);
    });

    it('starts over when the server does not know ranges', async () => {
      let cut = true;
      await using server = await startServer((_request, response) => {
        if (cut) cutAfter(response, 500_000, { etag: '"one"' });
        else response.writeHead(200, { etag: '"one"' }).end(body);
      });
      await using attempts = new Attempts();
      await attempts.make(`${server.origin}/a.bin`);
      cut = false;
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({
        kind: 'saved',
        received: body.length,
      });
      expect(readFileSync(join(attempts.folder, 'a.bin')).equals(body)).toBe(true);
      expect(attempts.files()).toEqual(['a.bin']);
    });

    it('is dropped when the file has become shorter than the part', async () => {
      let short = false;
      await using server = await startServer((request, response) => {
        if (!short) cutAfter(response, 500_000, { etag: '"one"' });
        else if (request.headers.range) response.writeHead(416).end();
        else response.writeHead(200, { etag: '"two"' }).end('short');
      });
      await using attempts = new Attempts();
      await attempts.make(`${server.origin}/a.bin`);
      short = true;
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({ kind: 'failed', retry: {} });
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({ kind: 'saved', bytes: 5 });
    });

    it('is not kept where the server gives nothing to tell versions apart by', async () => {
      await using server = await startServer((_request, response) => cutAfter(response, 500_000));
      await using attempts = new Attempts();
      await attempts.make(`${server.origin}/a.bin`);
      expect(attempts.files()).toEqual([]);
    });
  });

  describe('a file that is there already', () => {
    it('is asked for by its validators, and 304 keeps it', async () => {
      await using server = await startServer((request, response) => {
        const same = request.headers['if-none-match'] === '"one"';
        if (same) response.writeHead(304).end();
        else response.writeHead(200, { etag: '"two"' }).end('new');
      });
      await using attempts = new Attempts();
      const owned = join(attempts.folder, 'a');
      writeFileSync(owned, 'old');
      expect(codeOf(await attempts.make(`${server.origin}/a`, { owned, etag: '"one"' }))).toBe('unchanged');
      expect(readFileSync(owned, 'utf8')).toBe('old');
      expect(codeOf(await attempts.make(`${server.origin}/a`, { owned, etag: '"zero"' }))).toBe('saved');
      expect(readFileSync(owned, 'utf8')).toBe('new');
    });
  });
});
