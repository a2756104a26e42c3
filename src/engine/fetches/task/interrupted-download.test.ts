import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { body, cutAfter } from '../../../../test/attempts.ts';
import { byBothTransports } from '../../../../test/servers/both-transports.ts';
import { startServer } from '../../../../test/servers/test-server.ts';
import { waitUntil } from '../../../../test/wait-until.ts';

byBothTransports((Attempts) => {
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

    it('that always begins anew brings no file on, however much comes: it counts as a try in vain', async () => {
      await using server = await startServer((_request, response) =>
        cutAfter(response, 500_000, { etag: '"one"' }),
      );
      await using attempts = new Attempts();
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({ retry: { progress: true } });
      for (let again = 0; again < 3; again += 1) {
        const attempt = await attempts.make(`${server.origin}/a.bin`);
        expect(attempt).toMatchObject({ error: { code: 'TRUNCATED' }, retry: { progress: false } });
      }
    });

    it('is noted from its first bytes on disk, so that a kill does not lose it', async () => {
      await using server = await startServer((_request, response) => {
        response.writeHead(200, { etag: '"one"', 'content-length': String(body.length) });
        response.write(body.subarray(0, 600_000));
      });
      await using attempts = new Attempts();
      const aborting = new AbortController();
      const attempt = attempts.make(`${server.origin}/a.bin`, {}, aborting.signal).catch(() => undefined);
      await waitUntil(() => attempts.files().some((name) => name.endsWith('.part.json')), 'it was noted');
      aborting.abort();
      await attempt;
    });

    it('is kept where no answer comes that could add to it', async () => {
      let up = true;
      await using server = await startServer((_request, response) => {
        if (up) cutAfter(response, 500_000, { etag: '"one"' });
        else response.writeHead(503).end();
      });
      await using attempts = new Attempts();
      await attempts.make(`${server.origin}/a.bin`);
      up = false;
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({
        kind: 'failed',
        part: expect.stringMatching(/\.part$/),
      });
      expect(attempts.files()).toHaveLength(2);
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
});
