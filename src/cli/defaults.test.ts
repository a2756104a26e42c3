import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { Shell } from '../../test/run-shoal.ts';
import { routes, startServer, text } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

/** A shell whose person has these defaults. */
function shellWith(config: object | string): { shell: Shell; path: string } {
  const shell = new Shell();
  const path = join(shell.stateFolder, 'shoal.json');
  writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config, null, 2), { mode: 0o600 });
  return { shell, path };
}

test('a flag goes before a variable, a variable before the file, and its section before that of all', async () => {
  const folder = await sampleFolder(1);
  const { shell } = shellWith({ all: { out: 'of-all', pool: 1 }, thumbs: { size: 9, out: 'of-thumbs' } });
  const env = { SHOAL_SIZE: '8', SHOAL_JOURNAL: 'no' };
  const sizeOf = async (args: string[], variables = {}) => {
    const { results } = await shell.json(['thumbs', folder, '--force', ...args], {
      cwd: folder,
      env: variables,
    });
    return results[0]?.width;
  };
  expect(await sizeOf([])).toBe(9);
  expect(await sizeOf([], env)).toBe(8);
  expect(await sizeOf(['--size', '7'], env)).toBe(7);
  expect(existsSync(join(folder, 'of-thumbs'))).toBe(true);
  // The second and the third kept no journal.
  expect(await shell.runs()).toHaveLength(1);
});

test('of two that exclude each other the stronger counts: a variable before the file, a flag before both', async () => {
  const { shell } = shellWith({ all: { quiet: true } });
  const folder = await sampleFolder(1);
  expect((await shell.run(['thumbs', folder])).stdout).toBe('');
  const loud = await shell.run(['thumbs', folder], { env: { SHOAL_VERBOSE: '1' } });
  expect(loud.stderr).toMatch(/^verbose: true \(SHOAL_VERBOSE\)$/m);
  const quiet = await shell.run(['thumbs', folder, '--quiet'], { env: { SHOAL_VERBOSE: '1' } });
  expect([quiet.stdout, quiet.stderr]).toEqual(['', '']);
});

test('the file is written as flags are: lists, switches, headers', async () => {
  let agent: string | undefined;
  let wanted: string | undefined;
  await using server = await startServer(
    routes({
      '/a': (request, response) => {
        agent = request.headers['user-agent'];
        wanted = String(request.headers['x-wanted']);
        text('a')(request, response);
      },
    }),
  );
  const fetch = { header: ['X-Wanted: yes', 'X-More: 1'], 'user-agent': 'me', journal: false, recheck: true };
  const { shell } = shellWith({ $schema: './schema.json', fetch });
  const { code, stderr } = await shell.run(['fetch', `${server.origin}/a`, '--out', tempFolder()]);
  expect([code, stderr, agent, wanted]).toEqual([0, '', 'me', 'yes']);
  expect(await shell.runs()).toEqual([]);
});

test('a variable counts for a flag whose companion is in the file', async () => {
  const picture = readFileSync(join(await sampleFolder(1), 'sample-00001.jpg'));
  await using server = await startServer(routes({ '/a.jpg': (_request, response) => response.end(picture) }));
  const { shell } = shellWith({ fetch: { thumbs: 20 } });
  const args = ['fetch', `${server.origin}/a.jpg`, '--out', tempFolder()];
  const { results } = await shell.json(args, { env: { SHOAL_FORMAT: 'webp' } });
  expect(results[0]?.thumbnail).toMatchObject({ output: expect.stringMatching(/\.webp$/) });
});

test('what is only a default makes no error of a call that has no use for it', async () => {
  await using server = await startServer(routes({ '/a': text('a') }));
  const { shell } = shellWith({
    all: { out: tempFolder(), quality: 70 },
    fetch: { fit: 'cover', originals: false },
  });
  expect((await shell.run(['fetch', `${server.origin}/a`])).code).toBe(0);
  const task = join(tempFolder(), 'task.mjs');
  writeFileSync(task, 'export default (item) => item;');
  expect(await shell.run(['map', task, 'a'], { env: { SHOAL_OUT: 'x', SHOAL_NULL: '1' } })).toMatchObject({
    code: 0,
    stdout: 'a\n',
  });
});

test('what is wrong in a variable is told by its name, and nothing is started', async () => {
  const told = async (env: Record<string, string>) => {
    const { code, stderr, stdout } = await new Shell().run(['thumbs', '.'], { env, cwd: tempFolder() });
    expect([code, stdout]).toEqual([2, '']);
    return stderr;
  };
  expect(await told({ SHOAL_POOL: 'many' })).toBe(
    'shoal: SHOAL_POOL: Expected a whole number from 1 to 512, got many.\n',
  );
  expect(await told({ SHOAL_FORCE: 'perhaps' })).toBe(
    'shoal: SHOAL_FORCE: Expected true or false, got perhaps.\n',
  );
  expect(await told({ SHOAL_FIT: 'squeeze' })).toMatch(/^shoal: SHOAL_FIT: Allowed choices are inside, /);
});

test.each([
  [
    '{\n "thumbs": {\n  "qualty": 80 } }',
    ':3: There is no setting qualty of shoal thumbs; quality is one.\n',
  ],
  ['{\n "thumb": {} }', ':2: There is no section thumb; thumbs is one.\n'],
  ['{\n "thumbs": {\n  "quality": 800 } }', ':3: Expected a whole number from 1 to 100, got 800.\n'],
  ['{\n "all": {\n  "size": {} } }', ':3: Expected what the flag takes, got {}.\n'],
  ['{\n "thumbs": 5 }', ': thumbs: Expected an object in braces, got 5.\n'],
  ['{\n "fetch": { "queue": "redis://x" } }', ':2: There is no setting queue of shoal fetch.\n'],
])('what is wrong in the file is told with its line: %j', async (json, expected) => {
  const { shell, path } = shellWith(json);
  const { code, stderr } = await shell.run(['thumbs', '.'], { cwd: tempFolder() });
  expect([code, stderr]).toEqual([2, `shoal: ${path}${expected}`]);
});

test('a file of nothing but brackets, and one that leads back to itself, are told as any that is wrong', async () => {
  const { shell, path } = shellWith(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
  const deep = await shell.run(['thumbs', '.'], { cwd: tempFolder() });
  expect([deep.code, deep.stderr]).toEqual([
    2,
    `shoal: ${path}: Expected an object in braces, got what is nested too deeply.\n`,
  ]);
  rmSync(path);
  symlinkSync(path, path);
  const loop = await shell.run(['thumbs', '.'], { cwd: tempFolder() });
  expect(loop.code).toBe(2);
  expect(loop.stderr).toMatch(/^shoal: Cannot read the configuration /);
});

test('what is no JSON is told with its line', async () => {
  const { shell, path } = shellWith('{\n "thumbs": {\n  "size": 75,\n } }');
  const { code, stderr } = await shell.run(['thumbs', '.'], { cwd: tempFolder() });
  expect(code).toBe(2);
  expect(stderr).toMatch(new RegExp(`^shoal: ${path}:4: Expected JSON: .*\\.\\n$`));
  // To mend it, this has to work.
  expect(await shell.run(['config', 'path'])).toMatchObject({ code: 0, stdout: `${path}\n` });
});

test('secrets in a file that others can read are warned of, and not shown', async () => {
  await using server = await startServer(routes({ '/a': text('a') }));
  const { shell, path } = shellWith({ fetch: { header: 'Authorization: Bearer s3cret' } });
  const args = ['fetch', `${server.origin}/a`, '--out', tempFolder(), '--verbose'];
  const kept = await shell.run(args);
  expect(kept.stderr).not.toMatch(/warning|s3cret/);
  expect(kept.stderr).toContain(`header: *** (${path}:3)\n`);
  chmodSync(path, 0o644);
  expect((await shell.run(args)).stderr).toContain(
    `warning: ${path} can be read by others, and has header: chmod 600 keeps it private.\n`,
  );
  expect((await shell.run(['config'])).stdout).not.toContain('s3cret');
});

test('shoal config tells what is set and where, and its schema knows every key', async () => {
  const { shell, path } = shellWith({ all: { pool: 8 }, thumbs: { size: ['75', '320x240'] } });
  const env = { SHOAL_FORMAT: 'webp' };
  const { code, stdout } = await shell.run(['config'], { env });
  expect([code, stdout]).toEqual([
    0,
    `${path}\n  format       ["webp"] (SHOAL_FORMAT)\n  pool         8 (line 3)\n  thumbs.size  ["75","320x240"] (line 6)\n`,
  ]);
  const json = await shell.run(['config', '--json'], { env });
  expect(json.stdout.split('\n').slice(0, 2)).toEqual([
    '{"type":"default","section":"all","key":"format","from":"SHOAL_FORMAT","value":["webp"]}',
    `{"type":"default","section":"all","key":"pool","from":"${path}:3","value":8}`,
  ]);
  const schema = JSON.parse((await shell.run(['config', 'schema'])).stdout);
  expect(Object.keys(schema.properties)).toEqual(
    expect.arrayContaining(['$schema', 'all', 'thumbs', 'fetch', 'map', 'tune', 'work', 'runs']),
  );
  expect(schema.properties.thumbs.properties.fit.enum).toContain('cover');
  const none = await new Shell().run(['config']);
  expect(none.stdout).toMatch(/shoal\.json \(not there\)\nNo defaults are set\.\n$/);
});
