import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

export interface NameServer extends AsyncDisposable {
  readonly address: string;
  readonly asked: string[];
}

export type NameAnswer =
  | { readonly address: string; readonly ttl: number }
  | 'silent'
  | 'failure'
  | 'late failure'
  /** There is an IPv4 address, and never a word about IPv6. */
  | 'half'
  | undefined;

/** When a `late failure` comes, in milliseconds: as from a server that asks others which are dead. */
const lateMs = 2_000;

/** A minimal name server (RFC 1035) for A records. An undefined answer is NXDOMAIN; `silent` sends none. */
export async function startNameServer(answer: (name: string) => NameAnswer): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  let closed = false;
  socket.on('message', (query, { port, address }) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const type = query.readUInt16BE(at + 1);
    const name = labels.join('.').toLowerCase();
    if (type === 1) asked.push(name);
    const given = answer(name);
    if (given === 'silent' || (given === 'half' && type !== 1)) return;
    const found = given === 'half' ? { address: '127.0.0.1', ttl: 60 } : given;
    const record = type === 1 && typeof found === 'object' ? found : undefined;
    const head = Buffer.from(query.subarray(0, 12));
    const code = found === 'failure' || found === 'late failure' ? 2 : found === undefined ? 3 : 0;
    head.writeUInt16BE(0x8180 | code, 2);
    head.writeUInt16BE(record ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    const parts = [head, query.subarray(12, at + 5)];
    if (record) {
      const data = Buffer.alloc(16);
      data.writeUInt16BE(0xc00c, 0);
      data.writeUInt16BE(1, 2);
      data.writeUInt16BE(1, 4);
      data.writeUInt32BE(record.ttl, 6);
      data.writeUInt16BE(4, 10);
      data.set(record.address.split('.').map(Number), 12);
      parts.push(data);
    }
    const send = () => socket.send(Buffer.concat(parts), port, address, () => {});
    if (found === 'late failure') setTimeout(() => !closed && send(), lateMs).unref();
    else send();
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () => {
      closed = true;
      return new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
}
