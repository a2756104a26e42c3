import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createSecureServer } from 'node:tls';
import type { Certificate } from './certificates.ts';

export interface RawServer extends AsyncDisposable {
  readonly origin: string;
  /** What each connection was asked, request by request. */
  readonly connections: string[][];
  /** Connections that are open just now. */
  readonly open: number;
}

/** What is sent for a request, piece by piece; then the connection is closed where `close` says so. */
export interface RawAnswer {
  readonly pieces: readonly (string | Buffer)[];
  readonly close?: boolean;
  /** Sent after the pieces for as long as the connection is open, in milliseconds between two. */
  readonly drip?: { readonly piece: string; readonly everyMs: number };
}

/** A server of bytes: for answers that no HTTP server would give. @param certificate by TLS, as localhost. */
export async function startRawServer(
  answer: (request: string, count: number, socket: Socket) => RawAnswer | undefined,
  certificate?: Certificate,
): Promise<RawServer> {
  const connections: string[][] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const onConnection = (socket: Socket): void => {
    const asked: string[] = [];
    connections.push(asked);
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let text = '';
    socket.setEncoding('latin1').on('data', async (chunk: string) => {
      text += chunk;
      for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
        const request = text.slice(0, end);
        text = text.slice(end + 4);
        asked.push(request);
        count += 1;
        const given = answer(request, count, socket);
        if (given) await send(socket, given);
      }
    });
  };
  const server: Server = certificate
    ? createSecureServer({ ...certificate, ALPNProtocols: ['http/1.1'] }, (socket) =>
        onConnection(socket.setNoDelay()),
      )
    : createServer({ noDelay: true }, onConnection);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: certificate ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    connections,
    get open() {
      return sockets.size;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function send(socket: Socket, { pieces, close = false, drip }: RawAnswer): Promise<void> {
  for (const [place, piece] of pieces.entries()) {
    // Pieces that are to arrive apart must leave apart.
    if (place > 0) await delay(2);
    socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
  }
  if (close) socket.end();
  if (!drip) return;
  const dripping = setInterval(() => socket.write(drip.piece), drip.everyMs);
  socket.on('close', () => clearInterval(dripping));
}
