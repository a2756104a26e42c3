import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Attempts } from '../../../../test/attempts.ts';
import { byBothTransports } from '../../../../test/servers/both-transports.ts';
import {
  type Certificate,
  type Certificates,
  makeCertificates,
} from '../../../../test/servers/certificates.ts';
import { startRawServer } from '../../../../test/servers/raw-server.ts';
import { startSocksServer } from '../../../../test/servers/socks-server.ts';
import { startServer, text } from '../../../../test/servers/test-server.ts';
import type { Attempt } from '../protocol/protocol.ts';

const codeOf = (attempt: Attempt) => (attempt.kind === 'failed' ? attempt.error.code : attempt.kind);

/** A server that listens on loopback while the test needs it. */
async function listening<Kind extends Server>(server: Kind): Promise<{ port: number } & AsyncDisposable> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      server.close();
    },
  };
}

describe('TLS', () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });
  const https = (certificate: Certificate) =>
    listening(createHttpsServer(certificate, (_request, response) => response.end('x')));

  it('trusts the authorities of the file given, and others not', async () => {
    await using server = await https(certificates.good);
    await using trusting = new Attempts({ ca: certificates.ca });
    await using other = new Attempts();
    expect(codeOf(await trusting.make(`https://localhost:${server.port}/a`))).toBe('saved');
    expect(codeOf(await other.make(`https://localhost:${server.port}/a`))).toBe('TLS_UNTRUSTED');
  });

  it('refuses certificates that have expired or are for another name', async () => {
    await using expired = await https(certificates.expired);
    await using foreign = await https(certificates.foreign);
    await using attempts = new Attempts({ ca: certificates.ca });
    expect(codeOf(await attempts.make(`https://localhost:${expired.port}/a`))).toBe('TLS_EXPIRED');
    expect(codeOf(await attempts.make(`https://localhost:${foreign.port}/a`))).toBe('TLS_WRONG_NAME');
  });

  it('is not what a plain server speaks', async () => {
    await using server = await startServer(text('x'));
    await using attempts = new Attempts();
    const url = `https://127.0.0.1:${server.port}/a`;
    expect(await attempts.make(url)).toMatchObject({
      kind: 'failed',
      error: {
        code: 'TLS_ERROR',
        // The reason comes from OpenSSL, whose versions differ in their wording.
        message: expect.stringMatching(/^https:\S+: no secure connection could be made: [a-z ]+\.$/),
      },
    });
  });

  it('speaks HTTP/2 where the server offers it, many at once over one connection', async () => {
    let sessions = 0;
    const versions = new Set<string>();
    const server = createSecureServer({ ...certificates.good, allowHTTP1: true }, (request, response) => {
      versions.add(request.httpVersion);
      response.setHeader('etag', '"one"');
      if (request.url === '/redirect') response.writeHead(302, { location: '/0' }).end();
      else if (request.url === '/missing') response.writeHead(404).end();
      else if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('begin', () => response.stream.close(2));
      } else response.end(`body of ${request.url}`);
    });
    server.on('session', () => {
      sessions += 1;
    });
    await using running = await listening(server);
    await using attempts = new Attempts({ ca: certificates.ca });
    const url = `https://localhost:${running.port}`;
    await attempts.make(`${url}/first`);
    const all = await Promise.all(Array.from({ length: 50 }, (_, index) => attempts.make(`${url}/${index}`)));
    expect(all.map(codeOf)).toEqual(Array.from({ length: 50 }, () => 'saved'));
    expect([...versions]).toEqual(['2.0']);
    expect(sessions).toBeLessThan(50);
    expect(await attempts.make(`${url}/redirect`)).toMatchObject({ kind: 'saved', finalUrl: `${url}/0` });
    expect(codeOf(await attempts.make(`${url}/missing`))).toBe('HTTP_404');
    expect(await attempts.make(`${url}/cut`)).toMatchObject({ error: { code: 'TRUNCATED' }, retry: {} });
  });
});

describe('cookies', () => {
  it('of a Netscape file go where they belong, and those that servers set come along', async () => {
    await using server = await startServer((request, response) => {
      if (request.url === '/login')
        response.writeHead(302, { location: '/a', 'set-cookie': 'fresh=1' }).end();
      else response.end('x');
    });
    const cookies = [
      '# Netscape HTTP Cookie File',
      'localhost\tFALSE\t/\tFALSE\t0\tsession\tabc',
      '#HttpOnly_localhost\tFALSE\t/\tFALSE\t4102444800\thidden\tdef',
      'localhost\tFALSE\t/\tFALSE\t1\told\tno',
      'elsewhere.test\tTRUE\t/\tFALSE\t0\tother\tno',
    ].join('\n');
    await using attempts = new Attempts({ cookies });
    await attempts.make(`http://localhost:${server.port}/login`);
    expect(server.requests[0]?.headers.cookie).toBe('session=abc; hidden=def');
    expect(server.requests[1]?.headers.cookie).toBe('session=abc; hidden=def; fresh=1');
    await attempts.make(`http://127.0.0.1:${server.port}/b`);
    expect(server.requests[2]?.headers.cookie).toBeUndefined();
  });
});

byBothTransports((AttemptsBy) => {
  describe('cookies that no request can carry', () => {
    it('fail nothing, whether a file has them or a server sets them', async () => {
      await using server = await startRawServer((request) => ({
        pieces: [
          [
            'HTTP/1.1 200 OK',
            ...(request.startsWith('GET /set ')
              ? [
                  'set-cookie: good=1',
                  'set-cookie: bytes=caf\u00c3\u00a9',
                  'set-cookie: =; Domain=;',
                  'set-cookie: x=y; Domain=b;a',
                ]
              : []),
            'content-length: 1',
            '',
            'x',
          ].join('\r\n'),
        ],
      }));
      const line = (domain: string, name: string, value: string) =>
        [domain, 'FALSE', '/', 'FALSE', '0', name, value].join('\t');
      const cookies = [
        line('127.0.0.1', 'first', '1'),
        line('bad;domain com', 'a', 'b'),
        line('127.0.0.1', 'cr', 'a\rb'),
        line('127.0.0.1', 'far', '日本'),
        line('127.0.0.1', 'nul', 'a\u0000b'),
        line('127.0.0.1', 'latin', 'caf\u00e9'),
        'odd line',
      ].join('\n');
      await using attempts = new AttemptsBy({ cookies });
      for (const path of ['/set', '/ask']) {
        expect(codeOf(await attempts.make(server.origin + path))).toBe('saved');
      }
      const asked = server.connections.flat().map((request) => /^cookie: (.*)$/im.exec(request)?.[1]);
      expect(asked).toEqual([
        'first=1; latin=caf\u00e9',
        'first=1; latin=caf\u00e9; good=1; bytes=caf\u00c3\u00a9',
      ]);
    });

    it('leave a host alone that the jar has no cookies for', async () => {
      await using attempts = new AttemptsBy({ cookies: '' });
      expect(codeOf(await attempts.make('http://local/a'))).toMatch(/^DNS_/);
    });
  });
});

describe('a proxy of the environment', () => {
  const { env } = process;
  afterEach(() => {
    for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) delete env[name];
  });

  /** A proxy that forwards requests and records them. */
  async function startProxy() {
    const asked: string[] = [];
    const server = createPlainServer((request: IncomingMessage, response: ServerResponse) => {
      asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      response.end('by proxy');
    });
    server.on('connect', (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      const [host, port] = (request.url ?? '').split(':');
      const target = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      socket.on('error', () => target.destroy());
      target.on('error', () => socket.destroy());
    });
    return { asked, ...(await listening(server)) };
  }

  it('is asked, with its password, unless NO_PROXY says otherwise', async () => {
    await using server = await startServer(text('direct'));
    const proxy = await startProxy();
    await using _closing = proxy;
    env.http_proxy = `http://me:pass@127.0.0.1:${proxy.port}`;
    env.no_proxy = '127.0.0.1';
    await using attempts = new Attempts();
    await attempts.make('http://somewhere.test/a');
    await attempts.make(`${server.origin}/b`);
    expect(proxy.asked).toEqual([`GET http://somewhere.test/a Basic ${btoa('me:pass')}`]);
    expect(server.requests).toHaveLength(1);
  });

  it.each(['http', 'https'])('may speak SOCKS5, with a password, for %s', async (scheme) => {
    const certificates = makeCertificates();
    const answer = (_request: IncomingMessage, response: ServerResponse) => void response.end('x');
    await using server = await listening(
      scheme === 'https' ? createHttpsServer(certificates.good, answer) : createPlainServer(answer),
    );
    await using socks = await startSocksServer('me:secret');
    const url = `${scheme}://localhost:${server.port}/a`;
    await using attempts = new Attempts({
      ca: certificates.ca,
      proxy: `socks5://me:secret@127.0.0.1:${socks.port}`,
    });
    expect(codeOf(await attempts.make(url))).toBe('saved');
    expect(socks.asked).toEqual([`localhost:${server.port}`]);
    await using wrong = new Attempts({
      ca: certificates.ca,
      proxy: `socks5://me:wrong@127.0.0.1:${socks.port}`,
    });
    const refused = await wrong.make(url);
    expect(refused).toMatchObject({ error: { code: 'PROXY_FAILED' } });
    expect(JSON.stringify(refused)).not.toContain('wrong@');
  });

  it('tunnels https', async () => {
    const certificates = makeCertificates();
    await using server = await listening(
      createHttpsServer(certificates.good, (_request, response) => response.end('x')),
    );
    const proxy = await startProxy();
    await using _closing = proxy;
    env.https_proxy = `http://127.0.0.1:${proxy.port}`;
    await using attempts = new Attempts({ ca: certificates.ca });
    expect(codeOf(await attempts.make(`https://localhost:${server.port}/a`))).toBe('saved');
    expect(proxy.asked).toEqual([`CONNECT localhost:${server.port}`]);
  });

  it('is named, without its password, where nothing answers there; what goes past it is not blamed on it', async () => {
    const { port } = await (async () => {
      await using gone = await listening(createPlainServer());
      return { port: gone.port };
    })();
    env.http_proxy = `http://me:secret@127.0.0.1:${port}`;
    env.no_proxy = '127.0.0.1';
    await using attempts = new Attempts();
    for (const url of ['http://somewhere.test/a', 'https://somewhere.test/a']) {
      const attempt = await attempts.make(url);
      expect(attempt).toMatchObject({
        kind: 'failed',
        error: {
          code: 'PROXY_FAILED',
          message: `${url}: the proxy http://127.0.0.1:${port} cannot be reached: nothing listens there.`,
        },
      });
    }
    expect(codeOf(await attempts.make(`http://127.0.0.1:${port}/b`))).toBe('CONNECT_REFUSED');
  });

  it.each(['http', 'https'])('that wants a password says so, once, for %s', async (scheme) => {
    await using proxy = await startRawServer(() => ({
      pieces: [
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="p"\r\nContent-Length: 0\r\n\r\n',
      ],
    }));
    env.http_proxy = proxy.origin;
    await using attempts = new Attempts();
    const attempt = await attempts.make(`${scheme}://somewhere.test/a`);
    expect(attempt).toMatchObject({
      error: {
        code: 'PROXY_FAILED',
        message: expect.stringContaining('into http_proxy, as http://user:password@proxy:3128'),
      },
    });
    expect(attempt).not.toHaveProperty('retry');
    expect(proxy.connections.flat()).toHaveLength(1);
  });

  it.each([
    ['says nothing', []],
    ['drips', ['HTTP/1.1 200 OK\r\nx: ']],
    ['leads to silence', ['HTTP/1.1 200 OK\r\n\r\n']],
  ])('is not waited for where it %s, asked for a tunnel', async (how, pieces) => {
    await using proxy = await startRawServer(() => ({
      pieces,
      ...(how === 'drips' && { drip: { piece: 'x', everyMs: 100 } }),
    }));
    env.https_proxy = proxy.origin;
    await using attempts = new Attempts({ timeoutMs: 1_000 });
    expect(await attempts.make('https://somewhere.test/a')).toMatchObject({
      error: {
        code: 'PROXY_FAILED',
        message: `https://somewhere.test/a: the proxy ${proxy.origin} cannot be reached: it did not answer in time.`,
      },
      retry: {},
    });
  });

  it.each(['169.254.169.254', 'localhost.', 'a.localhost.', '127.0.0.1..', 'metadata.google.internal'])(
    'is not asked for private addresses that a public site redirects to, nor where those are denied: %s',
    async (host) => {
      const asked: string[] = [];
      const server = createPlainServer((request, response) => {
        asked.push(request.url ?? '');
        response.writeHead(302, { location: `http://${host}/secret` }).end();
      });
      await using proxy = await listening(server);
      env.http_proxy = `http://127.0.0.1:${proxy.port}`;
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make('http://somewhere.test/a'))).toBe('BLOCKED_ADDRESS');
      expect(asked).toEqual(['http://somewhere.test/a']);
      await using denying = new Attempts({ privateAddresses: 'deny' });
      for (const scheme of ['http', 'https'])
        expect(codeOf(await denying.make(`${scheme}://${host}/secret`))).toBe('BLOCKED_ADDRESS');
      expect(asked).toHaveLength(1);
    },
  );
});
