import { connect, createServer, type Socket } from 'node:net';
import { listening } from './listening.ts';

/** A SOCKS5 proxy on loopback (RFC 1928, 1929) that notes where it was asked to go. */
export interface SocksServer extends AsyncDisposable {
  readonly port: number;
  /** `host:port`, as it was told. */
  readonly asked: string[];
}

/** @param login the name and password that it wants, as `me:secret`. */
export async function startSocksServer(login?: string): Promise<SocksServer> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    void serve(socket, login, asked).catch(() => socket.destroy());
  });
  return { asked, ...(await listening(server)) };
}

async function serve(socket: Socket, login: string | undefined, asked: string[]): Promise<void> {
  const take = reader(socket);
  const [, methods = 0] = await take(2);
  await take(methods);
  socket.write(Buffer.of(5, login === undefined ? 0 : 2));
  if (login !== undefined) {
    const [, nameLength = 0] = await take(2);
    const name = (await take(nameLength)).toString();
    const [passwordLength = 0] = await take(1);
    const isRight = `${name}:${(await take(passwordLength)).toString()}` === login;
    socket.write(Buffer.of(1, isRight ? 0 : 1));
    if (!isRight) return;
  }
  const [, , , kind = 0] = await take(4);
  const host = kind === 3 ? (await take((await take(1))[0] ?? 0)).toString() : [...(await take(4))].join('.');
  const port = (await take(2)).readUInt16BE();
  asked.push(`${host}:${port}`);
  const target = connect(port, '127.0.0.1', () => {
    socket.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    target.pipe(socket).pipe(target);
  });
  target.on('error', () => socket.end(Buffer.of(5, 5, 0, 1, 0, 0, 0, 0, 0, 0)));
}

/** Reads exactly so many bytes at a time. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return async (length) => {
    for (;;) {
      const bytes: Buffer | null = length === 0 ? Buffer.alloc(0) : socket.read(length);
      if (bytes) return bytes;
      await new Promise((resolve, reject) => socket.once('readable', resolve).once('close', reject));
    }
  };
}
