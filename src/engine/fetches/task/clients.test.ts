import { describe, expect, it } from 'vitest';
import { Attempts } from '../../../../test/attempts.ts';
import { startServer, text } from '../../../../test/servers/test-server.ts';
import type { Attempt } from '../protocol/protocol.ts';
import { fetchText } from './fetch-text.ts';
import type { Address } from './net/address.ts';

/** On one machine everything is loopback: 127.0.0.2 stands for the public network here. */
const isPublic = (address: string) => address === '127.0.0.2';
const to = (address: string): Address[] => [{ address, family: 4 }];
const codeOf = (attempt: Attempt) => (attempt.kind === 'failed' ? attempt.error.code : attempt.kind);

const names = (table: Readonly<Record<string, () => Address[]>>) => ({
  resolve: async (host: string): Promise<Address[]> => {
    const found = table[host];
    if (!found) throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
    return found();
  },
});

describe('who may be reached', () => {
  it('a private address that the list names', async () => {
    await using server = await startServer(text('x'));
    await using attempts = new Attempts({}, { isPublic });
    expect(codeOf(await attempts.make(`${server.origin}/a`))).toBe('saved');
  });

  it('a private address by a redirect from a private one', async () => {
    await using inner = await startServer(text('x'));
    await using server = await startServer((_request, response) =>
      response.writeHead(302, { location: `${inner.origin}/b` }).end(),
    );
    await using attempts = new Attempts({}, { isPublic });
    expect(codeOf(await attempts.make(`${server.origin}/a`))).toBe('saved');
  });

  it.each([
    ['by its address', (port: number) => `http://127.0.0.1:${port}/secret`],
    ['by its address in decimal', (port: number) => `http://2130706433:${port}/secret`],
    ['by its address in IPv6', (port: number) => `http://[::ffff:127.0.0.1]:${port}/secret`],
    ['as 0.0.0.0', (port: number) => `http://0.0.0.0:${port}/secret`],
    ['by a name', (port: number) => `http://inside.test:${port}/secret`],
    ['as localhost', (port: number) => `http://localhost:${port}/secret`],
  ])('not a private address by a redirect from a public one, %s', async (_how, target) => {
    await using inside = await startServer(text('secret'));
    await using outside = await startServer(
      (_request, response) => response.writeHead(302, { location: target(inside.port) }).end(),
      '127.0.0.2',
    );
    const resolve = names({ 'inside.test': () => to('127.0.0.1') });
    await using attempts = new Attempts({}, { isPublic, names: resolve });
    const attempt = await attempts.make(`${outside.origin}/a`);
    expect(codeOf(attempt)).toBe('BLOCKED_ADDRESS');
    expect(inside.requests).toEqual([]);
  });

  it('not a private address through a name that resolves anew, even where a connection to it is open', async () => {
    await using inside = await startServer(text('secret'));
    const answers = [to('127.0.0.2'), to('127.0.0.1')];
    const resolve = names({ 'rebind.test': () => answers.shift() ?? to('127.0.0.1') });
    await using attempts = new Attempts({}, { isPublic, names: resolve });
    const { createServer } = await import('node:http');
    // The public address of the name, on the same port.
    const outside = createServer((_request, response) =>
      response.writeHead(302, { location: `http://rebind.test:${inside.port}/secret` }).end(),
    );
    await new Promise<void>((done) => outside.listen(inside.port, '127.0.0.2', done));
    try {
      const attempt = await attempts.make(`http://rebind.test:${inside.port}/a`);
      expect(['BLOCKED_ADDRESS', 'REDIRECT_LOOP']).toContain(codeOf(attempt));
      expect(inside.requests).toEqual([]);
    } finally {
      outside.close();
      outside.closeAllConnections();
    }
  });

  it.each([
    ['by its address', () => 'http://127.0.0.1'],
    ['by a name', () => 'http://inside.test'],
  ])(
    'not a private address by a redirect from a public one that is followed by stages, %s',
    async (_how, to127) => {
      await using inside = await startServer(text('User-agent: *'));
      await using outside = await startServer(
        (_request, response) =>
          response.writeHead(302, { location: `${to127()}:${inside.port}/secret` }).end(),
        '127.0.0.2',
      );
      const resolve = names({ 'inside.test': () => to('127.0.0.1') });
      await using attempts = new Attempts({ respect: ['robots'] }, { isPublic, names: resolve });
      const url = `${outside.origin}/a`;
      const first = await attempts.make(url);
      if (first.kind === 'redirected') {
        expect(first.trail).toMatchObject({ visited: [url], guarded: true });
        const { origin } = new URL(first.trail.next);
        const payload = { text: `${origin}/robots.txt`, guarded: true, foreign: true };
        const rules = await fetchText(attempts.context, payload, new AbortController().signal);
        expect(rules).toMatchObject({ kind: 'failed', error: { code: 'BLOCKED_ADDRESS' } });
        expect(codeOf(await attempts.make(url, { trail: first.trail }))).toBe('BLOCKED_ADDRESS');
      } else expect(codeOf(first)).toBe('BLOCKED_ADDRESS');
      expect(inside.requests).toEqual([]);
    },
  );

  it('with deny, no private address at all, and of several only the public ones', async () => {
    await using server = await startServer(text('x'));
    await using outside = await startServer(text('x'), '127.0.0.2');
    const both = names({ 'both.test': () => [...to('127.0.0.1'), ...to('127.0.0.2')] });
    await using attempts = new Attempts({ privateAddresses: 'deny' }, { isPublic, names: both });
    expect(codeOf(await attempts.make(`${server.origin}/a`))).toBe('BLOCKED_ADDRESS');
    expect(codeOf(await attempts.make(`http://both.test:${outside.port}/a`))).toBe('saved');
    expect(server.requests).toEqual([]);
  });

  it('not a host that does not exist', async () => {
    await using attempts = new Attempts({}, { names: names({}) });
    expect(await attempts.make('http://nowhere.test/a')).toMatchObject({ error: { code: 'DNS_NOT_FOUND' } });
  });
});
