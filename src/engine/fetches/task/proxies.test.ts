import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Attempts, codeOf } from '../../../../test/attempts.ts';
import { makeCertificates } from '../../../../test/servers/certificates.ts';
import { listening } from '../../../../test/servers/listening.ts';
import { startRawServer } from '../../../../test/servers/raw-server.ts';
import { startSocksServer } from '../../../../test/servers/socks-server.ts';
import { startServer, text } from '../../../../test/servers/test-server.ts';

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
