import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, sampleFolder } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('runs are listed and shown; a dry run and one that was told to keep no journal are not', async () => {
  const folder = await sampleFolder(4);
  writeFileSync(join(folder, 'broken.jpg'), 'no image');
  const shell = new Shell();
  expect((await shell.run(['runs'])).stdout).toBe('No run has kept a journal yet.\n');
  await shell.run(['thumbs', folder, '--quality', '71', '--force']);
  await shell.run(['thumbs', folder, '--dry-run']);
  await shell.run(['thumbs', folder, '--no-journal']);
  const [run, ...others] = await shell.runs();
  expect(others).toEqual([]);
  expect(run).toMatchObject({
    type: 'run',
    front: 'terminal',
    title: `thumbs ${folder}`,
    state: 'ended',
    done: 4,
    failed: 1,
  });
  const table = await shell.run(['runs']);
  expect(table.stdout).toMatch(/^id +what +done +failed +seconds +state\n/);
  expect(table.stdout).toContain(String(run?.id));
  const shown = await shell.run(['runs', 'show', 'last']);
  expect([shown.code, shown.stderr]).toEqual([0, '']);
  expect(shown.stdout).toContain('settings: --quality 71\n');
  expect(shown.stdout).toMatch(/5 items in [\d.]+ s .*: 4 done, 1 failed\./);
  expect(shown.stdout).toContain('1 × NOT_AN_IMAGE');
  expect(JSON.parse((await shell.run(['runs', 'show', 'last', '--json'])).stdout)).toMatchObject({
    type: 'run',
  });
  const page = join(tempFolder(), 'run.html');
  expect((await shell.run(['runs', 'show', 'last', '--html', page])).code).toBe(0);
  expect(readFileSync(page, 'utf8')).toMatch(/<!doctype html>.*<b>4<\/b>done.*NOT_AN_IMAGE.*Slowest items/s);
  const nowhere = await shell.run(['runs', 'show', 'last', '--html', join(page, 'no', 'p.html')]);
  expect([nowhere.code, nowhere.stdout]).toEqual([2, '']);
  expect(nowhere.stderr).toMatch(/^shoal: --html: Cannot write \S+p\.html: /);
  const unknown = await shell.run(['runs', 'show', '1999']);
  expect([unknown.code, unknown.stderr]).toEqual([
    2,
    'shoal: Expected the id of a run, got "1999": no journal has it.\n',
  ]);
});

test('a retry does what failed, under the names that it would have had, and from any folder', async () => {
  await using server = await startServer((request, response) => {
    if (broken && request.url?.startsWith('/b/')) response.writeHead(404).end();
    else if (broken && request.url === '/gone') response.writeHead(410).end();
    else response.end(request.url);
  });
  let broken = true;
  const folder = tempFolder();
  const paths = ['/a/same.txt', '/b/same.txt', '/gone', '/fine'];
  writeFileSync(join(folder, 'urls.txt'), paths.map((path) => `${server.origin}${path}\n`).join(''));
  const shell = new Shell();
  await shell.run(['fetch', 'urls.txt', '--retries', '0', '--out', 'out'], { cwd: folder });
  broken = false;
  const only = await shell.json(['runs', 'retry', 'last', '--only', 'HTTP_410'], { cwd: tempFolder() });
  expect(only.stderr).toBe('');
  expect(only.results).toMatchObject([{ input: `${server.origin}/gone`, status: 'done' }]);
  const [retried, first] = await shell.runs();
  expect(retried).toMatchObject({ title: 'fetch urls.txt', folder: first?.folder, done: 1 });
  const all = await shell.json(['runs', 'retry', String(first?.id)]);
  expect(all.summary).toMatchObject({ total: 2, failed: 0 });
  const whole = tempFolder();
  await new Shell().run(['fetch', join(folder, 'urls.txt'), '--out', whole]);
  expect(filesBelow(join(folder, 'out'))).toEqual(filesBelow(whole));
  const none = await shell.run(['runs', 'retry', 'last']);
  expect(none.stdout).toMatch(/^Nothing of \S+ is left to do\.\n$/);
  const slip = await shell.run(['runs', 'retry', 'last', '--only', 'HTTP_410,oops']);
  expect([slip.code, slip.stderr]).toEqual([
    2,
    'shoal: Expected codes of failures, such as HTTP_404, got oops.\n',
  ]);
});

test('a retry of a page that failed fetches its images, but not those of other pages again', async () => {
  await using server = await startServer((request, response) => {
    const { url = '' } = request;
    if (url === '/robots.txt' || (broken && url === '/sitemap.xml')) response.writeHead(404).end();
    else if (url === '/sitemap.xml') {
      const page = `${server.origin}/deep`;
      response.setHeader('content-type', 'text/xml');
      response.end(`<urlset><url><loc>${page}</loc></url></urlset>`);
    } else if (url.endsWith('.jpg')) response.setHeader('content-type', 'image/jpeg').end(url);
    else response.setHeader('content-type', 'text/html').end(`<img src="${url}.jpg"><img src="both.jpg">`);
  });
  let broken = true;
  const cwd = tempFolder();
  const shell = new Shell();
  const pages = [`${server.origin}/fine`, `${server.origin}/sitemap.xml`];
  await shell.run(['fetch', ...pages, '--images-of', '--retries', '0', '--out', 'out'], { cwd });
  broken = false;
  const { code, results } = await shell.json(['runs', 'retry', 'last']);
  expect(code).toBe(0);
  expect(results).toMatchObject([{ input: `${server.origin}/deep.jpg`, status: 'done' }]);
  expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['both.jpg', 'deep.jpg', 'fine.jpg']);
});

test('a retry asks for what the journal does not keep, and what came by standard input comes from the journal', async () => {
  await using server = await startServer((request, response) => {
    if (request.headers['x-key'] === 'SECRET') response.end('x');
    else response.writeHead(403).end();
  });
  const shell = new Shell();
  const cwd = tempFolder();
  const header = ['--header', 'X-Key: wrong'];
  const input = `${server.origin}/a?b=c\n${server.origin}/d\n`;
  await shell.run(['fetch', '-', ...header], { cwd, input });
  const without = await shell.run(['runs', 'retry', 'last']);
  expect(without.code).toBe(2);
  expect(without.stderr).toContain(
    'This run was given what its journal does not keep: headers. Give it again.\n',
  );
  expect(without.stderr).toContain('(--header <line>: ');
  const again = await shell.json(['runs', 'retry', 'last', '--header', 'X-Key: SECRET']);
  expect(again.stderr).toContain('so its items are taken from its journal.');
  expect(again.results.map(({ input, status }) => [input, status])).toEqual([
    [`${server.origin}/a?b=c`, 'done'],
    [`${server.origin}/d`, 'done'],
  ]);
});

test('what a retry is given and the state folder are found from where the person is', async () => {
  await using server = await startServer((request, response) => {
    if (request.headers.authorization) response.end('x');
    else response.writeHead(401).end();
  });
  const root = tempFolder();
  for (const name of ['first', 'second']) mkdirSync(join(root, name));
  writeFileSync(join(root, 'nrc'), `machine ${new URL(server.origin).hostname} login me password p\n`);
  const shell = new Shell('../state');
  await shell.run(['fetch', `${server.origin}/a`], { cwd: join(root, 'first') });
  const cwd = join(root, 'second', 'below');
  mkdirSync(cwd);
  const again = await new Shell('../../state').json(['runs', 'retry', 'last', '--netrc', '../../nrc'], {
    cwd,
  });
  expect([again.code, again.stderr]).toEqual([0, '']);
  expect(again.summary).toMatchObject({ total: 1, done: 1 });
  expect(readdirSync(join(root, 'state', 'runs'))).toHaveLength(2);
  expect(readdirSync(root).sort()).toEqual(['first', 'nrc', 'second', 'state']);
});

test('diff tells the items that ended differently', async () => {
  const folder = await sampleFolder(3);
  const [one = '', two = ''] = readdirSync(folder);
  const shell = new Shell();
  await shell.run(['thumbs', folder, '--force']);
  writeFileSync(join(folder, one), 'no image');
  rmSync(join(folder, two));
  writeFileSync(join(folder, 'new.jpg'), await sampleJpeg(5, 100, 50));
  await shell.run(['thumbs', folder, '--force']);
  const [b, a] = (await shell.runs()).map(({ id }) => String(id));
  const told = await shell.run(['runs', 'diff', a ?? '', b ?? '', '--json']);
  const differences = told.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const at = (name: string) => differences.find(({ input }) => input === join(folder, name));
  expect(differences).toHaveLength(3);
  expect(at(one)).toMatchObject({ a: { status: 'done' }, b: { status: 'failed', code: 'NOT_AN_IMAGE' } });
  expect([at(two).a.status, at(two).b]).toEqual(['done', undefined]);
  expect([at('new.jpg').a, at('new.jpg').b.status]).toEqual([undefined, 'done']);
  const plain = await shell.run(['runs', 'diff', a ?? '', b ?? '']);
  expect(plain.stdout).toContain(`failed NOT_AN_IMAGE  ${join(folder, one)}\n`);
  expect(plain.stdout).toMatch(/^3 items differ\.$/m);
});

test('a run of a function keeps how each item ended, not what it returned; its failures are done again', async () => {
  const folder = tempFolder();
  const module = join(folder, 'task.mjs');
  const write = (fails: string) =>
    writeFileSync(
      module,
      `export default (item) => { if (${fails}) throw new Error('no'); return 'SECRET' + item; };`,
    );
  write(`item === 'b' || item.length > 5000`);
  const shell = new Shell();
  await shell.run(['map', './task.mjs', 'a', 'b', 'b', 'c'], { cwd: folder });
  mkdirSync(join(folder, 'elsewhere'));
  const journal = readdirSync(join(shell.stateFolder, 'runs'))[0] ?? '';
  expect(readFileSync(join(shell.stateFolder, 'runs', journal), 'utf8')).not.toContain('SECRET');
  write('false');
  const again = await shell.run(['runs', 'retry', 'last'], { cwd: join(folder, 'elsewhere') });
  expect(again.stdout).toBe('SECRETb\nSECRETb\n');
  write(`item === 'b' || item.length > 5000`);
  await shell.run(['map', './task.mjs', '-'], { cwd: folder, input: `a\nb\n${'x'.repeat(6_000)}\n` });
  write('false');
  const piped = await shell.run(['runs', 'retry', 'last']);
  expect(piped.stdout).toBe('SECRETb\n');
  expect(piped.stderr).toContain('1 long items are not kept whole in the journal and were left out.');
});

test('the page of a run to send has no values of queries', async () => {
  await using server = await startServer((request, response) => {
    response.writeHead(request.url?.startsWith('/gone') ? 404 : 200).end('x');
  });
  const shell = new Shell();
  const urls = ['a', 'gone'].map((name) => `${server.origin}/${name}?token=SECRET`);
  await shell.run(['fetch', ...urls, '--out', tempFolder()]);
  const page = join(tempFolder(), 'run.html');
  await shell.run(['runs', 'show', 'last', '--html', page]);
  expect(readFileSync(page, 'utf8')).toContain('/gone?token=***');
  expect(readFileSync(page, 'utf8')).not.toContain('SECRET');
});
