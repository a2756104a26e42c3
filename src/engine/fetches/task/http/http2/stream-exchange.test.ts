import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { Attempts, codeOf } from '../../../../../../test/attempts.ts';
import { type Certificates, makeCertificates } from '../../../../../../test/servers/certificates.ts';
import { Bandwidth } from '../../../protocol/bandwidth.ts';

const kinds = { data: 0, headers: 1, reset: 3, settings: 4 } as const;
const endStream = 1;
const ack = 1;
const endHeaders = 4;
const prefaceBytes = 24;

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});

describe('an answer by HTTP/2', () => {
  const kilobyte = Buffer.alloc(1_000, 'x');
  const large = Array.from({ length: 40 }, () => data(Buffer.alloc(16_000, 'x')));
  const trailers = frame(kinds.headers, endHeaders | endStream, 1, Buffer.from('\x00\x01x\x01y', 'latin1'));

  describe('is short where the server takes its stream back in the middle, even without an error:', () => {
    it.each([
      ['after the head', [[head(), reset()]]],
      ['after the head, later', [[head()], [reset()]]],
      ['in the body', [[head(), data(kilobyte), reset()]]],
      ['in the body, later', [[head()], [data(kilobyte)], [reset()]]],
      ['in a large body', [[head(), ...large, reset()]]],
    ])('%s', async (_when, batches) => {
      for (const settingsOf of [() => ({}), slow]) {
        await using server = await startFrameServer(certificates, batches);
        await using attempts = new Attempts({ ca: certificates.ca, ...settingsOf() });
        const attempt = await attempts.make(`${server.origin}/file`);
        expect(attempt).toMatchObject({ kind: 'failed', error: { code: 'TRUNCATED' }, retry: {} });
      }
    });
  });

  describe('is whole where its stream has ended:', () => {
    it.each([
      ['with the body', 1_000, [[head(), data(kilobyte, endStream)]]],
      ['after the body', 1_000, [[head()], [data(kilobyte)], [data(Buffer.alloc(0), endStream)]]],
      ['with a large body', 641_000, [[head(), ...large, data(kilobyte, endStream)]]],
      ['with trailers', 1_000, [[head(), data(kilobyte), trailers]]],
      ['with trailers, later', 1_000, [[head()], [data(kilobyte)], [trailers]]],
      ['and was taken back then', 1_000, [[head(), data(kilobyte, endStream), reset()]]],
      ['and was taken back later', 1_000, [[head()], [data(kilobyte, endStream)], [reset()]]],
    ])('%s', async (_when, bytes, batches) => {
      for (const settingsOf of [() => ({}), slow]) {
        await using server = await startFrameServer(certificates, batches);
        await using attempts = new Attempts({ ca: certificates.ca, ...settingsOf() });
        expect(codeOf(await attempts.make(`${server.origin}/file`))).toBe('saved');
        const [file = ''] = attempts.files();
        expect(readFileSync(join(attempts.folder, file))).toHaveLength(bytes);
      }
    });

    it('with the head: there is no body', async () => {
      const codes: string[] = [];
      for (const batches of [
        [[head(endStream)]],
        [[head(endStream), reset()]],
        [[head(), data(Buffer.alloc(0), endStream)]],
      ]) {
        await using server = await startFrameServer(certificates, batches);
        await using attempts = new Attempts({ ca: certificates.ca });
        codes.push(codeOf(await attempts.make(`${server.origin}/file`)));
      }
      expect(codes).toEqual(Array(3).fill(codes[0]));
      expect(codes[0]).not.toBe('TRUNCATED');
    });
  });
});

describe('answers by HTTP/2, many at once over one connection', () => {
  it('are whole where their heads and bodies come in one piece, and no head tells a length', async () => {
    const body = Buffer.from(Array.from({ length: 3_000 }, (_, index) => index % 251));
    const server = createSecureServer(certificates.good);
    server.on('stream', (stream) => {
      stream.respond({ ':status': 200 });
      stream.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
    await using attempts = new Attempts({ ca: certificates.ca });
    const lengths: (number | string)[] = [];
    let next = 0;
    const askInTurn = async (): Promise<void> => {
      while (next < 1_000) {
        const attempt = await attempts.make(`${origin}/${next++}`);
        lengths.push('bytes' in attempt ? attempt.bytes : codeOf(attempt));
      }
    };
    await Promise.all(Array.from({ length: 50 }, askInTurn));
    server.close();
    expect(lengths).toEqual(Array(1_000).fill(3_000));
  });
});

/** Reading pauses after the first chunk: the end comes while others still wait to be read. */
function slow() {
  const bandwidth = Bandwidth.shared(20_000_000);
  new BigInt64Array(bandwidth)[0] = process.hrtime.bigint() + 200_000_000n;
  return { bandwidth };
}

function frame(kind: number, flags: number, stream: number, content: Buffer = Buffer.alloc(0)): Buffer {
  const start = Buffer.alloc(9);
  start.writeUIntBE(content.length, 0, 3);
  start.writeUInt8(kind, 3);
  start.writeUInt8(flags, 4);
  start.writeUInt32BE(stream, 5);
  return Buffer.concat([start, content]);
}

/** `:status: 200`, by the table of RFC 7541. */
function head(flags = 0): Buffer {
  return frame(kinds.headers, endHeaders | flags, 1, Buffer.from([0x88]));
}

function data(content: Buffer, flags = 0): Buffer {
  return frame(kinds.data, flags, 1, content);
}

/** Without an error: NO_ERROR is 0. */
function reset(): Buffer {
  return frame(kinds.reset, 0, 1, Buffer.alloc(4));
}

/** A server of frames: it answers the first request of each connection with them, batch by batch. */
async function startFrameServer({ good }: Certificates, batches: readonly (readonly Buffer[])[]) {
  const sockets = new Set<TLSSocket>();
  const server = createServer({ ...good, ALPNProtocols: ['h2'] }, (socket) => {
    sockets.add(socket.setNoDelay());
    socket.on('error', () => {});
    socket.write(frame(kinds.settings, 0, 0));
    let unread: Buffer = Buffer.alloc(0);
    let isAfterPreface = false;
    socket.on('data', async (chunk) => {
      unread = Buffer.concat([unread, chunk]);
      if (!isAfterPreface) {
        if (unread.length < prefaceBytes) return;
        isAfterPreface = true;
        unread = unread.subarray(prefaceBytes);
      }
      while (unread.length >= 9 && unread.length >= 9 + unread.readUIntBE(0, 3)) {
        const kind = unread.readUInt8(3);
        const flags = unread.readUInt8(4);
        unread = unread.subarray(9 + unread.readUIntBE(0, 3));
        if (kind === kinds.settings && flags !== ack) socket.write(frame(kinds.settings, ack, 0));
        if (kind !== kinds.headers) continue;
        for (const [place, batch] of batches.entries()) {
          if (place > 0) await delay(5);
          socket.write(Buffer.concat(batch));
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
