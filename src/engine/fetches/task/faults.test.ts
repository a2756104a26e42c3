import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { Attempts } from '../../../../test/attempts.ts';
import { onLinux } from '../../../../test/needs.ts';
import { makeCertificates } from '../../../../test/servers/certificates.ts';
import { startServer, text } from '../../../../test/servers/test-server.ts';
import type { Attempt } from '../protocol/protocol.ts';

const codeOf = (attempt: Attempt) => (attempt.kind === 'failed' ? attempt.error.code : attempt.kind);

/** Listens but never accepts: once its queue is full, further connections get no answer at all. */
const deafListener = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    // In the same turn, so that nothing is accepted before.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

// Only on Linux: other systems differ in how long a full queue is.
onLinux.describe('a host that does not answer at all', () => {
  it('is CONNECT_TIMEOUT, and may be tried again', async () => {
    const worker = new Worker(deafListener, { eval: true });
    const port = await new Promise<number>((resolve) => worker.once('message', resolve));
    const fill = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    // A queue of length one holds two connections; the others wait outside, and so will the next one.
    await Promise.all(fill.slice(0, 2).map((socket) => once(socket, 'connect')));
    try {
      await using attempts = new Attempts({ timeoutMs: 1_000 });
      const attempt = await attempts.make(`http://127.0.0.1:${port}/a`);
      expect(attempt).toMatchObject({ error: { code: 'CONNECT_TIMEOUT' }, retry: { crowded: false } });
      expect(attempts.files()).toEqual([]);
    } finally {
      for (const socket of fill) socket.destroy();
      await worker.terminate();
    }
  });
});

describe('redirects from one scheme to another', () => {
  it.each(['http to https', 'https to http'])('%s are followed', async (way) => {
    const certificates = makeCertificates();
    const secure = createHttpsServer(certificates.good, (request, response) => {
      if (request.url === '/start') response.writeHead(301, { location: `${plain.origin}/end` }).end();
      else response.end('secure');
    });
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const secureOrigin = `https://localhost:${(secure.address() as AddressInfo).port}`;
    await using plain = await startServer((request, response) => {
      if (request.url === '/start') response.writeHead(301, { location: `${secureOrigin}/end` }).end();
      else text('plain')(request, response);
    });
    try {
      await using attempts = new Attempts({ ca: certificates.ca, headers: { 'x-secret': 'yes' } });
      const from = way.startsWith('https') ? secureOrigin : plain.origin;
      const to = way.startsWith('https') ? plain.origin : secureOrigin;
      const attempt = await attempts.make(`${from}/start`);
      expect(codeOf(attempt)).toBe('saved');
      expect(attempt).toMatchObject({ finalUrl: `${to}/end` });
      // Another scheme is another origin: nothing secret is sent there.
      if (to === plain.origin) expect(plain.requests[0]?.headers).not.toHaveProperty('x-secret');
    } finally {
      secure.close();
      secure.closeAllConnections();
    }
  });
});
