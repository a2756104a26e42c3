import { createSecureServer, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { Attempts, codeOf } from '../../../../test/attempts.ts';
import { byBothTransports } from '../../../../test/servers/both-transports.ts';
import { type Certificates, makeCertificates } from '../../../../test/servers/certificates.ts';
import { type RawAnswer, type RawServer, startRawServer } from '../../../../test/servers/raw-server.ts';
import { waitUntil } from '../../../../test/wait-until.ts';
import type { FetchPayload, WorkerSettings } from '../protocol/protocol.ts';

const drip = { piece: 'x', everyMs: 100 };
const promised = 'content-length: 60000\r\n\r\n';
const drips = (status: string, headers = ''): RawAnswer => ({
  pieces: [`HTTP/1.1 ${status}\r\n${headers}${promised}`],
  drip,
});
/** A time-out longer than any test: an exchange that ends before it has not waited for it. */
const patient = { timeoutMs: 600_000 };
const owned: Partial<FetchPayload> = { owned: { output: '/nowhere/a', bytes: 1 }, etag: '"one"' };

type Case = [what: string, answer: RawAnswer, expected: object, settings?: Partial<WorkerSettings>];

const heads: Case[] = [
  ['a 404 that drips', drips('404 Not Found'), { error: { code: 'HTTP_404' } }],
  [
    'a 404 that says nothing more',
    { pieces: [`HTTP/1.1 404 Not Found\r\n${promised}`] },
    { error: { code: 'HTTP_404' } },
  ],
  [
    'a 404 in chunks that drip',
    {
      pieces: ['HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n'],
      drip: { piece: '1\r\nx\r\n', everyMs: 100 },
    },
    { error: { code: 'HTTP_404' } },
  ],
  [
    'a 404 with a chunk that never begins',
    {
      pieces: ['HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n1;'],
      drip: { piece: 'x', everyMs: 100 },
    },
    { error: { code: 'HTTP_404' } },
  ],
  [
    'a 503 that drips, which may be tried again',
    drips('503 Service Unavailable', 'retry-after: 7\r\n'),
    { error: { code: 'HTTP_5XX' }, retry: { afterMs: 7_000, crowded: true } },
  ],
  ['a 416 that drips', drips('416 Range Not Satisfiable'), { error: { code: 'HTTP_STATUS' } }],
  [
    'a file that is marked noai and drips',
    drips('200 OK', 'x-robots-tag: noai\r\n'),
    { kind: 'noai' },
    { respect: ['noai'] },
  ],
];

const stalls: Case[] = [
  [
    'a head that drips',
    { pieces: ['HTTP/1.1 200 OK\r\nx: '], drip },
    { error: { code: 'HEADERS_TIMEOUT' }, retry: {} },
  ],
  [
    'one header after the other',
    { pieces: ['HTTP/1.1 200 OK\r\n'], drip: { piece: 'x-a: b\r\n', everyMs: 100 } },
    { error: { code: 'HEADERS_TIMEOUT' }, retry: {} },
  ],
  [
    'announcements that never end',
    { pieces: [], drip: { piece: 'HTTP/1.1 103 Early Hints\r\n\r\n', everyMs: 100 } },
    { error: { code: 'HEADERS_TIMEOUT' }, retry: {} },
  ],
  [
    'a chunk whose length drips',
    { pieces: ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;'], drip },
    { error: { code: 'BODY_TIMEOUT' }, retry: {} },
  ],
  [
    'a trailer that drips',
    { pieces: ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\nx: '], drip },
    { error: { code: 'BODY_TIMEOUT' }, retry: {} },
  ],
  ['a body that drips', drips('200 OK'), { error: { code: 'TOO_SLOW' }, retry: {} }],
];

/** The same tests with plain sockets, with undici, and with TLS. */
function define(
  start: (answer: Parameters<typeof startRawServer>[0]) => Promise<RawServer>,
  open: (settings: Partial<WorkerSettings>) => Attempts,
): void {
  it.each(heads)(
    '%s is told by its head, and its body not waited for',
    async (_what, answer, expected, settings) => {
      await using server = await start(() => answer);
      await using attempts = open({ ...patient, ...settings });
      expect(await attempts.make(`${server.origin}/a`)).toMatchObject(expected);
      await waitUntil(() => server.open === 0, 'the connection has been given up');
    },
  );

  it('a redirect that drips is followed', async () => {
    await using server = await start((request) =>
      request.startsWith('GET /start')
        ? drips('302 Found', 'location: /end\r\n')
        : { pieces: ['HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx'] },
    );
    await using attempts = open(patient);
    expect(await attempts.make(`${server.origin}/start`)).toMatchObject({
      kind: 'saved',
      finalUrl: `${server.origin}/end`,
    });
  });

  it('a 304 that goes on is over with its head', async () => {
    await using server = await start(() => ({ pieces: ['HTTP/1.1 304 Not Modified\r\n\r\n'], drip }));
    await using attempts = open(patient);
    expect(await attempts.make(`${server.origin}/a`, owned)).toMatchObject({ kind: 'unchanged' });
  });

  it('an error that comes at once leaves its connection to the next', async () => {
    await using server = await start(() => ({
      pieces: [
        'HTTP/1.1 404 Not Found\r\ncontent-length: 5000\r\n\r\n',
        'x'.repeat(2_500),
        'y'.repeat(2_500),
      ],
    }));
    await using attempts = open(patient);
    for (let count = 0; count < 3; count += 1) {
      expect(codeOf(await attempts.make(`${server.origin}/${count}`))).toBe('HTTP_404');
    }
    // undici opens a second connection if the first has only just become free.
    expect(server.connections.length).toBeLessThan(3);
  });

  it.each(stalls)('%s is ended by the time-out as a whole', async (_what, answer, expected) => {
    await using server = await start(() => answer);
    await using attempts = open({ timeoutMs: 1_000 });
    expect(await attempts.make(`${server.origin}/a`)).toMatchObject(expected);
    expect(attempts.files()).toEqual([]);
    await waitUntil(() => server.open === 0, 'the connection has been given up');
  });
}

byBothTransports((AttemptsBy) => {
  define(startRawServer, (settings) => new AttemptsBy(settings));
});

describe('by TLS:', () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });
  define(
    (answer) => startRawServer(answer, certificates.good),
    (settings) => new Attempts({ ca: certificates.ca, ...settings }),
  );

  /** An HTTP/2 server that is never silent: it keeps sending pings. */
  async function startHttp2(answer: (response: Http2ServerResponse) => void) {
    const server = createSecureServer(certificates.good, (_request, response) => answer(response));
    server.on('session', (session) => {
      const pinging = setInterval(() => session.ping(() => {}), 100);
      session.on('close', () => clearInterval(pinging));
      session.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { origin: `https://localhost:${port}`, [Symbol.dispose]: () => void server.close() };
  }

  it('an error that drips in HTTP/2 is told by its head', async () => {
    using server = await startHttp2((response) => {
      response.writeHead(404, { 'content-length': '60000' });
      const dripping = setInterval(() => response.write('x'), 100);
      response.on('close', () => clearInterval(dripping));
    });
    await using attempts = new Attempts({ ca: certificates.ca, ...patient });
    expect(codeOf(await attempts.make(`${server.origin}/a`))).toBe('HTTP_404');
  });

  it.each<[string, string, (response: Http2ServerResponse) => void]>([
    ['no head', 'HEADERS_TIMEOUT', () => {}],
    [
      'no body',
      'BODY_TIMEOUT',
      (response) => {
        response.writeHead(200, { 'content-length': '60000' });
        response.write('x');
      },
    ],
  ])('%s in HTTP/2 is ended by the time-out, whatever else comes', async (_what, code, answer) => {
    using server = await startHttp2(answer);
    await using attempts = new Attempts({ ca: certificates.ca, timeoutMs: 1_000 });
    expect(await attempts.make(`${server.origin}/a`)).toMatchObject({ error: { code }, retry: {} });
  });
});
