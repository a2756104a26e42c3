import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { startSocksServer } from '../../../test/servers/socks-server.ts';
import { startServer, text } from '../../../test/servers/test-server.ts';
import { tempFolder } from '../../../test/temp-folder.ts';

/** A file of rules with this content. */
function hosts(content: unknown): string {
  const path = join(tempFolder(), 'hosts.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

it('each host is asked by its own rule: how often, with which headers and login, and by which proxy', async () => {
  let atOnce = 0;
  let most = 0;
  await using one = await startServer((_request, response) => {
    most = Math.max(most, ++atOnce);
    setImmediate(() => {
      atOnce -= 1;
      response.end('x');
    });
  });
  await using other = await startServer(text('x'));
  await using socks = await startSocksServer();
  using runs = new FetchRuns();
  const hostsFile = hosts({
    [`127.0.0.1:${one.port}`]: { perHost: 1, headers: { 'X-Api-Key': 'k1' }, user: 'me', password: 's3cret' },
    LOCALHOST: { proxy: `socks5://127.0.0.1:${socks.port}` },
  });
  const urls = [
    ...[1, 2, 3, 4].map((n) => `${one.origin}/${n}`),
    `http://127.0.0.1:${other.port}/a`,
    `http://localhost:${other.port}/b`,
  ];
  const { summary, results, warnings } = await runs.fetch(urls, {}, { access: { hostsFile } });
  expect(summary.done).toBe(6);
  expect(most).toBe(1);
  for (const { headers } of one.requests) {
    expect(headers).toMatchObject({ 'x-api-key': 'k1', authorization: `Basic ${btoa('me:s3cret')}` });
  }
  for (const { headers } of other.requests) {
    expect(headers['x-api-key'] ?? headers.authorization).toBeUndefined();
  }
  expect(socks.asked).toEqual([`localhost:${other.port}`]);
  expect(JSON.stringify([summary, results, warnings])).not.toMatch(/s3cret|k1/);
});

it.each([
  ['no JSON', '{', 'Expected JSON'],
  ['a list', '[]', 'it is not right'],
  ['a wrong number', { a: { perHost: 0 } }, 'a → perHost is not right'],
  ['a slip in a name', { a: { perhost: 1 } }, 'a is not right'],
  ['a header that ends the message', { a: { headers: { 'Content-Length': '1' } } }, 'a → headers'],
  ['a proxy that is none', { a: { proxy: 'p:1' } }, 'Expected the proxy of a'],
])('%s is wrong usage, and told without values', async (_name, content, message) => {
  using runs = new FetchRuns();
  const fetched = runs.fetch('http://127.0.0.1:9/', {}, { access: { hostsFile: hosts(content) } });
  await expect(fetched).rejects.toThrow(message);
});
