import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, sampleFolder } from '../../test/images/image-folders.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { Shell } from '../../test/run-shoal.ts';
import { startServer } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('undo removes what the run made, leaves what was changed or there before, and asks first', async () => {
  const folder = await sampleFolder(4);
  const [one = '', two = '', three = ''] = readdirSync(folder);
  const shell = new Shell();
  await shell.run(['thumbs', folder]);
  const made = readdirSync(join(folder, 'thumbs'));
  writeFileSync(join(folder, 'thumbs', one), 'changed by hand');
  rmSync(join(folder, 'thumbs', two));
  writeFileSync(join(folder, 'thumbs', 'mine.jpg'), 'never made by a run');
  const asked = await shell.run(['runs', 'undo', 'last']);
  expect(asked.code).toBe(2);
  expect(asked.stdout).toContain(`remove   ${join(folder, 'thumbs', three)}\n`);
  expect(asked.stdout).toContain('1 file changed since, or older than the run: left as they are.\n');
  expect(asked.stdout).toContain('1 file gone already.\n');
  expect(asked.stderr).toContain('There is no terminal to ask on');
  expect(readdirSync(join(folder, 'thumbs'))).toHaveLength(made.length);
  const undone = await shell.run(['runs', 'undo', 'last', '--yes']);
  expect([undone.code, undone.stderr]).toEqual([0, '']);
  expect(undone.stdout).toMatch(/^2 files removed\.$/m);
  expect(readdirSync(join(folder, 'thumbs')).sort()).toEqual([one, 'mine.jpg'].sort());
  expect(filesBelow(folder).filter((file) => !file.includes('thumbs'))).toHaveLength(4);
  expect((await shell.run(['runs', 'show', 'last'])).stdout).toContain('2 files were removed');
});

test('undo leaves the folder of an earlier run, and says that what it replaced cannot be had back', async () => {
  const folder = await sampleFolder(2);
  const shell = new Shell();
  await shell.run(['thumbs', folder]);
  await shell.run(['thumbs', folder, '--force']);
  const undone = await shell.run(['runs', 'undo', 'last', '--yes']);
  expect(undone.stdout).toContain('2 files replaced others, which cannot be had back.\n');
  expect(readdirSync(join(folder, 'thumbs'))).toEqual([]);
});

test('undo of a fetch looks at the bytes, and leaves a file that was there before', async () => {
  await using server = await startServer((request, response) => response.end(`the body of ${request.url}`));
  const out = tempFolder();
  writeFileSync(join(out, 'a'), 'the body of /a');
  const long = new Date(0);
  utimesSync(join(out, 'a'), long, long);
  const shell = new Shell();
  await shell.run(['fetch', ...['/a', '/b', '/c'].map((path) => server.origin + path), '--out', out]);
  expect(readdirSync(out).sort()).toEqual(['a', 'b', 'c']);
  writeFileSync(join(out, 'c'), 'the BODY of /c');
  await shell.run(['runs', 'undo', 'last', '--yes']);
  expect(readdirSync(out).sort()).toEqual(['a', 'c']);
});

test('undo leaves a file with the same bytes that a fetch found there, and its folder', async () => {
  await using server = await startServer((request, response) => response.end(`body of ${request.url}`));
  const out = tempFolder();
  writeFileSync(join(out, 'ok1'), 'body of /ok1');
  const shell = new Shell();
  const fetched = await shell.json(['fetch', `${server.origin}/ok1`, '--out', out]);
  expect(fetched.results).toMatchObject([{ status: 'done', adopted: true }]);
  const undone = await shell.run(['runs', 'undo', 'last', '--yes']);
  expect(undone.stdout).toContain('1 file changed since, or older than the run: left as they are.\n');
  expect(readFileSync(join(out, 'ok1'), 'utf8')).toBe('body of /ok1');
});

test('undo leaves what a later run has written again or counts on', async () => {
  await using server = await startServer((_, response) => response.end('the same'));
  const folder = await sampleFolder(1);
  const out = join(tempFolder(), 'out');
  const shell = new Shell();
  await shell.run(['thumbs', folder, '--out', out]);
  await shell.run(['thumbs', folder, '--out', out, '--force']);
  await shell.run(['fetch', `${server.origin}/a`, '--out', out]);
  await shell.run(['fetch', `${server.origin}/b`, '--out', out, '--dedupe', 'skip']);
  const there = filesBelow(out);
  for (const { id } of (await shell.runs()).filter((_, at) => at !== 2)) {
    const undone = await shell.run(['runs', 'undo', String(id), '--yes']);
    expect(undone.stdout).toContain('There is no file to remove.\n');
  }
  expect(filesBelow(out)).toEqual(there);
});

test('undo tells as JSON what it would remove, and removes the folders that it has emptied, but none before', async () => {
  const folder = await sampleFolder(1);
  mkdirSync(join(folder, 's'));
  writeFileSync(join(folder, 's', 'deep.jpg'), await sampleJpeg(5, 100, 50));
  const before = tempFolder();
  const shell = new Shell();
  await shell.run(['thumbs', folder, '--out', join(before, 'th')]);
  const fates = async (...flags: string[]) => {
    const { stdout } = await shell.run(['runs', 'undo', 'last', '--json', ...flags]);
    return stdout.match(/"fate":"[^"]+"/g);
  };
  expect(await fates()).toEqual(['"fate":"would-remove"', '"fate":"would-remove"']);
  expect(filesBelow(before)).toHaveLength(2);
  expect(await fates('--yes')).toEqual(['"fate":"removed"', '"fate":"removed"']);
  expect(readdirSync(before)).toEqual([]);
});
