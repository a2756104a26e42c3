import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { body, codeOf } from '../../../../test/attempts.ts';
import { byBothTransports } from '../../../../test/servers/both-transports.ts';
import { routes, startServer, text } from '../../../../test/servers/test-server.ts';

function sha256Of(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

byBothTransports((Attempts) => {
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
        sha256: sha256Of(body),
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

    it('may be called so in UTF-8 or Latin-1', async () => {
      const named = (bytes: Buffer) =>
        text('x', { 'content-disposition': `attachment; filename="${bytes.toString('latin1')}"` });
      await using server = await startServer(
        routes({
          '/1': named(Buffer.from('été 日本.jpg')),
          '/2': named(Buffer.from('caf\xe9.jpg', 'latin1')),
        }),
      );
      await using attempts = new Attempts();
      for (const path of ['/1', '/2']) await attempts.make(server.origin + path);
      expect(attempts.files()).toEqual(['café.jpg', 'été 日本.jpg']);
    });

    it('may have any status of success, and is told to be a page where its name is that of an image', async () => {
      const page = { 'content-type': 'text/html; charset=utf-8' };
      await using server = await startServer(
        routes({
          '/203.txt': (_request, response) => response.writeHead(203).end('x'),
          '/226.txt': (_request, response) => response.writeHead(226).end('x'),
          '/204.txt': (_request, response) => response.writeHead(204).end(),
          '/photo.jpg': text('<!doctype html>', page),
          '/photo.html': text('<!doctype html>', page),
        }),
      );
      await using attempts = new Attempts();
      const made = async (path: string) => attempts.make(server.origin + path);
      expect(codeOf(await made('/203.txt'))).toBe('saved');
      expect(codeOf(await made('/226.txt'))).toBe('saved');
      expect(codeOf(await made('/204.txt'))).toBe('HTTP_STATUS');
      expect(await made('/photo.jpg')).toMatchObject({ warning: expect.stringContaining('is a web page') });
      expect(await made('/photo.html')).not.toHaveProperty('warning');
    });

    it.each([
      ['Digest realm="a", nonce="b"', 'Digest'],
      ['NTLM', 'NTLM'],
      ['Basic realm="a"', undefined],
      ['Digest realm="a", Basic realm="b"', undefined],
    ])('that wants a login by %s says so where that is not spoken', async (wanted, name) => {
      await using server = await startServer((_request, response) =>
        response.writeHead(401, { 'www-authenticate': wanted }).end(),
      );
      await using attempts = new Attempts();
      const attempt = await attempts.make(`${server.origin}/a`);
      expect(codeOf(attempt)).toBe('HTTP_401');
      const message = attempt.kind === 'failed' ? attempt.error.message : '';
      if (name) expect(message).toContain(`wants ${name} authentication`);
      else expect(message).not.toContain('authentication');
    });

    it('gets an extension by its first bytes where neither its name nor its type has one', async () => {
      const small = Buffer.from('GIF89a and so on');
      const large = Buffer.concat([
        Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
        Buffer.alloc(400_000),
      ]);
      await using server = await startServer(
        routes({
          '/small': (_request, response) =>
            response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(small),
          '/large': (_request, response) => response.end(large),
        }),
      );
      for (const keep of ['file', 'memory'] as const) {
        await using attempts = new Attempts({ keep });
        expect(await attempts.make(`${server.origin}/small`)).toMatchObject(
          keep === 'file' ? { output: join(attempts.folder, 'small.gif') } : { name: 'small.gif' },
        );
        expect(await attempts.make(`${server.origin}/large`)).toMatchObject(
          keep === 'file' ? { output: join(attempts.folder, 'large.png') } : { name: 'large.png' },
        );
      }
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
      const output = join(attempts.folder, 'a.txt');
      const owned = { output, bytes: 3, sha256: sha256Of('old') };
      writeFileSync(output, 'old');
      expect(await attempts.make(`${server.origin}/a.txt`, { owned })).toMatchObject({ output });
      expect(readFileSync(output, 'utf8')).toBe('new');
    });

    it('does not replace the file of an earlier run that somebody has changed since, of the same length too', async () => {
      await using server = await startServer(routes({ '/a.txt': text('new') }));
      await using attempts = new Attempts();
      const output = join(attempts.folder, 'a.txt');
      writeFileSync(output, 'odd');
      const owned = { output, bytes: 3, sha256: sha256Of('old') };
      expect(codeOf(await attempts.make(`${server.origin}/a.txt`, { owned }))).toBe('saved');
      expect(readFileSync(output, 'utf8')).toBe('odd');
      expect(attempts.files()).toHaveLength(2);
    });

    it('adopts a file of the same bytes under its name, in the place of a second one', async () => {
      await using server = await startServer(
        routes({ '/a.bin': (_request, response) => response.end(body) }),
      );
      await using attempts = new Attempts();
      await attempts.make(`${server.origin}/a.bin`);
      const before = statSync(join(attempts.folder, 'a.bin'));
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({ kind: 'saved', adopted: true });
      expect(attempts.files()).toEqual(['a.bin']);
      expect(statSync(join(attempts.folder, 'a.bin')).ino).toBe(before.ino);
    });

    it('never adopts a symlink, nor writes through one, whatever it leads to', async () => {
      await using server = await startServer(routes({ '/a.txt': text('new') }));
      await using attempts = new Attempts();
      const elsewhere = join(attempts.folder, 'elsewhere');
      writeFileSync(elsewhere, 'new');
      symlinkSync(elsewhere, join(attempts.folder, 'a.txt'));
      const attempt = await attempts.make(`${server.origin}/a.txt`);
      expect(attempt).toMatchObject({ kind: 'saved' });
      expect(attempt).not.toHaveProperty('adopted');
      expect(attempts.files()).toEqual([expect.stringMatching(/^a-[0-9a-f]{8}\.txt$/), 'a.txt', 'elsewhere']);
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

  describe('a file that is there already', () => {
    it('is asked for by its validators, and 304 keeps it', async () => {
      await using server = await startServer((request, response) => {
        const same = request.headers['if-none-match'] === '"one"';
        if (same) response.writeHead(304).end();
        else response.writeHead(200, { etag: '"two"' }).end('new');
      });
      await using attempts = new Attempts();
      const output = join(attempts.folder, 'a');
      const owned = { output, bytes: 3, sha256: sha256Of('old') };
      writeFileSync(output, 'old');
      expect(codeOf(await attempts.make(`${server.origin}/a`, { owned, etag: '"one"' }))).toBe('unchanged');
      expect(readFileSync(output, 'utf8')).toBe('old');
      expect(codeOf(await attempts.make(`${server.origin}/a`, { owned, etag: '"zero"' }))).toBe('saved');
      expect(readFileSync(output, 'utf8')).toBe('new');
    });
  });
});
