import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../../test/attempts.ts';
import { byBothTransports } from '../../../../test/servers/both-transports.ts';
import { routes, startServer, text } from '../../../../test/servers/test-server.ts';

byBothTransports((Attempts) => {
  describe('redirects', () => {
    it('are followed, relative and absolute, and the end is told', async () => {
      await using server = await startServer(
        routes({
          '/one': (_request, response) => response.writeHead(302, { location: 'two' }).end(),
          '/two': (_request, response) =>
            response.writeHead(301, { location: `${server.origin}/three.txt#part` }).end(),
          '/three.txt': text('here'),
        }),
      );
      await using attempts = new Attempts();
      const attempt = await attempts.make(`${server.origin}/one`);
      expect(attempt).toMatchObject({ kind: 'saved', finalUrl: `${server.origin}/three.txt` });
    });

    it.each([
      ['a circle', 'REDIRECT_LOOP', '/circle'],
      ['one too many', 'TOO_MANY_REDIRECTS', '/chain/0'],
      ['no location', 'BAD_REDIRECT', '/nowhere'],
      ['something that is no URL', 'BAD_REDIRECT', '/nonsense'],
      ['another scheme', 'UNSUPPORTED_SCHEME', '/file'],
    ])('to %s fail as %s', async (_what, code, path) => {
      await using server = await startServer(
        routes({
          '/circle': (_request, response) => response.writeHead(302, { location: '/circle2' }).end(),
          '/circle2': (_request, response) => response.writeHead(302, { location: '/circle' }).end(),
          '/chain/*': (request, response) => {
            const next = Number(request.url?.split('/').at(-1)) + 1;
            response.writeHead(302, { location: `/chain/${next}` }).end();
          },
          '/nowhere': (_request, response) => response.writeHead(302).end(),
          '/nonsense': (_request, response) => response.writeHead(302, { location: 'http://[oops' }).end(),
          '/file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
        }),
      );
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(server.origin + path))).toBe(code);
      expect(attempts.files()).toEqual([]);
    });

    it('of ten hops arrive', async () => {
      await using server = await startServer(
        routes({
          '/chain/10': text('end'),
          '/chain/*': (request, response) => {
            const next = Number(request.url?.split('/').at(-1)) + 1;
            response.writeHead(302, { location: `/chain/${next}` }).end();
          },
        }),
      );
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(`${server.origin}/chain/0`))).toBe('saved');
    });

    it('keep the bytes of an address, in UTF-8 as in Latin-1', async () => {
      const asked: (string | undefined)[] = [];
      await using server = await startServer(
        routes({
          '/latin': (_request, response) =>
            response.writeHead(302, { location: '/caf\xe9.jpg?q=\xe9' }).end(),
          '/utf8': (_request, response) => {
            const location = Buffer.from('/café.jpg').toString('latin1');
            response.writeHead(302, { location }).end();
          },
          '/*': (request, response) => {
            asked.push(request.url);
            response.end('x');
          },
        }),
      );
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(`${server.origin}/latin`))).toBe('saved');
      expect(codeOf(await attempts.make(`${server.origin}/utf8`))).toBe('saved');
      expect(asked).toEqual(['/caf%E9.jpg?q=%E9', '/caf%C3%A9.jpg']);
    });

    it('have the cookies that were set on the way, which no other item gets', async () => {
      const setsCookie =
        (location: string, cookie: string) => (request: IncomingMessage, response: ServerResponse) => {
          if (request.headers.cookie?.includes(cookie)) return response.end('x');
          return response.writeHead(302, { location, 'set-cookie': `${cookie}; Path=/` }).end();
        };
      await using server = await startServer(
        routes({
          '/itself': setsCookie('/itself', 'seen=1'),
          '/by-login': (request, response) =>
            request.headers.cookie
              ? response.end('x')
              : response.writeHead(302, { location: '/login' }).end(),
          '/login': setsCookie('/by-login', 'session=2'),
          '/for-ever': (_request, response) =>
            response.writeHead(302, { location: '/for-ever', 'set-cookie': 'same=3' }).end(),
        }),
      );
      await using attempts = new Attempts();
      expect(codeOf(await attempts.make(`${server.origin}/itself`))).toBe('saved');
      expect(codeOf(await attempts.make(`${server.origin}/by-login`))).toBe('saved');
      expect(codeOf(await attempts.make(`${server.origin}/for-ever`))).toBe('REDIRECT_LOOP');
      const first = server.requests.filter(({ path }) => path === '/by-login').at(0);
      expect(first?.headers.cookie).toBeUndefined();
    });

    it('to another origin do not take credentials along', async () => {
      await using elsewhere = await startServer(text('secret?'));
      await using server = await startServer((_request, response) =>
        response.writeHead(302, { location: `${elsewhere.origin}/x` }).end(),
      );
      await using attempts = new Attempts({
        headers: { 'X-Api-Key': 'secret', 'Accept-Language': 'de', Authorization: 'Bearer secret' },
      });
      expect(codeOf(await attempts.make(`${server.origin}/x`))).toBe('saved');
      expect(server.requests[0]?.headers).toMatchObject({
        'x-api-key': 'secret',
        authorization: 'Bearer secret',
      });
      expect(JSON.stringify(elsewhere.requests)).not.toContain('secret');
      expect(elsewhere.requests[0]?.headers['accept-language']).toBe('de');
    });
  });
});
