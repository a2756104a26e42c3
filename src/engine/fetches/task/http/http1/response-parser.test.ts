import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Head } from '../../../protocol/exchange.ts';
import { ResponseParser } from './response-parser.ts';

interface Parsed {
  readonly head: Head | undefined;
  readonly body: Buffer;
  readonly parser: ResponseParser;
}

/** Feeds a parser in pieces of the given lengths, from memory that is overwritten afterwards, as a socket's is. */
function parse(bytes: Buffer, lengths: readonly number[] = [bytes.length], end = false): Parsed {
  let head: Head | undefined;
  const body: Buffer[] = [];
  const parser = new ResponseParser('http://x/', {
    head: (seen) => {
      head = seen;
    },
    data: (chunk) => {
      body.push(Buffer.from(chunk));
      return 0;
    },
  });
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const length = Math.max(1, lengths[turn % lengths.length] ?? 1);
    const piece = Buffer.from(bytes.subarray(at, at + length));
    parser.feed(piece);
    piece.fill(0x2a);
    at += length;
  }
  if (end) parser.end();
  return { head, body: Buffer.concat(body), parser };
}

const answer = (text: string) => Buffer.from(text, 'latin1');
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'fine';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

const bodies = fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes));
const lengths = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 });

describe('an answer in HTTP/1', () => {
  it('of a length is read whole however it is cut into pieces', () => {
    fc.assert(
      fc.property(bodies, lengths, (body, cuts) => {
        const head = answer(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nETag: "a"\r\n\r\n`);
        const parsed = parse(Buffer.concat([head, body]), cuts);
        expect(parsed.head).toMatchObject({ status: 200, headers: { etag: '"a"' } });
        expect(parsed.body.equals(body)).toBe(true);
        expect(parsed.parser).toMatchObject({ done: true, reusable: true });
      }),
    );
  });

  it('in chunks is read whole however they and the pieces are cut, with extensions and trailers', () => {
    fc.assert(
      fc.property(bodies, lengths, lengths, (body, chunks, cuts) => {
        const parts: Buffer[] = [answer('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')];
        for (let at = 0, turn = 0; at < body.length; turn += 1) {
          const part = body.subarray(at, at + (chunks[turn % chunks.length] ?? 1));
          parts.push(answer(`${part.length.toString(16)};x=y\r\n`), part, answer('\r\n'));
          at += part.length;
        }
        parts.push(answer('0\r\nExpires: never\r\n\r\n'));
        const parsed = parse(Buffer.concat(parts), cuts);
        expect(parsed.body.equals(body)).toBe(true);
        expect(parsed.parser).toMatchObject({ done: true, reusable: true });
      }),
    );
  });

  it('without a length ends with the connection, which is then not used again', () => {
    const { body, parser } = parse(answer('HTTP/1.1 200 OK\r\n\r\nall there is'), [7], true);
    expect(body.toString()).toBe('all there is');
    expect(parser).toMatchObject({ done: true, reusable: false });
  });

  it.each([
    ['HTTP/1.1 204 No Content\r\n\r\n', 204],
    ['HTTP/1.1 304 Not Modified\r\ncontent-length: 100\r\n\r\n', 304],
    ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 204 N\r\n\r\n', 204],
    ['HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n', 200],
  ])('%j has no body', (text, status) => {
    const { head, body, parser } = parse(answer(text), [5]);
    expect(head?.status).toBe(status);
    expect(body).toHaveLength(0);
    expect(parser).toMatchObject({ done: true, reusable: true });
  });

  it.each([
    ['connection: close', false],
    ['connection: keep-alive', true],
    ['connection: Upgrade, Close', false],
  ])('that says "%s" tells whether the connection goes on', (line, reusable) => {
    expect(parse(answer(`HTTP/1.1 200 OK\r\n${line}\r\ncontent-length: 0\r\n\r\n`)).parser.reusable).toBe(
      reusable,
    );
  });

  it('of HTTP/1.0 closes unless it says otherwise', () => {
    expect(parse(answer('HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n')).parser.reusable).toBe(false);
    const kept = 'HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n';
    expect(parse(answer(kept)).parser.reusable).toBe(true);
  });

  it('followed by bytes that nobody asked for leaves its connection behind', () => {
    const { body, parser } = parse(answer('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokmore'));
    expect(body.toString()).toBe('ok');
    expect(parser).toMatchObject({ done: true, reusable: false });
  });

  it('keeps each cookie, the first of what can stand only once, and joins lists', () => {
    const lines = ['set-cookie: a=1, b', 'set-cookie: c=2', 'etag: "1"', 'etag: "2"', 'x-a: 1', 'X-A: 2'];
    const { head } = parse(answer(`HTTP/1.1 200 OK\r\ncontent-length: 0\r\n${lines.join('\r\n')}\r\n\r\n`));
    expect(head?.headers).toMatchObject({ 'set-cookie': ['a=1, b', 'c=2'], etag: '"1"', 'x-a': '1, 2' });
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9\r\n'],
    ['a status that is no number', 'HTTP/1.1 OK\r\n\r\n'],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\n'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: 1\r\n\r\n'],
    ['a header name with a space', 'HTTP/1.1 200 OK\r\ncontent-length : 1\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx'],
    ['a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n'],
    ['a coding that is unknown', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n'],
    ['a change of protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['a chunk without a length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
    [
      'a chunk longer than it says',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n',
    ],
    [
      'a chunk line without end',
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;${'x'.repeat(5_000)}`,
    ],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(270_000)}`],
  ])('with %s is refused', (_what, text) => {
    expect(codeOf(() => parse(answer(text), [400]))).toBe('BAD_RESPONSE');
  });

  it.each([
    ['before it began', '', 'CONNECTION_LOST'],
    ['in its headers', 'HTTP/1.1 200 OK\r\ncontent-le', 'CONNECTION_LOST'],
    ['before its length', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfour', 'TRUNCATED'],
    ['in a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfour', 'TRUNCATED'],
    [
      'before the last chunk',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nfour\r\n',
      'TRUNCATED',
    ],
  ])('that is cut %s is told so', (_where, text, code) => {
    expect(codeOf(() => parse(answer(text), [400], true))).toBe(code);
  });
});
