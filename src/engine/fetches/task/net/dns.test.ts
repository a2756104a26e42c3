import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startNameServer } from '../../../../../test/servers/name-server.ts';
import type { Address } from './address.ts';
import { NameCache } from './dns.ts';

const noSystem = async (host: string): Promise<Address[]> => {
  throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
};
const base = { systemLookup: noSystem, hostsFile: '/nonexistent', switchFile: '/nonexistent' };

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

  it('that no server knows are left to the system where it has other sources, and else do not exist', async () => {
    await using server = await startNameServer(() => undefined);
    const systemLookup = async (host: string): Promise<Address[]> =>
      /^printer/.test(host) ? [{ address: '192.0.2.9', family: 4 }] : noSystem(host);
    const folder = mkdtempSync(join(tmpdir(), 'shoal-switch-'));
    const cacheOf = (sources: string): NameCache => {
      const switchFile = join(folder, 'nsswitch.conf');
      writeFileSync(switchFile, `passwd: ldap\nhosts: ${sources} # as here\n`);
      return new NameCache({ ...base, servers: [server.address], systemLookup, switchFile });
    };
    const found = [{ address: '192.0.2.9', family: 4 }];
    try {
      const wide = cacheOf('files ldap [NOTFOUND=return] dns');
      expect(await wide.resolve('printer.test')).toEqual(found);
      await expect(wide.resolve('nobody.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
      const narrow = cacheOf(
        'files mdns4_minimal [NOTFOUND=return] resolve [!UNAVAIL=return] dns myhostname',
      );
      await expect(narrow.resolve('printer.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
      expect(await narrow.resolve('printer')).toEqual(found);
      expect(await narrow.resolve('printer.local')).toEqual(found);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('of dead servers wait for no system and not for each other, and are not asked for anew at once', async () => {
    await using server = await startNameServer(() => 'late failure');
    const systemLookup = () => Promise.reject(new Error('asked the system'));
    let now = 0;
    const cache = new NameCache({ ...base, servers: [server.address], systemLookup, now: () => now });
    const names = Array.from({ length: 100 }, (_, index) => `dead${index}.test`);
    const failures = await Promise.all(names.map((name) => cache.resolve(name).catch(({ code }) => code)));
    expect(new Set(failures)).toEqual(new Set(['ESERVFAIL']));
    expect(server.asked).toHaveLength(100);
    await expect(cache.resolve('dead1.test')).rejects.toMatchObject({ code: 'ESERVFAIL' });
    expect(server.asked).toHaveLength(100);
    now = 2_001;
    await expect(cache.resolve('dead1.test')).rejects.toMatchObject({ code: 'ESERVFAIL' });
    expect(server.asked).toHaveLength(101);
  });

  it('with an address of one family do not wait for a server that is silent about the other', async () => {
    await using server = await startNameServer(() => 'half');
    const cache = new NameCache({ ...base, servers: [server.address] });
    expect(await cache.resolve('half.test')).toEqual([{ address: '127.0.0.1', family: 4 }]);
    expect(server.asked).toHaveLength(1);
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
