import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

/** The names and contents of everything below a folder. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map(
      (each) => each.name + (each.isFile() ? readFileSync(join(each.parentPath, each.name), 'latin1') : ''),
    )
    .join('\n');
}

/** A server that answers requests with the key in every way that puts a URL into a result, and others with 403. */
async function keyedServer() {
  const image = await sampleJpeg(1, 100, 80);
  const asked: (string | undefined)[] = [];
  const server = await startServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    asked.push(request.url);
    if (searchParams.get('key') !== 'SECRET') return void response.writeHead(403).end();
    switch (pathname) {
      case '/gone':
        return void response.writeHead(404).end();
      case '/moved':
        return void response.writeHead(302, { location: '/photo.jpg?key=SECRET&from=SECRET' }).end();
      case '/circle':
        return void response.writeHead(302, { location: '/circle?key=SECRET&again' }).end();
      case '/nowhere':
        return void response.writeHead(302, { location: 'http://[x/?key=SECRET' }).end();
      case '/cut':
        response.writeHead(200, { 'content-length': 100 }).write('cut');
        return void setImmediate(() => response.destroy());
      case '/text.jpg':
        return void response.writeHead(200, { 'content-type': 'image/jpeg' }).end('no image');
      default:
        if (request.headers['if-none-match'] === '"one"') return void response.writeHead(304).end();
        return void response.writeHead(200, { etag: '"one"', 'content-type': 'image/jpeg' }).end(image);
    }
  });
  return Object.assign(server, { asked });
}

const paths = ['photo.jpg', 'gone', 'moved', 'circle', 'nowhere', 'cut', 'text.jpg', 'b'];

test.each([
  [[]],
  [['--json']],
  [['--thumbs', '64']],
  [['--thumbs', '64', '--no-originals']],
  [['--dry-run']],
])('with --redact no value of a query is told or remembered, with %j', async (flags) => {
  await using server = await keyedServer();
  const folder = tempFolder();
  const urls = paths.map((path) => `${server.origin}/${path}?key=SECRET#SECRET`);
  const lines = [
    ...urls.map((url) => ({ url, thumbnail: `${server.origin}/t?key=SECRET`, note: 'as it is' })),
    { url: 'ftp://x.test/a?key=SECRET' },
    { url: 'x.test/a b?key=SECRET "SECRET" SECRET' },
    { url: `${server.origin}/[1-1000000000]?key=SECRET` },
  ];
  writeFileSync(join(folder, 'list.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  const shell = new Shell();
  const args = ['fetch', 'list.jsonl', '--redact', '--retries', '0', ...flags];
  const { stdout, stderr } = await shell.run(args, { cwd: folder });
  expect(stdout + stderr).not.toContain('SECRET');
  expect(stdout + stderr).toContain('/gone?key=***');
  expect(everythingIn(shell.stateFolder)).not.toContain('SECRET');
  if (!flags.includes('--dry-run')) expect(server.asked).toContain('/gone?key=SECRET');
});

test('a result with --redact still tells which item it is and what its list said', async () => {
  await using server = await keyedServer();
  const folder = tempFolder();
  const list = `url,id\n${server.origin}/moved?key=SECRET,7\n`;
  writeFileSync(join(folder, 'list.csv'), list);
  const { results } = await new Shell().json(['fetch', 'list.csv', '--redact'], { cwd: folder });
  expect(results).toMatchObject([
    {
      status: 'done',
      input: `${server.origin}/moved?key=***`,
      finalUrl: `${server.origin}/photo.jpg?key=***&from=***`,
      columns: { id: '7' },
    },
  ]);
});

test('what has not changed is skipped, whether a run redacts or the one before it did', async () => {
  await using server = await keyedServer();
  const folder = tempFolder();
  const shell = new Shell();
  const urls = [`${server.origin}/photo.jpg?key=SECRET`, `${server.origin}/photo.jpg?key=SECRET&size=2`];
  // The journal of a run that hides nothing has what the run told.
  const runs = [['--redact'], ['--redact'], ['--no-journal'], ['--redact', '--no-recheck']];
  for (const [at, flags] of runs.entries()) {
    const { summary } = await shell.json(['fetch', ...urls, ...flags], { cwd: folder });
    expect(summary, String(at)).toMatchObject(at === 0 ? { done: 2 } : { skipped: 2 });
  }
  expect(readdirSync(join(folder, 'downloads'))).toHaveLength(2);
  expect(everythingIn(shell.stateFolder)).not.toContain('SECRET');
});

test('only thumbnails kept: what has not changed is skipped too', async () => {
  await using server = await keyedServer();
  const folder = tempFolder();
  const shell = new Shell();
  const args = [
    'fetch',
    `${server.origin}/photo.jpg?key=SECRET`,
    '--thumbs',
    '64',
    '--no-originals',
    '--redact',
  ];
  expect((await shell.json(args, { cwd: folder })).summary).toMatchObject({ done: 1 });
  expect((await shell.json(args, { cwd: folder })).summary).toMatchObject({ skipped: 1 });
  expect(everythingIn(shell.stateFolder)).not.toContain('SECRET');
});

test('a redacted report cannot be tried again, and says so; the list itself can', async () => {
  await using server = await keyedServer();
  const folder = tempFolder();
  const url = `${server.origin}/gone?key=SECRET`;
  const { stdout } = await new Shell().run(['fetch', url, '--redact', '--json'], { cwd: folder });
  writeFileSync(join(folder, 'report.ndjson'), stdout);
  server.asked.length = 0;
  const { code, results } = await new Shell().json(['fetch', '--retry-failed', 'report.ndjson'], {
    cwd: folder,
  });
  expect(code).toBe(1);
  const message = expect.stringMatching(
    /^report\.ndjson line 1: the values of its query were left out of the report .*\.$/,
  );
  expect(results).toMatchObject([
    { status: 'failed', input: `${server.origin}/gone?key=***`, error: { code: 'BAD_LIST_LINE', message } },
  ]);
  expect(server.asked).toEqual([]);
});

test.each([
  ['a URL without its scheme', ['x.test/a?key=SECRET']],
  ['a list that is not there', ['https:/x.test/a?key=SECRET']],
])('wrong usage tells none either: %s', async (_what, inputs) => {
  const { code, stderr } = await new Shell().run(['fetch', ...inputs, '--redact'], { cwd: tempFolder() });
  expect(code).toBe(2);
  expect(stderr).toMatch(/key=\*\*\*/);
  expect(stderr).not.toContain('SECRET');
});

test('a password is hidden in whatever names it, also without --redact', async () => {
  const folder = tempFolder();
  const line = { url: 'https://x.test:99999/', from: 'https://me:SECRET@x.test/' };
  writeFileSync(join(folder, 'list.jsonl'), JSON.stringify(line));
  for (const args of [
    ['list.jsonl', '--json'],
    ['https:/me:SECRET@x.test/'],
    ['list.jsonl', 'me:SECRET@x'],
  ]) {
    const { stdout, stderr } = await new Shell().run(['fetch', ...args], { cwd: folder });
    expect(stdout + stderr).toContain('x');
    expect(stdout + stderr).not.toContain('SECRET');
  }
});

test('a password that is longer than what a title quotes is not in the title of a run', async () => {
  const shell = new Shell();
  const password = 'hush'.repeat(60);
  await shell.run(['fetch', `http://me:${password}@127.0.0.1:1/x`, '--retries', '0'], { cwd: tempFolder() });
  expect(JSON.stringify(await shell.runs())).not.toContain('hush');
  expect(await shell.runs()).toMatchObject([{ title: expect.stringContaining('127.0.0.1:1/x') }]);
});
