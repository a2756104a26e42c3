import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FetchRuns } from '../../../test/fetch-runs.ts';
import { startServer, text } from '../../../test/servers/test-server.ts';
import { tempFolder } from '../../../test/temp-folder.ts';

/** A netrc file with this content. */
function netrc(content: string): string {
  const path = join(tempFolder(), 'netrc');
  writeFileSync(path, content);
  return path;
}

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

it('a netrc file has the logins of hosts whose URLs have none, and nothing that is told has them', async () => {
  await using elsewhere = await startServer(text('x'));
  await using server = await startServer((request, response) =>
    request.url === '/away'
      ? response.writeHead(302, { location: elsewhere.origin }).end()
      : response.end('x'),
  );
  using runs = new FetchRuns();
  const own = server.origin.replace('//', '//url:own@');
  const { summary, results, warnings } = await runs.fetch(
    [
      `${server.origin}/a`,
      `${own}/b`,
      `${server.origin}/away`,
      `${elsewhere.origin.replace('127.0.0.1', 'localhost')}/c`,
    ],
    {},
    { access: { netrcFile: netrc('machine 127.0.0.1 login me password s3cret') } },
  );
  expect(summary.done).toBe(4);
  const sent = new Map(server.requests.map(({ path, headers }) => [path, headers.authorization]));
  expect(sent).toEqual(
    new Map([
      ['/a', basic('me', 's3cret')],
      ['/b', basic('url', 'own')],
      ['/away', basic('me', 's3cret')],
    ]),
  );
  for (const { headers } of elsewhere.requests) expect(headers.authorization).toBeUndefined();
  expect(JSON.stringify([summary, results, warnings])).not.toContain('s3cret');
});

it.each(['', 'nothing of the kind', 'url,name\nhttp://x/1,a\n'])(
  'a file that is no netrc is wrong usage: %j',
  async (content) => {
    using runs = new FetchRuns();
    const fetched = runs.fetch('http://127.0.0.1:9/', {}, { access: { netrcFile: netrc(content) } });
    await expect(fetched).rejects.toThrow('Expected a netrc file');
  },
);
