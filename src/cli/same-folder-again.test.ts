import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, hashes, partFiles, sampleFolder } from '../../test/images/image-folders.ts';
import { Shell } from '../../test/run-shoal.ts';
import { routes, startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { waitUntil } from '../../test/wait-until.ts';

const body = (path: string) => path.repeat(20_000);
const files = Array.from({ length: 40 }, (_, index) => `${index}.bin`);

function echoing() {
  return startServer((request, response) => {
    const text = body(request.url ?? '');
    const etag = `"${text.length}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag, 'content-length': text.length }).end(text);
  });
}

function wrongIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name), 'utf8') !== body(`/${name}`));
}

describe('fetching into a folder again', () => {
  test('without the ledger stores nothing twice', async () => {
    await using server = await echoing();
    const out = join(tempFolder(), 'out');
    const args = ['fetch', `${server.origin}/[0-39].bin`, '--out', out];
    expect((await new Shell().run(args)).code).toBe(0);
    const again = await new Shell().json(args);
    expect(again.code).toBe(0);
    expect(again.summary).toMatchObject({ done: 40, failed: 0 });
    expect(readdirSync(out).sort()).toEqual([...files].sort());
    // From this run on, the ledger knows which files Shoal made.
    const shell = new Shell();
    await shell.run(args);
    expect((await shell.json(args)).summary).toMatchObject({ skipped: 40 });
  });

  test('after a kill in the middle ends with the right set and nothing else', async () => {
    await using server = await echoing();
    const out = join(tempFolder(), 'out');
    const shell = new Shell();
    const args = ['fetch', `${server.origin}/[0-39].bin`, '--out', out, '--bandwidth', '4M', '--pool', '4'];
    const child = shell.start(args);
    await waitUntil(
      () => readdirSyncOrNone(out).filter((name) => !name.startsWith('.')).length > 5,
      'some files were there',
    );
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect((await shell.run(args)).code).toBe(0);
    expect(filesBelow(out)).toEqual([...files].sort());
    expect(wrongIn(out)).toEqual([]);
  });

  test('by two runs at once shares the files', async () => {
    await using server = await echoing();
    const out = join(tempFolder(), 'out');
    const args = ['fetch', `${server.origin}/[0-39].bin`, '--out', out];
    const shell = new Shell();
    const both = await Promise.all([shell.json(args), shell.json(args)]);
    for (const { code, summary } of both) {
      expect(code).toBe(0);
      expect(summary).toMatchObject({ failed: 0 });
    }
    expect(filesBelow(out)).toEqual([...files].sort());
    expect(wrongIn(out)).toEqual([]);
  });

  test('for thumbnails alone, without the ledger, makes none twice and replaces nobody else’s', async () => {
    const photos = await sampleFolder(6);
    await using server = await startServer((request, response) => {
      response.end(readFileSync(join(photos, request.url ?? '')));
    });
    const out = join(tempFolder(), 'out');
    const args = [
      'fetch',
      `${server.origin}/sample-0000[1-6].jpg`,
      '--out',
      out,
      '--thumbs',
      '--no-originals',
    ];
    await new Shell().run(args);
    const before = filesBelow(out);
    expect(before).toHaveLength(6);
    writeFileSync(join(out, 'thumbs/sample-00003.jpg'), 'a person’s own');
    expect((await new Shell().run(args)).code).toBe(0);
    expect(readFileSync(join(out, 'thumbs/sample-00003.jpg'), 'utf8')).toBe('a person’s own');
    const after = filesBelow(out);
    expect(after).toHaveLength(7);
    expect(after).toEqual(expect.arrayContaining(before));
    // With another recipe and a ledger, Shoal's own files are replaced.
    const shell = new Shell();
    await shell.run(args);
    expect((await shell.run([...args, '--quality', '60'])).code).toBe(0);
    expect(filesBelow(out)).toEqual(after);
  });

  test('two URLs whose answers have one name and the same bytes get a file each', async () => {
    const header = { 'content-disposition': 'attachment; filename="same.txt"' };
    await using server = await startServer((_request, response) =>
      response.writeHead(200, header).end('same'),
    );
    const out = join(tempFolder(), 'out');
    const args = ['fetch', `${server.origin}/a`, `${server.origin}/b`, '--out', out, '--pool', '1'];
    const { results } = await new Shell().json(args);
    expect(new Set(results.map(({ output }) => output)).size).toBe(2);
    expect(readdirSync(out)).toHaveLength(2);
    // The same two runs after the ledger was lost.
    expect((await new Shell().run(args)).code).toBe(0);
    expect(readdirSync(out)).toHaveLength(2);
  });

  test('a symlink under any name that a part had in version 0.1 leads nowhere', async () => {
    const content = 'x'.repeat(700_000);
    await using server = await startServer(
      routes({
        '/f': (_request, response) =>
          response.writeHead(200, { etag: '"1"', 'content-length': content.length }).end(content),
      }),
    );
    const folder = tempFolder();
    const out = join(folder, 'out');
    const victim = join(folder, 'victim.txt');
    writeFileSync(victim, 'precious');
    const shell = new Shell();
    await shell.run(['fetch', `${server.origin}/other`, '--out', out]);
    const hash = createHash('sha256').update(`${server.origin}/f`).digest('hex').slice(0, 16);
    symlinkSync(victim, join(out, `.shoal-${hash}.part`));
    symlinkSync(victim, join(out, `.shoal-${hash}.part.json`));
    expect((await shell.run(['fetch', `${server.origin}/f`, '--out', out])).code).toBe(0);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(readFileSync(join(out, 'f'), 'utf8')).toBe(content);
  });
});

describe('thumbnails into a folder again', () => {
  test('without the ledger adopts what is the same, fails what is not, and replaces nothing', async () => {
    const photos = await sampleFolder(6);
    const out = join(tempFolder(), 'out');
    const args = ['thumbs', photos, '--out', out];
    await new Shell().run(args);
    writeFileSync(join(out, 'sample-00003.jpg'), 'a person’s own');
    const before = hashes(out, filesBelow(out));
    const again = await new Shell().json(args);
    expect(again.summary).toMatchObject({ done: 5, failed: 1, causes: { OUTPUT_EXISTS: 1 } });
    expect(again.code).toBe(1);
    expect(hashes(out, filesBelow(out))).toEqual(before);
    rmSync(join(out, 'sample-00003.jpg'));
    expect((await new Shell().run(args)).code).toBe(0);
  });

  test('of several sizes none is written where one place is somebody else’s', async () => {
    const photos = await sampleFolder(1);
    const out = tempFolder();
    writeFileSync(join(out, 'sample-00001-60x60.jpg'), 'a person’s own');
    const { summary } = await new Shell().json([
      'thumbs',
      photos,
      '--out',
      out,
      '--size',
      '40',
      '--size',
      '60',
    ]);
    expect(summary).toMatchObject({ failed: 1 });
    expect(filesBelow(out)).toEqual(['sample-00001-60x60.jpg']);
  });

  test('with --durable makes the same files', async () => {
    const photos = await sampleFolder(3);
    const [usual, durable] = [join(tempFolder(), 'out'), join(tempFolder(), 'out')];
    await new Shell().run(['thumbs', photos, '--out', usual]);
    expect((await new Shell().run(['thumbs', photos, '--out', durable, '--durable'])).code).toBe(0);
    expect(hashes(durable, filesBelow(durable))).toEqual(hashes(usual, filesBelow(usual)));
    expect(partFiles(durable)).toEqual([]);
  });
});

function readdirSyncOrNone(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
