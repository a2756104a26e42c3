import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { body, codeOf, cutAfter } from '../../../../test/attempts.ts';
import { byBothTransports } from '../../../../test/servers/both-transports.ts';
import { routes, startServer, text } from '../../../../test/servers/test-server.ts';

byBothTransports((Attempts) => {
  describe('server faults', () => {
    // A short time-out only for cases that test it: elsewhere a busy machine must not come near it.
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
        (response: ServerResponse) => response.socket?.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(300_000)}`),
      ],
      ['500', 'HTTP_5XX', (response: ServerResponse) => response.writeHead(500).end('oops')],
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
      await using attempts = new Attempts({ respect: ['noai'] });
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
});
