import { createSecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { Attempts, codeOf } from '../../../../../../test/attempts.ts';
import { type Certificates, makeCertificates } from '../../../../../../test/servers/certificates.ts';
import { type RawAnswer, startRawServer } from '../../../../../../test/servers/raw-server.ts';

const ok: RawAnswer = { pieces: ['HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx'] };
const last: RawAnswer = { pieces: ['HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\nx'] };

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});
const open = (settings = {}) => new Attempts({ ca: certificates.ca, ...settings });

describe('connections by TLS', () => {
  it('are kept and used again, one request after the other', async () => {
    await using server = await startRawServer(() => ok, certificates.good);
    await using attempts = open();
    for (const path of ['a', 'b', 'c']) await attempts.make(`${server.origin}/${path}`);
    expect(server.connections.map((asked) => asked.length)).toEqual([3]);
  });

  it('are as many as there are requests at once, after the first has told what is spoken', async () => {
    const waiting: Socket[] = [];
    await using server = await startRawServer((_request, _count, socket) => {
      waiting.push(socket);
      if (waiting.length === 8) for (const each of waiting) each.write(String(ok.pieces[0]));
      return undefined;
    }, certificates.good);
    await using attempts = open();
    const all = Array.from({ length: 8 }, (_, index) => attempts.make(`${server.origin}/${index}`));
    expect((await Promise.all(all)).map(codeOf)).toEqual(Array(8).fill('saved'));
    expect(server.connections).toHaveLength(8);
  });

  it('resume the session of the one before', async () => {
    const resumed: boolean[] = [];
    await using server = await startRawServer((_request, _count, socket) => {
      resumed.push((socket as TLSSocket).isSessionReused());
      return last;
    }, certificates.good);
    await using attempts = open();
    for (const path of ['a', 'b', 'c']) await attempts.make(`${server.origin}/${path}`);
    expect(resumed).toEqual([false, true, true]);
  });

  it('go to a host by its address, and by the name that a person gives', async () => {
    const asked: unknown[] = [];
    await using server = await startRawServer((_request, _count, socket) => {
      asked.push((socket as TLSSocket).servername);
      return ok;
    }, certificates.foreign);
    const { port } = new URL(server.origin);
    await using named = open({ headers: { Host: 'example.test' } });
    expect(codeOf(await named.make(`https://127.0.0.1:${port}/a`))).toBe('saved');
    expect(asked).toEqual(['example.test']);
    await using other = open();
    expect(codeOf(await other.make(`https://127.0.0.1:${port}/a`))).toBe('TLS_WRONG_NAME');
  });

  it('that are lost while they are made fail, each by itself', async () => {
    let connections = 0;
    await using server = await startRawServer((_request, _count, socket) => {
      connections += 1;
      socket.destroy();
      return undefined;
    });
    await using attempts = open();
    const url = server.origin.replace('http:', 'https:');
    const all = await Promise.all(['a', 'b'].map((path) => attempts.make(`${url}/${path}`)));
    for (const attempt of all) expect(attempt.kind).toBe('failed');
    expect(connections).toBeLessThanOrEqual(2);
  });

  it('that are never made end with the time-out, all that wait for them together', async () => {
    await using server = await startRawServer(() => undefined);
    await using attempts = open({ timeoutMs: 500 });
    const url = server.origin.replace('http:', 'https:');
    const all = await Promise.all(['a', 'b', 'c'].map((path) => attempts.make(`${url}/${path}`)));
    expect(all.map(codeOf)).toEqual(Array(3).fill('CONNECT_TIMEOUT'));
    expect(server.connections).toHaveLength(1);
  });

  it('are not made where private addresses are denied', async () => {
    await using server = await startRawServer(() => ok, certificates.good);
    await using attempts = open({ privateAddresses: 'deny' });
    for (const host of ['localhost', '127.0.0.1'])
      expect(codeOf(await attempts.make(`https://${host}:${new URL(server.origin).port}/a`))).toBe(
        'BLOCKED_ADDRESS',
      );
    expect(server.connections).toEqual([]);
  });
});

describe('a server that speaks HTTP/2 but takes no requests', () => {
  const settings = '000000 04 00 00000000';
  const noStreams = '000006 04 00 00000000 0003 00000000';
  const goAway = '000008 07 00 00000000 00000000 00000000';
  const calmDown = '000008 07 00 00000000 00000000 0000000b';

  it('is given up after three connections, for all that wait, and none is left open', async () => {
    await using server = await startHttp2Server(noStreams);
    await using attempts = open();
    const signal = AbortSignal.timeout(3_000);
    const all = ['a', 'b', 'c', 'd'].map((path) => attempts.make(`${server.origin}/${path}`, {}, signal));
    for (const attempt of await Promise.all(all)) {
      expect(attempt).toMatchObject({
        kind: 'failed',
        error: { code: 'CONNECTION_LOST', message: expect.stringContaining('takes no requests') },
        retry: {},
      });
    }
    expect(server.connections).toBe(3);
    await expect.poll(() => server.open).toBe(0);
  });

  it.each([
    ['at once', settings + goAway, undefined],
    ['with an error', settings + calmDown, undefined],
    ['after a while', settings, { frames: goAway, afterMs: 20 }],
  ])('is given up when it goes away %s', async (_how, frames, later) => {
    await using server = await startHttp2Server(frames, later);
    await using attempts = open();
    const attempt = await attempts.make(`${server.origin}/a`, {}, AbortSignal.timeout(3_000));
    expect(attempt).toMatchObject({ kind: 'failed', error: { code: 'CONNECTION_LOST' }, retry: {} });
    expect(server.connections).toBeLessThanOrEqual(3);
    await expect.poll(() => server.open).toBe(0);
  });

  it('is asked when a later connection takes them', async () => {
    await using server = await startHttp2Server((count) => ({ maxConcurrentStreams: count < 3 ? 0 : 100 }));
    await using attempts = open();
    expect(codeOf(await attempts.make(`${server.origin}/a`, {}, AbortSignal.timeout(3_000)))).toBe('saved');
    expect(server.connections).toBe(3);
    await expect.poll(() => server.open).toBe(1);
  });

  it('is another than one that takes one request at a time from many', async () => {
    await using server = await startHttp2Server(() => ({ maxConcurrentStreams: 1 }));
    await using attempts = open();
    const all = Array.from({ length: 8 }, (_, index) => attempts.make(`${server.origin}/${index}`));
    expect((await Promise.all(all)).map(codeOf)).toEqual(Array(8).fill('saved'));
  });
});

/**
 * @param spoken the bytes, in hexadecimal, that are all each connection gets; or the settings of one that answers.
 * @param later what it gets after a while.
 */
async function startHttp2Server(
  spoken: string | ((count: number) => { maxConcurrentStreams: number }),
  later?: { readonly frames: string; readonly afterMs: number },
) {
  const bytesOf = (frames: string) => Buffer.from(frames.replaceAll(' ', ''), 'hex');
  const server =
    typeof spoken === 'string'
      ? createServer({ ...certificates.good, ALPNProtocols: ['h2'] }, (socket) => {
          socket.on('error', () => {}).resume();
          socket.write(bytesOf(spoken));
          if (later) setTimeout(() => socket.writable && socket.write(bytesOf(later.frames)), later.afterMs);
        })
      : createSecureServer(certificates.good, (_request, response) => {
          response.end('x');
        });
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    if (typeof spoken !== 'string' && 'updateSettings' in server) server.updateSettings(spoken(connections));
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
