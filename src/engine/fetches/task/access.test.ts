import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { beforeAll, describe, expect, it } from 'vitest';
import { Attempts, codeOf } from '../../../../test/attempts.ts';
import { byBothTransports } from '../../../../test/servers/both-transports.ts';
import {
  type Certificate,
  type Certificates,
  makeCertificates,
} from '../../../../test/servers/certificates.ts';
import { listening } from '../../../../test/servers/listening.ts';
import { startRawServer } from '../../../../test/servers/raw-server.ts';
import { startServer, text } from '../../../../test/servers/test-server.ts';

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
