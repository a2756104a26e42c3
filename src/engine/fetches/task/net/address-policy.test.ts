import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { connectorOf, testSettings } from '../../../../../test/attempts.ts';
import { startServer, type TestServer, text } from '../../../../../test/servers/test-server.ts';
import type { Transport } from '../../protocol/exchange.ts';
import { Http1Transport } from '../http/http1/http1-transport.ts';
import { UndiciTransport } from '../http/undici/undici-transport.ts';
import type { Address } from './address.ts';
import { AddressPolicy } from './address-policy.ts';

/** On one machine everything is loopback: 127.0.0.2 stands for the public network here. */
const isPublic = (address: string) => address === '127.0.0.2';
const inside: Address = { address: '127.0.0.1', family: 4 };
const outside: Address = { address: '127.0.0.2', family: 4 };
const names = {
  resolve: async (host: string) => (host === 'both.test' ? [inside, outside] : [inside]),
};
const options = { isPublic, names };

/** What the look-up of a name returns: addresses, or the code of a refusal. */
function lookUp(host: string, guarded: boolean): Promise<string[] | string> {
  const { promise, resolve } = Promise.withResolvers<string[] | string>();
  new AddressPolicy(16, false, options).lookup(guarded)(host, { all: true }, (error, addresses) => {
    if (error) resolve(error.code ?? '');
    else resolve((addresses as Address[]).map(({ address }) => address));
  });
  return promise;
}

describe('each layer of the guard by itself', () => {
  it('a name is looked up to its public addresses only, and refused where it has none', async () => {
    expect(await lookUp('both.test', true)).toEqual(['127.0.0.2']);
    expect(await lookUp('both.test', false)).toEqual(['127.0.0.1', '127.0.0.2']);
    expect(await lookUp('inside.test', true)).toBe('BLOCKED_ADDRESS');
  });

  it('an address written as such is refused before it is connected to', () => {
    const policy = new AddressPolicy(16, false, options);
    expect(policy.refusalOf('127.0.0.1')?.code).toBe('BLOCKED_ADDRESS');
    expect(policy.refusalOf('::ffff:127.0.0.1')?.code).toBe('BLOCKED_ADDRESS');
    expect(policy.refusalOf('127.0.0.2')).toBeUndefined();
    expect(policy.refusalOf('inside.test')).toBeUndefined();
  });

  it('what is plainly private by its URL is refused before anything is asked', () => {
    const policy = new AddressPolicy(16, false, options);
    for (const url of ['http://127.0.0.1/', 'http://2130706433/', 'http://[::1]/', 'http://a.localhost/']) {
      expect(() => policy.assertAllowed(new URL(url))).toThrow('not on the public network');
    }
    expect(() => policy.assertAllowed(new URL('http://somewhere.test/'))).not.toThrow();
  });

  it.each([
    'http://localhost./',
    'http://LOCALHOST../',
    'http://a.localhost./',
    'http://localhost%2e/',
    'http://localhost\u3002/',
    'http://\uff4cocalhost./',
    'http://127.0.0.1./',
    'http://127.0.0.1../',
    'http://0x7f.1./',
    'http://ip6-localhost/',
    'http://localhost.localdomain./',
  ])('however it is written: %j', (url) => {
    for (const proxied of [false, true]) {
      const policy = new AddressPolicy(16, proxied, options);
      expect(() => policy.assertAllowed(new URL(url))).toThrow('not on the public network');
      expect(policy.reachedPublic(new URL(url))).toBe(false);
    }
  });

  it('behind a proxy by its name alone, where names of that kind are nowhere public', () => {
    const proxied = new AddressPolicy(16, true, options);
    const direct = new AddressPolicy(16, false, options);
    for (const host of [
      'metadata',
      'metadata.google.internal',
      'printer.local.',
      'router.home.arpa',
      'wiki.corp',
    ]) {
      expect(() => proxied.assertAllowed(new URL(`http://${host}/`))).toThrow('not on the public network');
      // Without a proxy, the address that it resolves to decides.
      expect(() => direct.assertAllowed(new URL(`http://${host}/`))).not.toThrow();
    }
    for (const host of ['somewhere.test', 'internal.example.com', 'local.example.com.'])
      expect(() => proxied.assertAllowed(new URL(`http://${host}/`))).not.toThrow();
  });

  it('a socket is judged by the address that it is really connected to', async () => {
    await using server = await startServer(text('x'));
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    const policy = new AddressPolicy(16, false, options);
    expect(policy.admit(socket, 'http://somewhere.test', true)?.code).toBe('BLOCKED_ADDRESS');
    expect(policy.admit(socket, 'http://somewhere.test', false)).toBeUndefined();
    socket.destroy();
  });
});

/** A policy with only one layer of protection left. */
class OnlyLookup extends AddressPolicy {
  override admit(): undefined {}
  override refusalOf(): undefined {}
}
class OnlyAdmission extends AddressPolicy {
  override lookup(): ReturnType<AddressPolicy['lookup']> {
    return super.lookup(false);
  }
  override refusalOf(): undefined {}
}
class OnlyLiterals extends AddressPolicy {
  override lookup(): ReturnType<AddressPolicy['lookup']> {
    return super.lookup(false);
  }
  override admit(): undefined {}
}

const transports: Readonly<Record<string, (policy: AddressPolicy) => Transport>> = {
  'our own transport': (policy) => new Http1Transport(connectorOf(policy, true)),
  undici: (policy) =>
    new UndiciTransport(testSettings('/nowhere'), policy, { guarded: true, proxies: undefined }),
};

describe.each(Object.entries(transports))('with %s', (_name, make) => {
  async function codeOf(policy: AddressPolicy, server: TestServer, host: string): Promise<string> {
    const transport = make(policy);
    const { signal } = new AbortController();
    const url = new URL(`http://${host}:${server.port}/secret`);
    try {
      await transport.exchange(
        { url, headers: [], timeoutMs: 10_000, last: false, signal },
        { head: () => {}, data: () => 0 },
      );
      return 'reached';
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await transport.destroy();
    }
  }

  it.each([
    ['the look-up', OnlyLookup, 'inside.test'],
    ['the open socket, by a name', OnlyAdmission, 'inside.test'],
    ['the open socket, by an address', OnlyAdmission, '127.0.0.1'],
    ['the open socket, by another spelling of nowhere', OnlyAdmission, '0.0.0.0'],
    ['the address as it is written', OnlyLiterals, '127.0.0.1'],
  ])('%s alone keeps a guarded request out', async (_layer, Layer, host) => {
    await using server = await startServer(text('secret'));
    expect(await codeOf(new Layer(16, false, options), server, host)).toBe('BLOCKED_ADDRESS');
    expect(server.requests).toEqual([]);
  });
});
