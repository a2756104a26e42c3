import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, sampleFolder } from '../../test/images/image-folders.ts';
import { Shell } from '../../test/run-shoal.ts';
import { routes, startServer, text } from '../../test/servers/test-server.ts';
import { tempFolder } from '../../test/temp-folder.ts';

/** A shell whose person has these presets, as texts of files. */
function shellWith(presets: Readonly<Record<string, object | string>> = {}) {
  const shell = new Shell();
  const folder = join(shell.stateFolder, 'presets');
  mkdirSync(folder);
  for (const [name, preset] of Object.entries(presets))
    writeFileSync(join(folder, `${name}.json`), typeof preset === 'string' ? preset : JSON.stringify(preset));
  return { shell, folder };
}

const namesIn = (folder: string): string[] => readdirSync(folder).toSorted();

test('a preset sets what it holds, as in the window, and a flag goes before it', async () => {
  const folder = await sampleFolder(1);
  const { shell } = shellWith();
  const web = await shell.json(['thumbs', folder, '--preset', 'Web', '--out', join(folder, 'web')]);
  expect(web.code).toBe(0);
  expect(namesIn(join(folder, 'web'))).toEqual([
    'sample-00001-1600x1600.webp',
    'sample-00001-320x320.webp',
    'sample-00001-800x800.webp',
  ]);
  const args = ['--preset', 'web', '--size', '40', '--format', 'png', '--out', join(folder, 'png')];
  expect((await shell.json(['thumbs', folder, ...args])).results[0]).toMatchObject({ width: 40 });
  expect(namesIn(join(folder, 'png'))).toEqual(['sample-00001.png']);
});

test('a preset goes before the environment and shoal.json, which keep what no preset holds', async () => {
  const folder = await sampleFolder(2);
  const small = { task: 'thumbs', settings: { box: { width: 30, height: 30 } } };
  const { shell } = shellWith({ small });
  writeFileSync(join(shell.stateFolder, 'shoal.json'), '{"thumbs": {"size": 20, "out": "here", "pool": 1}}');
  const args = ['thumbs', folder, '--preset', 'small', '--verbose'];
  const env = { SHOAL_FORMAT: 'png' };
  const { results, stderr } = await shell.json(args, { cwd: folder, env });
  expect(results.map(({ width }) => width)).toEqual([30, 30]);
  // Neither does the format of the environment become one of the preset.
  expect(filesBelow(join(folder, 'here')).every((name) => name.endsWith('.jpg'))).toBe(true);
  expect(stderr).toContain('size: [{"width":30,"height":30}] (the preset small)\n');
  expect(stderr).not.toContain('SHOAL_FORMAT');
});

test('the journal has the settings themselves: to resume needs no preset', async () => {
  const folder = await sampleFolder(1);
  const { shell } = shellWith({ tiny: { task: 'thumbs', settings: { box: { width: 11, height: 11 } } } });
  await shell.run(['thumbs', folder, '--preset', 'tiny']);
  await shell.run(['presets', 'remove', 'tiny', '--yes']);
  const { stdout } = await shell.run(['runs', 'show', 'last', '--json']);
  expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
    request: { recipe: { box: { width: 11, height: 11 } } },
  });
  expect((await shell.run(['runs', 'retry', 'last', '--force'])).code).toBe(0);
});

test('a recipe is a file of the same form, which any flag goes before', async () => {
  const folder = await sampleFolder(1);
  const shell = new Shell();
  const { stdout } = await shell.run(['presets', 'show', 'avatar']);
  const recipe = join(tempFolder(), 'avatar.json');
  writeFileSync(recipe, stdout.replace('{', '{ "$schema": "./preset.schema.json",'));
  const planned = await shell.json(['thumbs', folder, '--recipe', recipe, '--size', '64', '--dry-run']);
  expect(planned.code).toBe(0);
  const { results } = await shell.json(['thumbs', folder, '--recipe', recipe, '--size', '64']);
  expect(results[0]).toMatchObject({ width: 64, height: 64 });
  expect(namesIn(join(folder, 'thumbs'))).toEqual(['sample-00001.webp']);
});

test('a preset of fetches has thumbnails with all that their settings are, also what a fetch has no flag for', async () => {
  const picture = readFileSync(join(await sampleFolder(1), 'sample-00001.jpg'));
  await using server = await startServer(routes({ '/a.jpg': (_request, response) => response.end(picture) }));
  const thumbnail = { box: { width: 20, height: 20 }, format: 'webp', nameTemplate: 'small-{name}' };
  const { shell } = shellWith({ both: { task: 'fetch', settings: { thumbnail, retries: 1 } } });
  const thumbnailOf = async (...flags: string[]) => {
    const args = ['fetch', `${server.origin}/a.jpg`, '--preset', 'both', '--out', tempFolder(), ...flags];
    const { results } = await shell.json(args, { env: { SHOAL_THUMBS: '9' } });
    return results[0]?.thumbnail;
  };
  expect(await thumbnailOf()).toMatchObject({
    width: 20,
    output: expect.stringMatching(/small-a\.jpg\.webp$/),
  });
  expect(await thumbnailOf('--thumbs', '12')).toMatchObject({ width: 12 });
  expect(await thumbnailOf('--thumbs')).toMatchObject({ width: 20 });
  expect(await thumbnailOf('--format', 'png')).toMatchObject({ output: expect.stringMatching(/\.png$/) });
});

test('of several formats a flag replaces all, and a preset is saved with them', async () => {
  const folder = await sampleFolder(1);
  const { shell } = shellWith();
  const formats = ['--format', 'webp', '--format', 'jpeg'];
  await shell.run(['presets', 'save', 'thumbs', 'both', ...formats, '--max-bytes', '20k']);
  expect(JSON.parse((await shell.run(['presets', 'show', 'both'])).stdout).settings).toEqual({
    format: 'webp',
    furtherFormats: ['jpeg'],
    maxOutputBytes: 20_480,
  });
  await shell.run(['thumbs', folder, '--preset', 'both', '--out', join(folder, 'both')]);
  expect(namesIn(join(folder, 'both'))).toEqual(['sample-00001.jpg', 'sample-00001.webp']);
  await shell.run(['thumbs', folder, '--preset', 'both', '--format', 'png', '--out', join(folder, 'one')]);
  expect(namesIn(join(folder, 'one'))).toEqual(['sample-00001.png']);
});

test('map and tune take theirs', async () => {
  await using server = await startServer(routes({ '/a': text('a') }));
  const { shell } = shellWith({
    wide: { task: 'map', settings: { data: { width: 8 } } },
    quick: { task: 'thumbs', settings: { format: 'webp', match: 'sample-00001*' } },
    polite: { task: 'fetch', settings: { perHost: 1 } },
  });
  const module = join(tempFolder(), 'task.mjs');
  writeFileSync(module, 'export default (item, { data }) => item + data.width;');
  expect((await shell.run(['map', module, 'a', '--preset', 'wide'])).stdout).toBe('a8\n');
  const tuned = await shell.run([
    'tune',
    'thumbs',
    await sampleFolder(3),
    '--preset',
    'quick',
    '--sizes',
    '1',
    '--json',
  ]);
  expect(JSON.parse(tuned.stdout.split('\n')[0] ?? '')).toMatchObject({ type: 'timing', done: 1 });
  const fetched = await shell.run([
    'tune',
    'fetch',
    `${server.origin}/a`,
    '--preset',
    'polite',
    '--sizes',
    '1',
  ]);
  expect(fetched.code).toBe(0);
});

const thumbs = (settings: string) => `{\n "task": "thumbs",\n "settings": {\n  ${settings} } }`;

test.each([
  [['--preset', 'wbe'], 'There is no preset wbe; web is one.\nshoal presets lists them all.\n'],
  [['--preset', 'mnie'], 'There is no preset mnie; mine is one.\nshoal presets lists them all.\n'],
  [['--preset', ''], 'There is no preset .\nshoal presets lists them all.\n'],
  [['--preset', '../shoal'], 'There is no preset ../shoal.\nshoal presets lists them all.\n'],
  [['--preset', 'task'], 'The preset task is for shoal map, not for shoal thumbs.\n'],
  [
    ['--preset', 'mine'],
    /presets\/mine\.json:4: There is no setting qualitty of thumbs; quality is one\.\n$/,
  ],
  [['--preset', 'high'], /presets\/high\.json:4: Expected quality to be at most 100, got 400\.\n$/],
  [['--preset', 'open'], /presets\/open\.json:4: A preset for thumbs cannot hold proxy\.\n$/],
  [['--preset', 'no'], /presets\/no\.json:1: Expected JSON: .*\n$/],
  [['--preset', 'web', '--recipe', 'r.json'], 'Expected --preset or --recipe, got both.\n'],
  [['--recipe', 'gone.json'], /^shoal: Cannot read the recipe \S*gone\.json: ENOENT/],
  [['--recipe', '-'], 'Expected the file of a recipe: standard input is for lists.\n'],
  [['--recipe', '.'], /^shoal: Cannot read the recipe .*: it is no file\.\n$/],
])('of %j it says what is wrong, and starts nothing', async (flags, expected) => {
  const { shell } = shellWith({
    mine: thumbs('"qualitty": 60'),
    high: thumbs('"quality": 400'),
    open: thumbs('"proxy": "http://u:secret@h"'),
    task: { task: 'map', settings: {} },
    no: '{',
  });
  const cwd = tempFolder();
  const { code, stdout, stderr } = await shell.run(['thumbs', '.', ...flags], { cwd });
  expect([code, stdout]).toEqual([2, '']);
  if (typeof expected === 'string') expect(stderr).toBe(`shoal: ${expected}`);
  else expect(stderr).toMatch(expected);
  expect(stderr).not.toContain('secret');
  expect(existsSync(join(cwd, 'thumbs'))).toBe(false);
});

test('presets are listed with what they are for; what is none is told with the reason', async () => {
  const { shell } = shellWith({
    'Für Oma': { task: 'fetch', settings: { perHost: 1 } },
    broken: thumbs('"qualitty": 60'),
  });
  const { code, stdout, stderr } = await shell.run(['presets']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^name +for +/);
  expect(stdout).toMatch(/^web +thumbs +/m);
  expect(stdout).toMatch(/^Für Oma +fetch +/m);
  expect(stderr).toBe(
    'warning: broken.json is no preset: There is no setting qualitty of thumbs; quality is one.\n',
  );
  const events = (await shell.run(['presets', '--json'])).stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events).toContainEqual({
    type: 'preset',
    name: 'Für Oma',
    task: 'fetch',
    own: true,
    about: 'Per host 1',
  });
  expect(events.at(-1)).toMatchObject({ type: 'fault', file: 'broken.json' });
});

test('what is saved is what the flags of the task say, on top of another preset where one is named', async () => {
  const { shell, folder } = shellWith();
  const env = { SHOAL_QUALITY: '5' };
  const saved = await shell.run(['presets', 'save', 'thumbs', 'Shop', '--preset', 'web', '--quality', '70'], {
    env,
  });
  expect([saved.code, saved.stdout]).toEqual([0, 'The preset Shop is saved.\n']);
  expect(JSON.parse(readFileSync(join(folder, 'Shop.json'), 'utf8'))).toEqual({
    task: 'thumbs',
    settings: {
      box: { width: 320, height: 320 },
      furtherBoxes: [
        { width: 800, height: 800 },
        { width: 1600, height: 1600 },
      ],
      format: 'webp',
      quality: 70,
    },
  });
  const save = (...args: string[]) => shell.run(['presets', 'save', ...args]);
  expect((await save('fetch', 'f', '--thumbs', '9', '--fit', 'cover', '--per-host', '1')).code).toBe(0);
  expect((await save('map', 'm', '--timeout', '2', '--options', '{"a":1}')).code).toBe(0);
  const settingsOf = (name: string) =>
    JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')).settings;
  expect(settingsOf('f')).toEqual({ perHost: 1, thumbnail: { box: { width: 9, height: 9 }, fit: 'cover' } });
  expect(settingsOf('m')).toEqual({ timeoutMs: 2_000, data: { a: 1 } });
});

test('a preset is replaced or removed only where that is said, and those of Shoal never', async () => {
  const { shell, folder } = shellWith({ mine: { task: 'map', settings: {} } });
  const told = async (...args: string[]) => {
    const { code, stdout, stderr } = await shell.run(['presets', ...args]);
    return [code, stdout || stderr];
  };
  const before = readFileSync(join(folder, 'mine.json'), 'utf8');
  const nobody = 'shoal: There is no terminal to ask on: --yes';
  expect(await told('save', 'thumbs', 'MINE')).toEqual([2, `${nobody} replaces it without a question.\n`]);
  expect(await told('remove', 'mine')).toEqual([2, `${nobody} removes it without a question.\n`]);
  expect(readFileSync(join(folder, 'mine.json'), 'utf8')).toBe(before);
  expect(await told('save', 'thumbs', 'mine', '--yes')).toEqual([0, 'The preset mine is saved.\n']);
  expect(await told('remove', 'mine', '--yes')).toEqual([0, 'The preset mine is removed.\n']);
  expect(readdirSync(folder)).toEqual([]);
  expect(await told('remove', 'web')).toEqual([
    2,
    'shoal: Shoal has the preset web itself: it cannot be removed.\n',
  ]);
  expect(await told('save', 'thumbs', 'web')).toEqual([
    2,
    'shoal: Shoal has a preset of this name itself.\n',
  ]);
  expect(await told('save', 'thumbs', '../web')).toEqual([
    2,
    "shoal: Letters, digits, spaces and . , ' & _ - + ( ) only, and a letter or a digit first.\n",
  ]);
  expect((await told('remove', 'gone'))[1]).toMatch(/^shoal: There is no preset gone\./);
});
