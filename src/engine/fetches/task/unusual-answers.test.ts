import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Attempts, codeOf } from '../../../../test/attempts.ts';
import { type Certificates, makeCertificates } from '../../../../test/servers/certificates.ts';
import { startRawServer } from '../../../../test/servers/raw-server.ts';

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});

const chunks = '2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n';
const head = (...lines: string[]) => `${['HTTP/1.1 200 OK', ...lines].join('\r\n')}\r\n\r\n`;
const large = (kib: number, name = 'x-policy') =>
  Array.from({ length: kib }, (_, index) => `${name}-${index}: ${'p'.repeat(1_000)}`);

const blanks = ' '.repeat(100_000);

/** What is understood, whether the connection is used again, and the whole answer. */
const understood: [what: string, isKept: boolean, answer: string][] = [
  ['an answer as it should be', true, `${head('Content-Length: 5')}hello`],
  ['a length before chunks', false, `${head('Content-Length: 3', 'Transfer-Encoding: chunked')}${chunks}`],
  ['a length after chunks', false, `${head('Transfer-Encoding: chunked', 'Content-Length: 999')}${chunks}`],
  [
    'chunks that are announced twice',
    false,
    `${head(...Array(2).fill('Transfer-Encoding: chunked'))}${chunks}`,
  ],
  ['a coding that is none', false, `${head('Transfer-Encoding: identity', 'Content-Length: 5')}hello`],
  ['a folded header', true, `${head('X-Long: a', '  b', '\tc', 'Content-Length: 5')}hello`],
  // What would be looked for in them again and again took minutes.
  ['a folded header of blanks', true, `${head(`X-A: a${blanks}`, ` ${blanks}b`, 'Content-Length: 5')}hello`],
  ['a range of blanks', true, `${head(`Content-Range: bytes 0-1${blanks}x`, 'Content-Length: 5')}hello`],
  ['a folded length', true, `${head('Content-Length:', ' 5')}hello`],
  ['a folded status line', true, `${head(' and more', 'Content-Length: 5')}hello`],
  ['bare line feeds', true, 'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello'],
  ['one bare line feed', true, 'HTTP/1.1 200 OK\r\nX-A: 1\nContent-Length: 5\r\n\r\nhello'],
  ['a bare line feed at the end of the head', true, 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\nhello'],
  ['chunks with bare line feeds', true, `${head('Transfer-Encoding: chunked')}5\nhello\n0\n\n`],
  ['a folded trailer', true, `${head('Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\nx: a\r\n b\r\n\r\n`],
  ['a length twice', true, `${head('Content-Length: 5', 'Content-Length: 5')}hello`],
  ['a length twice in one header', true, `${head('Content-Length: 5, 5')}hello`],
  ['blanks around a length', true, `${head('Content-Length: \t 5 \t')}hello`],
  ['a length that begins with zeros', true, `${head('Content-Length: 0005')}hello`],
  ['no reason', true, 'HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello'],
  ['a head of 60 KB', true, `${head(...large(60), 'Content-Length: 5')}hello`],
  ['a head of 200 KB', true, `${head(...large(200), 'Content-Length: 5')}hello`],
];

const refused: [what: string, answer: string][] = [
  ['a blank before the colon', `${head('Content-Length : 5')}hello`],
  ['two lengths', `${head('Content-Length: 5', 'Content-Length: 6')}hello`],
  ['two lengths in one header', `${head('Content-Length: 5, 6')}hello`],
  ['a length that is no number', `${head('Content-Length: five')}hello`],
  ['a coding that is unknown', `${head('Transfer-Encoding: gzip, chunked')}${chunks}`],
  ['a carriage return by itself', `${head('X-A: 1\rX-B: 2', 'Content-Length: 5')}hello`],
  ['a head of a megabyte', `${head(...large(1_000), 'Content-Length: 5')}hello`],
  ['a header of a megabyte', `${head(`X-A: ${'a'.repeat(1_000_000)}`)}hello`],
];

describe.each(['http', 'https'])('by %s:', (scheme) => {
  const start = (answer: () => string | readonly string[]) =>
    startRawServer(() => ({ pieces: [answer()].flat() }), scheme === 'https' ? certificates.good : undefined);
  const open = () => new Attempts({ ca: certificates.ca });

  it.each(understood)('%s is understood', async (_what, isKept, answer) => {
    await using server = await start(() => answer);
    await using attempts = open();
    for (const name of ['a', 'b']) {
      expect(codeOf(await attempts.make(`${server.origin}/${name}`))).toBe('saved');
      expect(readFileSync(join(attempts.folder, name), 'utf8')).toBe('hello');
    }
    expect(server.connections).toHaveLength(isKept ? 1 : 2);
  });

  it('an answer is understood that comes byte by byte', async () => {
    await using server = await start(() => [...'HTTP/1.1 200 OK\nx: a\n b\ncontent-length: 5\n\nhello']);
    await using attempts = open();
    expect(await attempts.make(`${server.origin}/a`)).toMatchObject({ kind: 'saved', bytes: 5 });
  });

  it('a name that is folded is joined by one blank', async () => {
    const disposition = ['Content-Disposition: attachment;', '   filename="folded.txt"'];
    await using server = await start(() => `${head(...disposition, 'Content-Length: 5')}hello`);
    await using attempts = open();
    await attempts.make(`${server.origin}/a`);
    expect(attempts.files()).toEqual(['folded.txt']);
  });

  it.each(refused)('%s is refused', async (_what, answer) => {
    await using server = await start(() => answer);
    await using attempts = open();
    const attempt = await attempts.make(`${server.origin}/a`);
    expect(codeOf(attempt)).toBe('BAD_RESPONSE');
    expect(attempt).not.toHaveProperty('retry');
    expect(attempts.files()).toEqual([]);
  });
});
