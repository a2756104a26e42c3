import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Attempts, body, codeOf } from '../../../../test/attempts.ts';
import { type Certificates, makeCertificates } from '../../../../test/servers/certificates.ts';
import { type RawAnswer, startRawServer } from '../../../../test/servers/raw-server.ts';

const file = body.subarray(0, 600_000);
const total = file.length;
const etag = 'ETag: "one"';
let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});

/** An answer; the connection is closed behind it, so that a body may be shorter than its head says. */
function answer(status: string, headers: readonly string[], bytes: Buffer): RawAnswer {
  return {
    pieces: [`HTTP/1.1 ${[status, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`, bytes],
    close: true,
  };
}

const whole = (sent = total, headers = [etag]): RawAnswer =>
  answer('200 OK', [...headers, `Content-Length: ${total}`], file.subarray(0, sent));

function range(
  from: number,
  to: number,
  { status = '206 Partial Content', of = total as number | '*', headers = [etag] } = {},
) {
  const told = [...headers, `Content-Range: bytes ${from}-${to - 1}/${of}`, `Content-Length: ${to - from}`];
  return answer(status, told, file.subarray(from, to));
}

function chunked(status: string, headers: readonly string[], bytes: Buffer, end = '0\r\n\r\n'): RawAnswer {
  const packed = Buffer.concat([
    Buffer.from(`${bytes.length.toString(16)}\r\n`),
    bytes,
    Buffer.from(`\r\n${end}`),
  ]);
  return answer(status, [...headers, 'Transfer-Encoding: chunked'], packed);
}

/** The first byte that a request asks for; undefined for the whole file. */
function asked(request: string): number | undefined {
  const found = /^range: bytes=(\d+)-/im.exec(request);
  return found ? Number(found[1]) : undefined;
}

type Answering = (from: number | undefined, count: number) => RawAnswer;

describe.each(['http by our own transport', 'http by undici', 'https'])('%s:', (way) => {
  /** Makes attempts until one is not to be repeated, or brings nothing on three times. */
  async function fetched(answering: Answering, settings = {}) {
    const certificate = way === 'https' ? certificates.good : undefined;
    await using server = await startRawServer(
      (request, count) => answering(asked(request), count),
      certificate,
    );
    await using attempts = new Attempts(
      { timeoutMs: 3_000, ...(certificate && { ca: certificates.ca }), ...settings },
      way === 'http by undici' ? { plainBy: 'undici' } : {},
    );
    const codes: string[] = [];
    for (let inVain = 0; inVain < 3; ) {
      const attempt = await attempts.make(`${server.origin}/a.bin`);
      codes.push(codeOf(attempt));
      if (attempt.kind !== 'failed' || !attempt.retry) break;
      if (!attempt.retry.progress) inVain += 1;
    }
    const output = join(attempts.folder, 'a.bin');
    const saved = existsSync(output) ? readFileSync(output) : undefined;
    const ranges = server.connections.flat().map(asked);
    return { codes, ranges, saved, right: saved?.equals(file) ?? false, left: attempts.files() };
  }

  describe('a file whose rest comes in ranges shorter than asked for', () => {
    const capped: Answering = (from, count) =>
      count === 1 ? whole(200_000) : range(from ?? 0, Math.min((from ?? 0) + 100_000, total));

    it('is asked for range by range, in one attempt', async () => {
      const { codes, ranges, right } = await fetched(capped);
      expect(codes).toEqual(['TRUNCATED', 'saved']);
      expect(ranges).toEqual([undefined, 200_000, 300_000, 400_000, 500_000]);
      expect(right).toBe(true);
    });

    it('is left to further attempts where the host wants pauses, and each brings it on', async () => {
      const { codes, right } = await fetched(capped, { minGap: 0.001 });
      expect(codes).toEqual([...Array(4).fill('TRUNCATED'), 'saved']);
      expect(right).toBe(true);
    });

    it('comes whole where the first answer is such a range already, with or without a version', async () => {
      for (const headers of [[etag], []]) {
        const answering: Answering = (from = 0) => range(from, Math.min(from + 30_000, total), { headers });
        const { codes, right } = await fetched(answering);
        expect(codes).toEqual(['saved']);
        expect(right).toBe(true);
      }
    });

    it('is kept as one piece for a thumbnail too', async () => {
      const { codes } = await fetched(capped, { keep: 'memory' });
      expect(codes).toContain('gathered');
    });
  });

  it.each<[string, Answering]>([
    ['a 200 with the rest and its Content-Range', (from) => range(from ?? 0, total, { status: '200 OK' })],
    [
      'a 200 with its Content-Range without unit or total',
      (from = 0) =>
        answer(
          '200 OK',
          [etag, `Content-Range: ${from}-${total - 1}`, `Content-Length: ${total - from}`],
          file.subarray(from),
        ),
    ],
    [
      'a 206 in chunks, without a length',
      (from = 0) =>
        chunked(
          '206 Partial Content',
          [etag, `Content-Range: bytes ${from}-${total - 1}/${total}`],
          file.subarray(from),
        ),
    ],
    ['a 206 that begins before the place asked for', (from = 0) => range(from - 70_000, total)],
    ['a 206 from the very beginning', () => range(0, total)],
    ['a 206 without a total', (from = 0) => range(from, total, { of: '*' })],
    ['the whole file', () => whole()],
    [
      'the whole file beside a range that is none',
      () =>
        answer(
          '200 OK',
          [etag, `Content-Range: bytes 0-${total}/${total}`, `Content-Length: ${total}`],
          file,
        ),
    ],
  ])('the rest of a file may come as %s', async (_what, answering) => {
    const { right, codes } = await fetched((from, count) =>
      count === 1 ? whole(200_000) : answering(from, count),
    );
    expect(codes).toEqual(['TRUNCATED', 'saved']);
    expect(right).toBe(true);
  });

  it.each<[string, Answering]>([
    ['a range behind the place asked for', (from = 0) => range(from + 1, total)],
    ['a range that ends before it', () => range(0, 100_000)],
    ['a range of a longer file', (from = 0) => range(from, total, { of: total + 1 })],
    ['a range of a shorter file', (from = 0) => range(from, total - 9, { of: total - 9 })],
    ['a range of another version', (from = 0) => range(from, total, { headers: ['ETag: "two"'] })],
    [
      'a range that is not as long as its body',
      (from = 0) =>
        answer(
          '206 Partial Content',
          [etag, `Content-Range: bytes ${from}-${total - 2}/${total}`, `Content-Length: ${total - from}`],
          file.subarray(from),
        ),
    ],
    [
      'more bytes than the range says',
      (from = 0) =>
        chunked(
          '206 Partial Content',
          [etag, `Content-Range: bytes ${from}-${total - 2}/${total}`],
          file.subarray(from),
        ),
    ],
    [
      'a part without Content-Range',
      (from = 0) =>
        answer('206 Partial Content', [etag, `Content-Length: ${total - from}`], file.subarray(from)),
    ],
    [
      'several parts in one',
      (from = 0) =>
        answer(
          '206 Partial Content',
          [
            etag,
            'Content-Type: multipart/byteranges; boundary=x',
            `Content-Range: bytes ${from}-${total - 1}/${total}`,
            `Content-Length: ${total - from}`,
          ],
          file.subarray(from),
        ),
    ],
    [
      'the tail as the whole file, with the same entity tag',
      (from = 0) => answer('200 OK', [etag, `Content-Length: ${total - from}`], file.subarray(from)),
    ],
    [
      '416 with the total',
      () =>
        answer(
          '416 Range Not Satisfiable',
          [`Content-Range: bytes */${total}`, 'Content-Length: 0'],
          Buffer.alloc(0),
        ),
    ],
    ['416 without one', () => answer('416 Range Not Satisfiable', ['Content-Length: 0'], Buffer.alloc(0))],
  ])('nothing is joined to %s: the file is fetched anew', async (_what, answering) => {
    const { right, ranges } = await fetched((from, count) => {
      if (count === 1) return whole(200_000);
      return from === undefined ? whole() : answering(from, count);
    });
    expect(right).toBe(true);
    expect(ranges).toEqual([undefined, 200_000, undefined]);
  });

  it.each<[string, Answering]>([
    [
      'is told to be longer by a 200',
      () =>
        answer(
          '200 OK',
          [etag, `Content-Range: bytes 0-${total - 1}/${total + 9}`, `Content-Length: ${total}`],
          file,
        ),
    ],
    ['is a range of nobody knows what', () => range(0, total - 9, { of: '*' })],
    ['begins somewhere else', () => range(10, total)],
    ['is the tail by a 200', () => range(10, total, { status: '200 OK' })],
    ['is a part of nothing', () => answer('206 Partial Content', [`Content-Length: ${total}`], file)],
    [
      'is in chunks and shorter than its total',
      () => chunked('200 OK', [etag, `Content-Range: bytes 0-${total - 1}/${total}`], file.subarray(0, -1)),
    ],
  ])('a file that always %s is never done', async (_what, answering) => {
    const { codes, saved } = await fetched(answering);
    expect(codes).not.toContain('saved');
    expect(saved).toBeUndefined();
  });

  it('all of whose bytes are there, but not the end of the answer, is done with one byte more', async () => {
    const { codes, ranges, right } = await fetched((from, count) =>
      count === 1 ? chunked('200 OK', [etag], file, '') : range(from ?? 0, total),
    );
    expect(codes).toEqual(['TRUNCATED', 'saved']);
    expect(ranges).toEqual([undefined, total - 1]);
    expect(right).toBe(true);
  });

  it('that comes without a length as the same version, but shorter, is not done', async () => {
    const { codes, right } = await fetched((from, count) => {
      if (count === 1) return whole(200_000);
      return from === undefined ? whole() : chunked('200 OK', [etag], file.subarray(from));
    });
    expect(codes).toEqual(['TRUNCATED', 'TRUNCATED', 'saved']);
    expect(right).toBe(true);
  });
});
