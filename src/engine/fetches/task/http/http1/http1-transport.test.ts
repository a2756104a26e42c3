import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connectorOf, testSettings } from '../../../../../../test/attempts.ts';
import { type RawAnswer, startRawServer } from '../../../../../../test/servers/raw-server.ts';
import { answeringWhenFull, startServer } from '../../../../../../test/servers/test-server.ts';
import { waitUntil } from '../../../../../../test/wait-until.ts';
import type { ExchangeRequest, Receiver, Transport } from '../../../protocol/exchange.ts';
import { AddressPolicy } from '../../net/address-policy.ts';
import { UndiciTransport } from '../undici/undici-transport.ts';
import { Http1Transport } from './http1-transport.ts';

const ok = (body = 'ok', ...lines: string[]): RawAnswer => ({
  pieces: [['HTTP/1.1 200 OK', `content-length: ${body.length}`, ...lines, '', body].join('\r\n')],
});

interface Answered {
  readonly code: string;
  readonly status: number;
  readonly body: string;
}

/** The outcome of one exchange: its code if it failed, and what was received. */
async function ask(
  transport: Transport,
  url: string,
  overrides: Partial<ExchangeRequest> = {},
): Promise<Answered> {
  let status = 0;
  const body: Buffer[] = [];
  const request = {
    url: new URL(url),
    headers: ['accept', '*/*'],
    timeoutMs: 10_000,
    last: false,
    signal: new AbortController().signal,
    ...overrides,
  };
  const receiver: Receiver = {
    head: (head) => {
      status = head.status;
      return undefined;
    },
    data: (chunk) => {
      body.push(Buffer.from(chunk));
      return 0;
    },
  };
  let code = 'fine';
  try {
    await transport.exchange(request, receiver);
  } catch (error) {
    code = (error as { code: string }).code;
  }
  return { code, status, body: Buffer.concat(body).toString('latin1') };
}

const own = () => new Http1Transport(connectorOf(new AddressPolicy(16, false)));

describe('connections', () => {
  it('are kept and used again, one request after the other', async () => {
    await using server = await startRawServer(() => ok());
    const transport = own();
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await ask(transport, `${server.origin}/${turn}`)).toMatchObject({ code: 'fine', body: 'ok' });
    }
    expect(server.connections.map((asked) => asked.length)).toEqual([5]);
    await transport.destroy();
  });

  it('are as many as there are requests at once', async () => {
    const { listener, counts } = answeringWhenFull(() => 20, 20);
    await using server = await startServer(listener);
    const transport = own();
    await Promise.all(Array.from({ length: 20 }, (_, index) => ask(transport, `${server.origin}/${index}`)));
    expect(Math.max(...counts)).toBe(20);
    await transport.destroy();
  });

  it.each([
    ['says so', ok('ok', 'connection: close')],
    ['sends more than it announced', { pieces: ['HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok and more'] }],
    ['ends its answer by closing', { pieces: ['HTTP/1.1 200 OK\r\n\r\nok'], close: true }],
  ])('are not used again where the server %s', async (_what, answer) => {
    await using server = await startRawServer(() => answer);
    const transport = own();
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await ask(transport, `${server.origin}/`)).toMatchObject({ code: 'fine', body: 'ok' });
    }
    expect(server.connections.map((asked) => asked.length)).toEqual([1, 1, 1]);
    await transport.destroy();
  });

  it('are not used again after a request that was to be the last', async () => {
    await using server = await startRawServer(() => ok());
    const transport = own();
    await ask(transport, `${server.origin}/`, { last: true });
    await ask(transport, `${server.origin}/`);
    expect(server.connections.map((asked) => asked.length)).toEqual([1, 1]);
    expect(server.connections[0]?.[0]).toContain('connection: close');
    await transport.destroy();
  });

  it('that the server has closed meanwhile are asked anew, and nobody notices', async () => {
    await using server = await startRawServer((_request, count, socket) => {
      // The second request goes to the kept connection just as the server closes it.
      if (count === 2) socket.destroy();
      return count === 2 ? undefined : ok();
    });
    const transport = own();
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await ask(transport, `${server.origin}/`)).toMatchObject({ code: 'fine' });
    }
    expect(server.connections.map((asked) => asked.length)).toEqual([2, 1]);
    await transport.destroy();
  });

  it('that are new and lost at once are a failure, not asked for ever', async () => {
    await using server = await startRawServer((_request, _count, socket) => {
      socket.destroy();
      return undefined;
    });
    const transport = own();
    expect(await ask(transport, `${server.origin}/`)).toMatchObject({ code: 'CONNECTION_LOST' });
    expect(server.connections).toHaveLength(1);
    await transport.destroy();
  });

  it('end when the run is cancelled, whatever they were waiting for', async () => {
    await using server = await startRawServer((request) =>
      request.includes('/stalled')
        ? undefined
        : { pieces: ['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nbegun'] },
    );
    const transport = own();
    const cancel = new AbortController();
    const { signal } = cancel;
    const both = Promise.all(
      ['/stalled', '/begun'].map((path) => ask(transport, server.origin + path, { signal })),
    );
    await waitUntil(() => server.connections.flat().length === 2, 'both are asked');
    cancel.abort();
    expect((await both).map(({ code }) => code)).toEqual(['FETCH_FAILED', 'FETCH_FAILED']);
  });

  it('rest while their reader asks for it, and nothing is lost', async () => {
    const bytes = randomBytes(2_000_000);
    await using server = await startServer((_request, response) => response.end(bytes));
    const transport = own();
    const hash = createHash('sha256');
    let pauses = 0;
    const signal = new AbortController().signal;
    const request = { url: new URL(server.origin), headers: [], timeoutMs: 10_000, last: false, signal };
    await transport.exchange(request, {
      head: () => {},
      data: (chunk) => {
        hash.update(chunk);
        pauses += 1;
        return pauses % 5 === 0 ? 3 : 0;
      },
    });
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
    await transport.destroy();
  });
});

describe('requests', () => {
  it('say of one request nothing that the one before was asked with', async () => {
    await using server = await startRawServer(() => ok());
    const transport = own();
    const usual = ['accept', '*/*'];
    const secret = [...usual, 'authorization', 'Basic x', 'host', 'other'];
    for (const headers of [usual, secret, usual])
      await ask(transport, `${server.origin}/${headers.length}`, { headers });
    const { host } = new URL(server.origin);
    expect(server.connections.flat().map((request) => request.split('\r\n').sort())).toEqual([
      ['GET /2 HTTP/1.1', 'accept: */*', 'connection: keep-alive', `host: ${host}`],
      ['GET /6 HTTP/1.1', 'accept: */*', 'authorization: Basic x', 'connection: keep-alive', 'host: other'],
      ['GET /2 HTTP/1.1', 'accept: */*', 'connection: keep-alive', `host: ${host}`],
    ]);
    await transport.destroy();
  });

  it('say what they are told to, and the host once', async () => {
    await using server = await startRawServer(() => ok());
    const transport = own();
    const headers = ['host', 'elsewhere.test', 'connection', 'upgrade', 'x-a', 'ä'];
    await ask(transport, `${server.origin}/a%20b?c=d`, { headers });
    expect(server.connections[0]?.[0]?.split('\r\n')).toEqual([
      'GET /a%20b?c=d HTTP/1.1',
      'host: elsewhere.test',
      'connection: keep-alive',
      'x-a: ä',
    ]);
    await transport.destroy();
  });

  it.each([
    ['x-a', 'a\r\nx-b: c'],
    ['x-a\r\nx-b', 'c'],
    ['x-a', 'nul\0'],
    ['x-a', '日本'],
  ])('cannot be given the header %j: %j', async (name, value) => {
    await using server = await startRawServer(() => ok());
    const transport = own();
    expect(await ask(transport, server.origin, { headers: [name, value] })).toMatchObject({
      code: 'FETCH_FAILED',
    });
    expect(server.connections).toEqual([]);
    await transport.destroy();
  });
});

describe('beside undici', () => {
  const both = () => {
    const policy = new AddressPolicy(16, false);
    const theirs = new UndiciTransport(testSettings('/nowhere'), policy, {
      guarded: false,
      proxies: undefined,
    });
    return { ours: new Http1Transport(connectorOf(policy)), theirs };
  };
  const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
  it.each<[string, RawAnswer]>([
    ['a length', ok('hello')],
    ['chunks', { pieces: [chunked, '3\r\nabc\r\n', '2;x\r\nde\r\n', '0\r\n\r\n'] }],
    ['chunks and a trailer', { pieces: [`${chunked}1\r\na\r\n0\r\nx: y\r\n\r\n`] }],
    ['no length', { pieces: ['HTTP/1.1 200 OK\r\n\r\n', 'all'], close: true }],
    ['a head in pieces', { pieces: ['HT', 'TP/1.1 20', '0 OK\r\ncontent-le', 'ngth: 1\r\n\r', '\n', 'x'] }],
    ['early hints', { pieces: ['HTTP/1.1 103 Early Hints\r\n\r\n', 'HTTP/1.1 204 No Content\r\n\r\n'] }],
    ['a cut length', { pieces: ['HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc'], close: true }],
    ['a cut chunk', { pieces: [`${chunked}5\r\nabc`], close: true }],
    ['a missing last chunk', { pieces: [`${chunked}3\r\nabc\r\n`], close: true }],
    ['nothing', { pieces: [''], close: true }],
    ['what is no HTTP', { pieces: ['220 ftp.test ready\r\n\r\n'] }],
    ['a header without a colon', { pieces: ['HTTP/1.1 200 OK\r\nnonsense\r\ncontent-length: 1\r\n\r\nx'] }],
    ['a space before the colon', { pieces: ['HTTP/1.1 200 OK\r\ncontent-length : 1\r\n\r\nx'] }],
    ['a chunk that is no number', { pieces: [`${chunked}zz\r\nabc\r\n0\r\n\r\n`] }],
    ['a line feed in a chunk extension', { pieces: [`${chunked}3;a=\nb\r\nabc\r\n0\r\n\r\n`] }],
    ['a chunk longer than it says', { pieces: [`${chunked}2\r\nabcd\r\n0\r\n\r\n`] }],
    ['too many headers', { pieces: [`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(300_000)}\r\n\r\n`] }],
    ['silence', { pieces: [] }],
  ])('%s is understood alike', async (_what, answer) => {
    await using server = await startRawServer(() => answer);
    const { ours, theirs } = both();
    const [here, there] = [await ask(ours, server.origin), await ask(theirs, server.origin)];
    // undici may have passed on bytes before it saw the error; a failed exchange keeps none.
    const kept = ({ code, status, body }: Answered) => (code === 'fine' ? { code, status, body } : { code });
    expect(kept(here)).toEqual(kept(there));
    await Promise.all([ours.destroy(), theirs.destroy()]);
  });

  it.each<[string, RawAnswer]>([
    ['two lengths', { pieces: ['HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'] }],
  ])('%s are refused by both', async (_what, answer) => {
    await using server = await startRawServer(() => answer);
    const { ours, theirs } = both();
    expect(await ask(ours, server.origin)).toMatchObject({ code: 'BAD_RESPONSE' });
    expect((await ask(theirs, server.origin)).code).not.toBe('fine');
    await Promise.all([ours.destroy(), theirs.destroy()]);
  });
});
