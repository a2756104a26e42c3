import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { type NameAnswer, type NameServer, startNameServer } from '../../../test/servers/name-server.ts';
import { startServer, text } from '../../../test/servers/test-server.ts';

const answers: Readonly<Record<string, NameAnswer>> = {
  good: { address: '127.0.0.1', ttl: 60 },
  failing: 'late failure',
  silent: 'silent',
};
let names: NameServer;

beforeEach(async () => {
  names = await startNameServer((name) => answers[name.split('-')[0] ?? '']);
  process.env.SHOAL_DNS_SERVERS = names.address;
});
afterEach(async () => {
  delete process.env.SHOAL_DNS_SERVERS;
  await names[Symbol.asyncDispose]();
});

const urls = (kind: string, count: number, port: string, scheme = 'http'): string[] =>
  Array.from(
    { length: count },
    (_, index) => `${scheme}://${kind}-${index}.test:${port}/${kind}${index}.txt`,
  );

describe('names of hosts', () => {
  it('whose servers are slow to fail or dead hold up no other host, not even in a pool of one', async () => {
    await using server = await startServer(text('hello'));
    const { port } = new URL(server.origin);
    using runs = new FetchRuns();
    const dead = [...urls('failing', 3, port), ...urls('silent', 2, port)];
    const { results } = await runs.fetch(
      [...dead, ...urls('good', 5, port)],
      { retries: 0 },
      { poolSize: 1 },
    );
    expect(results.slice(0, 5).map(({ status }) => status)).toEqual(Array(5).fill('done'));
    expect(results.slice(5).map(({ error }) => error?.code)).toEqual(Array(5).fill('DNS_FAILED'));
  });

  it.each(['http', 'https'])(
    'that no server finds in time are called that, and no time-out of the host (%s)',
    async (scheme) => {
      using runs = new FetchRuns();
      const list = [...urls('failing', 8, '9', scheme), ...urls('silent', 1, '9', scheme)];
      const { results } = await runs.fetch(list, { retries: 0, timeout: 1 }, { poolSize: 16 });
      expect(new Set(results.map(({ error }) => error?.code))).toEqual(new Set(['DNS_FAILED']));
    },
  );

  it('that do not exist fail at once', async () => {
    using runs = new FetchRuns();
    const { results } = await runs.fetch(urls('missing', 3, '9'), { retries: 0 });
    expect(results.map(({ error }) => error?.code)).toEqual(Array(3).fill('DNS_NOT_FOUND'));
  });
});
