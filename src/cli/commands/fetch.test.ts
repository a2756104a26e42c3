import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, startServer, type TestServer, text } from '../../../test/servers/test-server.ts';

const base = mkdtempSync(join(tmpdir(), 'shoal-cli-fetch-'));
const entry = `import(${JSON.stringify(new URL('../main.ts', import.meta.url).href)}).then(({ main }) => main())`;
let server: TestServer;
let broken = true;

beforeAll(async () => {
  server = await startServer(
    routes({
      '/good.txt': text('good'),
      '/broken.txt': (_request, response) =>
        broken ? response.writeHead(404).end() : response.end('mended'),
      '/locked.txt': (request, response) => {
        const right = request.headers.authorization === `Basic ${btoa('me:pass')}`;
        response.writeHead(right ? 200 : 401).end('x');
      },
    }),
  );
});
afterAll(async () => {
  await server.close();
  rmSync(base, { recursive: true, force: true });
});

async function shoal(args: string[], env: Record<string, string> = {}, stdin = '') {
  const child = spawn(process.execPath, ['-e', entry, 'shoal', ...args], {
    cwd: base,
    env: { ...process.env, SHOAL_STATE_DIR: join(base, 'state'), ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const events = stdout.split('\n').filter((line) => line.startsWith('{'));
  return { code, stdout, stderr, events: events.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('shoal fetch', () => {
  it('tells each result and a summary, and what failed can be tried again from its report', async () => {
    const list = join(base, 'urls.csv');
    writeFileSync(
      list,
      `url,name,id\n${server.origin}/good.txt,one.txt,7\n${server.origin}/broken.txt,two.txt,8\n`,
    );
    const first = await shoal(['fetch', list, '--out', 'out', '--json']);
    expect(first.code).toBe(1);
    // Results come as they end: which of the two is first is the server's doing.
    const results = [
      { type: 'result', status: 'done', columns: { id: '7' }, listed: { name: 'one.txt' } },
      { type: 'result', status: 'failed', error: expect.objectContaining({ code: 'HTTP_404' }) },
    ].map((result) => expect.objectContaining(result));
    expect(first.events).toHaveLength(3);
    expect(first.events.slice(0, 2)).toEqual(expect.arrayContaining(results));
    expect(first.events[2]).toMatchObject({
      type: 'summary',
      total: 2,
      done: 1,
      failed: 1,
      causes: { HTTP_404: 1 },
    });
    const report = join(base, 'report.ndjson');
    writeFileSync(report, first.stdout);
    broken = false;
    const second = await shoal(['fetch', '--retry-failed', report, '--out', 'out', '--json']);
    expect(second).toMatchObject({
      code: 0,
      events: [
        { status: 'done', columns: { id: '8' } },
        { total: 1, done: 1 },
      ],
    });
    expect(readdirSync(join(base, 'out')).sort()).toEqual(['one.txt', 'two.txt']);
  });

  it('advises on each cause of failure', async () => {
    const { code, stdout } = await shoal([
      'fetch',
      `${server.origin}/missing`,
      'ftp://x/y',
      '--out',
      'advice',
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/1 × HTTP_404: The file is not there/);
    expect(stdout).toMatch(/1 × UNSUPPORTED_SCHEME: Only http and https/);
  });

  it('says that --private deny refuses a private address, which the list does name', async () => {
    const { code, stdout, stderr } = await shoal([
      'fetch',
      `${server.origin}/good.txt`,
      '--private',
      'deny',
      '--out',
      'denied',
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/: private addresses are denied for this run\. \[BLOCKED_ADDRESS\]/);
    expect(stdout).toMatch(/1 × BLOCKED_ADDRESS: .* with --private deny nothing\./);
    expect(stdout + stderr).not.toMatch(/where the list/);
  });

  it('reads a list from standard input, and a password from the environment that it never tells', async () => {
    const { code, stdout, stderr } = await shoal(
      ['fetch', '-', '--user', 'me', '--out', 'locked', '--json'],
      { SHOAL_PASSWORD: 'pass' },
      `${server.origin}/locked.txt\n`,
    );
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain('pass');
  });

  it('tells times to the microsecond, also of what is unchanged', async () => {
    await using asked = await startServer((request, response) => {
      if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"one"' }).end('x');
    });
    const args = ['fetch', `${asked.origin}/[1-5].txt`, '--out', 'times', '--json'];
    await shoal(args);
    const { events } = await shoal(args);
    const times = events.slice(0, 5).map(({ reason, ms }) => [reason, ms]);
    expect(times).toEqual(times.map(([, ms]) => ['unchanged', Number(Number(ms).toFixed(3))]));
  });

  it('says in a sentence that --out is a file', async () => {
    writeFileSync(join(base, 'in-the-way'), '');
    const { code, stderr } = await shoal(['fetch', `${server.origin}/good.txt`, '--out', 'in-the-way']);
    expect([code, stderr]).toEqual([
      2,
      `shoal: Cannot write ${join(base, 'in-the-way')}: a file of that name is there\n`,
    ]);
  });

  it.each([
    ['nonsense', /^shoal: Expected HTTP_PROXY in the environment to be a URL .*, got "nonsense"\.\n$/],
    ['proxy.test:3128', /got "proxy\.test:3128"/],
    ['ftp://127.0.0.1:9', /got "ftp:\/\/127\.0\.0\.1:9"/],
    ['ftp://me:secret@127.0.0.1:9', /such as http:\/\/proxy:3128 or socks5:\/\/proxy:1080\.\n$/],
  ])('ends with 2 before it starts: HTTP_PROXY=%s', async (proxy, expected) => {
    const { code, stdout, stderr } = await shoal(['fetch', `${server.origin}/good.txt`], {
      HTTP_PROXY: proxy,
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
  });

  it.each([
    ['nothing to fetch', []],
    ['a list that is not there', ['no-such-list.txt']],
    ['a header without a colon', ['http://x/', '--header', 'nonsense']],
    ['a header that says where the message ends', ['http://x/', '--header', 'Content-Length: 50']],
    ['originals given up without thumbnails', ['http://x/', '--no-originals']],
    ['a size that is none', ['http://x/', '--max-size', 'huge']],
    ['a cookie file that is none', ['http://127.0.0.1:9/', '--cookies', import.meta.filename]],
    ['certificates that are none', ['http://127.0.0.1:9/', '--ca', import.meta.filename]],
    ['a cookie file that is not there', ['http://127.0.0.1:9/', '--cookies', 'no-such-file']],
  ])('ends with 2 before it starts: %s', async (_what, args) => {
    const { code, stderr } = await shoal(['fetch', ...args]);
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });
});
