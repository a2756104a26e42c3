import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Attempts, codeOf } from '../../../../test/attempts.ts';
import { startServer } from '../../../../test/servers/test-server.ts';

const data = Buffer.from('these are the bytes of a file\n'.repeat(200));
const packed = gzipSync(data);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A server that answers everything alike. @param pieces of the body, sent apart. */
const start = (headers: Record<string, string | string[]>, body: Buffer, pieces = 1) =>
  startServer((_request, response) => {
    response.writeHead(200, headers);
    const size = Math.max(1, Math.ceil(body.length / pieces));
    for (let at = 0; at < body.length; at += size) response.write(body.subarray(at, at + size));
    response.end();
  });

describe('what a server says about the coding of a file', () => {
  it.each<[string, string | string[], Buffer]>([
    ['a coding of chunks elsewhere', 'aws-chunked', data],
    ['a charset', 'UTF-8', data],
    ['none', 'none', data],
    ['binary', 'binary', data],
    ['7bit', '7bit', data],
    ['nothing at all', '', data],
    ['a property of objects', 'constructor', data],
    ['identity twice', 'identity, identity', data],
    ['gzip', 'gzip', packed],
    ['GZIP with blanks', ' GZIP ', packed],
    ['gzip after another', 'aws-chunked,gzip', packed],
    ['gzip before another', 'gzip, aws-chunked', packed],
    ['gzip and identity', 'gzip, identity', packed],
    ['gzip twice', 'gzip, gzip', gzipSync(packed)],
    ['gzip twice, in two headers', ['gzip', 'gzip'], gzipSync(packed)],
    ['brotli, then gzip', 'br, gzip', gzipSync(brotliCompressSync(data))],
    [
      'deflate, zstd and brotli',
      'deflate, zstd, br',
      brotliCompressSync(zstdCompressSync(deflateSync(data))),
    ],
    ['deflate with its header', 'deflate', deflateSync(data)],
    ['deflate with its header, fast', 'deflate', deflateSync(data, { level: 1 })],
    ['deflate without its header', 'deflate', deflateRawSync(data)],
    ['deflate without its header, stored', 'deflate', deflateRawSync(data, { level: 0 })],
  ])('%s gives the file', async (_what, encoding, body) => {
    for (const pieces of [1, body.length]) {
      await using server = await start({ 'content-encoding': encoding }, body, pieces);
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(`${server.origin}/a.bin`))).toBe('saved');
      expect(readFileSync(join(attempts.folder, 'a.bin')).equals(data)).toBe(true);
    }
  });

  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, br'])(
    '%s of nothing is an empty file',
    async (encoding) => {
      await using server = await start({ 'content-encoding': encoding }, Buffer.alloc(0));
      await using attempts = new Attempts();
      expect(await attempts.make(`${server.origin}/a.bin`)).toMatchObject({ kind: 'saved', bytes: 0 });
    },
  );

  it.each<[string, string, Buffer]>([
    ['what is no gzip', 'gzip', data],
    ['a gzip that is cut', 'gzip', packed.subarray(0, -20)],
    ['what is no gzip in a gzip', 'gzip, gzip', packed],
    ['one byte', 'gzip', Buffer.from('x')],
    ['six codings', Array(6).fill('gzip').join(), packed],
  ])('%s fails', async (_what, encoding, body) => {
    await using server = await start({ 'content-encoding': encoding }, body);
    await using attempts = new Attempts();
    expect(codeOf(await attempts.make(`${server.origin}/a.bin`))).toBe('BAD_ENCODING');
    expect(attempts.files()).toEqual([]);
  });

  it('a bomb in a bomb is stopped', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(200_000_000)));
    await using server = await start({ 'content-encoding': 'gzip, gzip' }, bomb);
    await using attempts = new Attempts();
    expect(codeOf(await attempts.make(`${server.origin}/a.bin`))).toBe('TOO_LARGE');
    expect(attempts.files()).toEqual([]);
  });
});

describe('a file that is packed itself', () => {
  const br = brotliCompressSync(data);
  it.each<[string, string, Buffer, string]>([
    ['a.tar.gz', 'gzip', packed, 'application/octet-stream'],
    ['a.tgz', 'x-gzip', packed, 'application/x-tar'],
    ['a.SVGZ', 'gzip', packed, 'image/svg+xml'],
    ['a.warc.gz', 'gzip', packed, 'application/warc'],
    ['a.br', 'br', br, 'text/plain'],
    ['a.zst', 'zstd', zstdCompressSync(data), 'text/plain'],
    ['download', 'gzip', packed, 'application/x-gzip; charset=binary'],
  ])('%s stays packed, though %s is named', async (name, encoding, body, type) => {
    await using server = await start({ 'content-encoding': encoding, 'content-type': type }, body);
    await using attempts = new Attempts();
    const attempt = await attempts.make(`${server.origin}/${name}`, { name, nameIsFinal: true });
    expect(attempt).toMatchObject({ kind: 'saved', sha256: sha256(body) });
  });

  it.each([
    ['page.html', 'gzip', packed, 'text/html'],
    ['a.gz', 'br', br, 'application/gzip'],
  ])('%s does not where %s is another coding than its own', async (name, encoding, body, type) => {
    await using server = await start({ 'content-encoding': encoding, 'content-type': type }, body);
    await using attempts = new Attempts();
    expect(await attempts.make(`${server.origin}/${name}`)).toMatchObject({ sha256: sha256(data) });
  });

  it('loses the coding that was put around it', async () => {
    await using server = await start({ 'content-encoding': 'gzip, gzip' }, gzipSync(packed));
    await using attempts = new Attempts();
    expect(await attempts.make(`${server.origin}/a.gz`)).toMatchObject({ sha256: sha256(packed) });
  });
});

describe('a checksum of the list', () => {
  const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');
  it.each([
    ['a.tar.gz', 'the packed file', packed],
    ['a.tar.gz', 'what is in it', data],
    ['page.html', 'the file', data],
    ['page.html', 'the packed file', packed],
  ])('may be, for %s, of %s: that is kept', async (name, _of, form) => {
    await using server = await start({ 'content-encoding': 'gzip' }, packed);
    for (const expected of [{ sha256: sha256(form) }, { md5: md5(form) }]) {
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(`${server.origin}/${name}`, expected))).toBe('saved');
      expect(readFileSync(join(attempts.folder, name)).equals(form)).toBe(true);
    }
  });

  it('of neither form is a mismatch', async () => {
    await using server = await start({ 'content-encoding': 'gzip' }, packed);
    await using attempts = new Attempts();
    for (const name of ['a.gz', 'a.html'])
      expect(codeOf(await attempts.make(`${server.origin}/${name}`, { sha256: 'f'.repeat(64) }))).toBe(
        'CHECKSUM_MISMATCH',
      );
    expect(attempts.files()).toEqual([]);
  });
});
