import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Address, NameCache } from './dns.ts';

interface NameServer extends AsyncDisposable {
  readonly address: string;
  readonly asked: string[];
}

/** A minimal name server (RFC 1035) for A records. An undefined answer is NXDOMAIN; `silent` sends none. */
async function startNameServer(
  answer: (name: string) => { address: string; ttl: number } | undefined | 'silent' | 'failure',
): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
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
    const found = answer(name);
    if (found === 'silent') return;
    const record = type === 1 && typeof found === 'object' ? found : undefined;
    const head = Buffer.from(query.subarray(0, 12));
    const code = found === 'failure' ? 2 : found === undefined ? 3 : 0;
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
    socket.send(Buffer.concat(parts), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

const noSystem = async (host: string): Promise<Address[]> => {
  throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
};
const base = { systemLookup: noSystem, hostsFile: '/nonexistent' };

describe('host names', () => {
  it('are asked for once, however many wait, and remembered for as long as their TTL says', async () => {
    await using server = await startNameServer(() => ({ address: '192.0.2.1', ttl: 10 }));
    let now = 0;
    const cache = new NameCache({ ...base, servers: [server.address], now: () => now });
    const answers = await Promise.all([1, 2, 3].map(() => cache.resolve('a.test')));
    expect(answers[0]).toEqual([{ address: '192.0.2.1', family: 4 }]);
    now = 9_999;
    await cache.resolve('A.test.');
    expect(server.asked).toEqual(['a.test']);
    now = 10_001;
    await cache.resolve('a.test');
    expect(server.asked).toHaveLength(2);
  });

  it('that no server knows are left to the system, and else do not exist', async () => {
    await using server = await startNameServer(() => undefined);
    const systemLookup = async (host: string): Promise<Address[]> =>
      host === 'printer.test' ? [{ address: '192.0.2.9', family: 4 }] : noSystem(host);
    const cache = new NameCache({ ...base, servers: [server.address], systemLookup });
    expect(await cache.resolve('printer.test')).toEqual([{ address: '192.0.2.9', family: 4 }]);
    await expect(cache.resolve('nobody.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('that were not found are asked for again after a short while', async () => {
    await using server = await startNameServer(() => undefined);
    let now = 0;
    const cache = new NameCache({ ...base, servers: [server.address], now: () => now });
    await cache.resolve('a.test').catch(() => {});
    await cache.resolve('a.test').catch(() => {});
    expect(server.asked).toHaveLength(1);
    now = 6_000;
    await cache.resolve('a.test').catch(() => {});
    expect(server.asked).toHaveLength(2);
  });

  it('are in doubt, not missing, where a server fails', async () => {
    await using server = await startNameServer(() => 'failure');
    const cache = new NameCache({ ...base, servers: [server.address] });
    await expect(cache.resolve('a.test')).rejects.toMatchObject({ code: 'ESERVFAIL' });
  });

  it('are asked for again when the first question got lost', async () => {
    let questions = 0;
    await using server = await startNameServer(() => {
      questions += 1;
      return questions <= 2 ? 'silent' : { address: '192.0.2.1', ttl: 10 };
    });
    const cache = new NameCache({ ...base, servers: [server.address] });
    expect(await cache.resolve('a.test')).toEqual([{ address: '192.0.2.1', family: 4 }]);
  });

  it('of this machine are loopback, and the hosts file comes before any server', async () => {
    await using server = await startNameServer(() => ({ address: '192.0.2.1', ttl: 10 }));
    const folder = mkdtempSync(join(tmpdir(), 'shoal-hosts-'));
    try {
      const hostsFile = join(folder, 'hosts');
      writeFileSync(hostsFile, '# comment\n192.0.2.7  Own.test other.test # more\n');
      const cache = new NameCache({ ...base, servers: [server.address], hostsFile });
      expect(await cache.resolve('own.test')).toEqual([{ address: '192.0.2.7', family: 4 }]);
      expect((await cache.resolve('h1.localhost'))[0]).toEqual({ address: '127.0.0.1', family: 4 });
      expect(server.asked).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('may be ten thousand, and none of them takes a thread of the system', async () => {
    await using server = await startNameServer(() => ({ address: '127.0.0.1', ttl: 60 }));
    const systemLookup = () => Promise.reject(new Error('asked the system'));
    const cache = new NameCache({ ...base, servers: [server.address], systemLookup });
    for (let from = 0; from < 10_000; from += 100) {
      const some = Array.from({ length: 100 }, (_, index) => cache.resolve(`h${from + index}.test`));
      for (const addresses of await Promise.all(some)) expect(addresses[0]?.address).toBe('127.0.0.1');
    }
  });
});
